"""What the user has chosen: one small JSON file in the office's user profile."""
import datetime
import json
import os

import uno

DEFAULTS = {"author": "", "municipality": "", "level": "basis", "date": "", "lang": ""}
LEVELS = ("basis", "avansert", "spydspiss")
LANGS = ("", "nb", "nn", "en")


def _service(context, name):
    return context.getServiceManager().createInstanceWithContext(name, context)


def _node(context, path):
    from com.sun.star.beans import PropertyValue
    argument = PropertyValue()
    argument.Name, argument.Value = "nodepath", path
    provider = _service(context, "com.sun.star.configuration.ConfigurationProvider")
    return provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (argument,))


def path(context):
    paths = _service(context, "com.sun.star.util.PathSubstitution")
    folder = uno.fileUrlToSystemPath(paths.getSubstituteVariableValue("$(user)"))
    return os.path.join(folder, "klimakrav.json")


def load(context):
    """The settings; what is missing or does not make sense has its default."""
    values = dict(DEFAULTS)
    try:
        with open(path(context), encoding="utf-8") as f:
            read = json.load(f)
        values.update({k: v for k, v in read.items() if k in DEFAULTS and isinstance(v, str)})
    except (OSError, ValueError):
        pass
    if values["level"] not in LEVELS:
        values["level"] = DEFAULTS["level"]
    if values["date"] and not is_date(values["date"]):
        values["date"] = ""
    if values["lang"] not in LANGS:
        values["lang"] = ""
    return values


def save(context, values):
    """Writes beside and renames, so that the file is whole at any time."""
    target = path(context)
    with open(target + ".new", "w", encoding="utf-8") as f:
        json.dump({k: values[k] for k in DEFAULTS}, f, ensure_ascii=False, indent=1)
    os.replace(target + ".new", target)


def is_date(text):
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def date(values):
    return values["date"] or datetime.date.today().isoformat()


def author(context, values):
    """Name on comments: the setting, else the name in the office's profile, else the program's."""
    if values["author"]:
        return values["author"]
    node = _node(context, "/org.openoffice.UserProfile/Data")
    names = [node.getByName(n) or "" for n in ("givenname", "sn")]
    return " ".join(n for n in names if n) or "klimakrav"


def language(context):
    """nb, nn or en: as chosen, else after the language of the office's own menus."""
    chosen = load(context)["lang"]
    if chosen:
        return chosen
    locale = _node(context, "/org.openoffice.Setup/L10N").getByName("ooLocale") or ""
    return {"nb": "nb", "nn": "nn", "no": "nb", "en": "en", "da": "nb", "sv": "nb"}.get(locale[:2], "nb" if not locale else "en")
