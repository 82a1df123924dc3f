"""The windows of the extension: findings beside the document, the check before publication, settings."""
import unohelper
from com.sun.star.awt import XActionListener, XItemListener, XTopWindowListener

from . import settings
from .commands import Session
from .library import Failure
from .texts import say

_open = {}  # the findings window of each document, so that it lives as long as it is shown


def run(context, model, command):
    """One menu entry. Whatever goes wrong is told in a box; the document is left as it was."""
    lang = settings.language(context)
    try:
        if command == "settings":
            SettingsWindow(context).run()
            return
        session = Session(context, model)
        if command == "check":
            FindingsWindow(session).show()
        elif command == "publish":
            ReportWindow(session).run()
        elif command == "insert":
            items = session.insert()
            done = ", ".join("%s «%s»" % (i["clause"], i["title"]) for i in items)
            box(context, session.say("inserted", done) + "\n" + session.say("draft") if items
                else session.say("nothing"))
        elif command == "comment":
            box(context, session.say("commented", session.comment()))
    except Failure as failure:
        box(context, str(failure) or say(lang, "not-writer"))


def box(context, message):
    from com.sun.star.awt.MessageBoxType import INFOBOX
    manager = context.getServiceManager()
    frame = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context).getCurrentFrame()
    window = frame.getContainerWindow() if frame is not None else None
    toolkit = manager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    toolkit.createMessageBox(window, INFOBOX, 1, "klimakrav", message).execute()


class Actions(unohelper.Base, XActionListener):
    def __init__(self, action):
        self.action = action

    def actionPerformed(self, event):
        self.action()

    def disposing(self, event):
        pass


class Choices(unohelper.Base, XItemListener):
    def __init__(self, action):
        self.action = action

    def itemStateChanged(self, event):
        self.action()

    def disposing(self, event):
        pass


class Closing(unohelper.Base, XTopWindowListener):
    def __init__(self, action):
        self.action = action

    def windowClosing(self, event):
        self.action()

    def windowOpened(self, event):
        pass

    windowClosed = windowMinimized = windowNormalized = windowActivated = windowDeactivated = windowOpened
    disposing = windowOpened


class Window:
    """A dialog of labelled controls. Sizes are in the toolkit's dialog units."""

    def __init__(self, context, title, width, height):
        self.context = context
        manager = context.getServiceManager()
        self.model = manager.createInstanceWithContext("com.sun.star.awt.UnoControlDialogModel", context)
        self.model.Title, self.model.Width, self.model.Height = title, width, height
        self.model.Moveable = self.model.Closeable = True
        self.dialog = manager.createInstanceWithContext("com.sun.star.awt.UnoControlDialog", context)
        self.dialog.setModel(self.model)
        self.toolkit = manager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)

    def add(self, kind, name, area, **values):
        """area = (x, y, width, height)"""
        control = self.model.createInstance("com.sun.star.awt.UnoControl%sModel" % kind)
        control.PositionX, control.PositionY, control.Width, control.Height = area
        control.Name = name
        for key, value in values.items():
            setattr(control, key, value)
        self.model.insertByName(name, control)
        return self.dialog.getControl(name)

    def button(self, name, area, label, action):
        control = self.add("Button", name, area, Label=label)
        control.addActionListener(Actions(action))
        return control

    def execute(self):
        self.dialog.createPeer(self.toolkit, None)
        result = self.dialog.execute()
        self.dialog.dispose()
        return result


class FindingsWindow(Window):
    """Findings in a list, with why, legal basis and clause below. A click goes to the place."""

    def __init__(self, session):
        super().__init__(session.context, session.say("title"), 260, 250)
        self.model.PositionX, self.model.PositionY = 300, 60  # beside the text rather than on it
        self.session, self.findings = session, []
        say_ = session.say
        self.head = self.add("FixedText", "head", (6, 5, 248, 10))
        self.list = self.add("ListBox", "list", (6, 18, 248, 90), MultiSelection=False)
        self.list.addItemListener(Choices(self.chosen))
        self.detail = self.add("Edit", "detail", (6, 112, 248, 112), MultiLine=True, ReadOnly=True, VScroll=True)
        self.button("insert", (6, 230, 62, 14), say_("insert"), self.insert)
        self.button("comment", (72, 230, 62, 14), say_("comment"), self.comment)
        self.button("renew", (138, 230, 62, 14), say_("renew"), self.renew)
        self.button("close", (204, 230, 50, 14), say_("close"), self.close)

    def show(self):
        key = self.session.model.RuntimeUID
        if key in _open:
            _open[key].close()
        self.dialog.createPeer(self.toolkit, None)
        self.dialog.addTopWindowListener(Closing(self.close))
        _open[key] = self
        self.renew()
        self.dialog.setVisible(True)

    def close(self):
        _open.pop(self.session.model.RuntimeUID, None)
        self.dialog.setVisible(False)
        self.dialog.dispose()

    def attempt(self, action):
        try:
            return action()
        except Failure as failure:
            self.detail.setText(str(failure))
            return None

    def renew(self):
        self.attempt(self.fill)

    def fill(self):
        say_ = self.session.say
        rank = {"error": 0, "warning": 1, "info": 2}
        self.findings = sorted(self.session.check(), key=lambda f: rank[f["level"]])
        count = {level: sum(f["level"] == level for f in self.findings) for level in ("error", "warning", "info")}
        self.head.setText(say_("findings", count["error"], count["warning"], count["info"]))
        self.list.removeItems(0, self.list.getItemCount())
        lines = tuple("%s %s: %s" % (say_(f["level"]), f["rule"], f["message"]) for f in self.findings)
        self.list.addItems(lines, 0)
        self.detail.setText(say_("none") if not self.findings else "")
        if self.findings:
            self.list.selectItemPos(0, True)
            self.describe(self.findings[0])

    def current(self):
        k = self.list.getSelectedItemPos()
        return self.findings[k] if 0 <= k < len(self.findings) else None

    def describe(self, f):
        say_ = self.session.say
        lines = [f["message"], ""]
        if f["place"]:
            lines.append("%s: %s" % (say_("place"), f["place"]))
        if f["evidence"]:
            lines.append("%s: «%s»" % (say_("found"), f["evidence"]))
        lines += ["%s: %s" % (say_("why"), f["why"])]
        if f["basis"]:
            lines.append("%s: %s" % (say_("basis"), "; ".join(f["basis"])))
        if f["insertable"]:
            lines += ["", "%s: %s «%s»" % (say_("clause"), f["remedy"], f["title"]),
                      self.session.preview(f["remedy"]), say_("draft")]
        self.detail.setText("\n".join(lines))

    def chosen(self):
        f = self.current()
        if f is not None:
            self.attempt(lambda: self.describe(f))
            self.attempt(lambda: self.session.go(f))

    def insert(self):
        f = self.current()
        if f is None or not f["insertable"]:
            self.detail.setText(self.session.say("nothing"))
            return
        items = self.attempt(lambda: self.session.insert([f["remedy"]]))
        if items:
            self.renew()
            self.detail.setText(self.session.say("inserted", ", ".join(i["clause"] for i in items)) + "\n"
                                + "\n".join(i["note"] for i in items if i["note"]))

    def comment(self):
        count = self.attempt(self.session.comment)
        if count is not None:
            self.detail.setText(self.session.say("commented", count))


class ReportWindow(Window):
    """The check before publication, as the command line shows it."""

    def __init__(self, session):
        super().__init__(session.context, session.say("title"), 300, 260)
        self.add("Edit", "text", (6, 6, 288, 228), MultiLine=True, ReadOnly=True, VScroll=True,
                 Text=session.report("text", gate=True))
        self.add("Button", "close", (244, 240, 50, 14), Label=session.say("close"), PushButtonType=1)

    run = Window.execute


class SettingsWindow(Window):
    """Municipality, name on comments, level, date and language."""

    FIELDS = ("municipality", "author", "date")

    def __init__(self, context):
        self.lang = settings.language(context)
        super().__init__(context, say(self.lang, "settings"), 220, 142)
        values = settings.load(context)
        for i, name in enumerate(self.FIELDS):
            y = 8 + 22 * i
            self.add("FixedText", "label-" + name, (6, y + 2, 96, 10), Label=say(self.lang, name))
            self.add("Edit", name, (104, y, 110, 14), Text=values[name])
        self.add("FixedText", "label-level", (6, 76, 96, 10), Label=say(self.lang, "level"))
        self.add("ListBox", "level", (104, 74, 110, 14), Dropdown=True, StringItemList=settings.LEVELS,
                 SelectedItems=(settings.LEVELS.index(values["level"]),))
        self.add("FixedText", "label-lang", (6, 98, 96, 10), Label=say(self.lang, "lang"))
        self.add("ListBox", "lang", (104, 96, 110, 14), Dropdown=True,
                 StringItemList=tuple(say(self.lang, "lang-" + l) for l in settings.LANGS),
                 SelectedItems=(settings.LANGS.index(values["lang"]),))
        self.add("Button", "save", (104, 120, 52, 14), Label=say(self.lang, "save"), PushButtonType=1)
        self.add("Button", "cancel", (162, 120, 52, 14), Label=say(self.lang, "cancel"), PushButtonType=2)

    def run(self):
        self.dialog.createPeer(self.toolkit, None)
        ok = self.dialog.execute() == 1
        values = {n: self.dialog.getControl(n).getText().strip() for n in self.FIELDS}
        values["level"] = settings.LEVELS[max(0, self.dialog.getControl("level").getSelectedItemPos())]
        values["lang"] = settings.LANGS[max(0, self.dialog.getControl("lang").getSelectedItemPos())]
        self.dialog.dispose()
        if not ok:
            return
        if values["date"] and not settings.is_date(values["date"]):
            box(self.context, say(self.lang, "bad-date"))
            return
        settings.save(self.context, values)
