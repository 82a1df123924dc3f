#!/usr/bin/env python3
"""The extension in a real LibreOffice without a screen: installs it, opens templates, checks, inserts, comments.

  writer.py --oxt FILE --klimakrav BIN PATH...

For every template: the findings are the command line's, byte for byte; the clauses put in through the office
are those that the command line puts in, as recorded changes and one undo step; the original stays as it was.
Exit 77 where LibreOffice or its Python bridge is missing.
"""
import argparse
import collections
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

try:
    import uno
    from com.sun.star.beans import NamedValue, PropertyValue
except ImportError:
    print("skipped: the Python bridge of LibreOffice (python3-uno) is not here")
    sys.exit(77)

DATE = "2026-11-23"
NOBODY = 65534


def user_words(home):
    """unopkg refuses root, and the office should not run as root either."""
    if os.geteuid() != 0:
        return ["env", "HOME=" + home]
    return ["setpriv", "--reuid=%d" % NOBODY, "--regid=%d" % NOBODY, "--clear-groups", "env", "HOME=" + home]


class Office:
    """One soffice with a profile of its own, spoken to from outside."""

    def __init__(self, folder, oxt, headless=True):
        self.profile = "-env:UserInstallation=file://%s/profile" % folder
        self.words = user_words(folder)
        done = subprocess.run(self.words + ["unopkg", "add", "--force", "--suppress-license", self.profile, oxt],
                              capture_output=True, text=True, timeout=180)
        if done.returncode:
            raise RuntimeError("unopkg: " + done.stdout + done.stderr)
        # A pipe belongs to one user, and the office may run as another one than this script.
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            door = "socket,host=127.0.0.1,port=%d" % free.getsockname()[1]
        self.process = subprocess.Popen(
            self.words + ["soffice", *(["--headless"] if headless else []), "--norestore", "--nologo", self.profile,
                          "--accept=%s;urp;" % door],
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                self.context = resolver.resolve("uno:%s;urp;StarOffice.ComponentContext" % door)
                break
            except Exception:
                if self.process.poll() is not None:
                    raise RuntimeError("soffice ended with %d" % self.process.returncode)
                time.sleep(0.5)
        else:
            raise RuntimeError("soffice did not answer")
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def open(self, path, hidden=True):
        how = PropertyValue()
        how.Name, how.Value = "Hidden", hidden
        return self.desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (how,))

    def ask(self, model, command, **more):
        values = dict(more, document=model, command=command, date=DATE)
        arguments = []
        for name, value in values.items():
            pair = NamedValue()
            pair.Name, pair.Value = name, value
            arguments.append(pair)
        return self.service("no.klimakrav.Writer").execute(tuple(arguments))

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        time.sleep(0.5)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def has_windows():
    """Debian's libreoffice-*-nogui comes without the windows' descriptions, and falls over as soon as any
    comment is made, whoever makes it."""
    program = os.path.dirname(os.path.realpath(shutil.which("soffice")))
    folder = os.path.join(program, "..", "share", "config", "soffice.cfg", "modules", "swriter", "ui")
    return os.path.isdir(folder) and len(os.listdir(folder)) > 0


def run(*words):
    return subprocess.run(words, capture_output=True, timeout=120)


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def audit(tool, path):
    return json.loads(run(tool, "audit", "--format", "json", "--date", DATE, path).stdout)["documents"][0]


def managed(tool, path):
    return sorted(m["clause"] for m in audit(tool, path)["managed"])


def body(tool, path):
    """The words of the body, paragraph by paragraph; empty ones come and go with the office's own saving."""
    text = json.loads(run(tool, "text", "--format", "json", path).stdout)
    lines = [" ".join(p["text"].split()) for p in text["paragraphs"] if p.get("story", "body") == "body"]
    return [line for line in lines if line]


def new_lines(before, after):
    """What `after` has and `before` has not, in order."""
    left, out = collections.Counter(before), []
    for line in after:
        if left[line] > 0:
            left[line] -= 1
        else:
            out.append(line)
    return out


def store(model, path):
    word = PropertyValue()
    word.Name, word.Value = "FilterName", "MS Word 2007 XML"
    model.storeToURL(uno.systemPathToFileUrl(path), (word,))


def redlines(model):
    out, items = [], model.getRedlines().createEnumeration()
    while items.hasMoreElements():
        out.append(items.nextElement().RedlineType)
    return out


def comments(model):
    out, fields = [], model.getTextFields().createEnumeration()
    while fields.hasMoreElements():
        field = fields.nextElement()
        if field.supportsService("com.sun.star.text.textfield.Annotation"):
            out.append(field)
    return out


def check(office, tool, path, folder):
    """Complaints about one template."""
    bad, before = [], digest(path)
    name = os.path.splitext(os.path.basename(path))[0]
    model = office.open(path)
    if model is None:
        return ["could not be opened"]
    try:
        said = office.ask(model, "report", format="json")
        line = run(tool, "audit", "--format", "json", "--lang", "en", "--date", DATE, path).stdout.decode()
        if said != line:
            bad.append("findings differ from the command line's")
        theirs = os.path.join(folder, name + "-cli.docx")
        run(tool, "insert", path, "-o", theirs, "--date", DATE, "--no-track")
        plain = os.path.join(folder, name + "-plain.docx")
        store(model, plain)
        n_redlines, n_undo = len(redlines(model)), len(model.getUndoManager().getAllUndoActionTitles())
        answer = json.loads(office.ask(model, "insert"))
        if isinstance(answer, dict):
            return bad + ["insert: " + answer["error"]]
        put = sorted(i["clause"] for i in answer)
        want = sorted((collections.Counter(managed(tool, theirs)) - collections.Counter(managed(tool, path))).elements())
        if put != want:
            bad.append("put in %s, the command line %s" % (put, want))
        if put:
            if len(redlines(model)) <= n_redlines:
                bad.append("not recorded as a change")
            if len(model.getUndoManager().getAllUndoActionTitles()) != n_undo + 1:
                bad.append("not one undo step")
            saved = os.path.join(folder, name + "-office.docx")
            store(model, saved)
            mine = new_lines(body(tool, plain), body(tool, saved))
            line = new_lines(body(tool, path), body(tool, theirs))
            if mine != line:
                bad.append("other words than the command line's: %s" % (
                    [x for x in mine if x not in line] or [x for x in line if x not in mine] or "order"))
            again = json.loads(office.ask(model, "insert"))
            if again:
                bad.append("a second run puts in %s" % ([i["clause"] for i in again] if isinstance(again, list) else again))
        if has_windows():
            n = json.loads(office.ask(model, "comment"))
            if len(comments(model)) != n:
                bad.append("%d comments for %d findings" % (len(comments(model)), n))
            office.ask(model, "comment")
            if len(comments(model)) != n:
                bad.append("comments are not renewed: %d for %d" % (len(comments(model)), n))
        if put:
            undo = model.getUndoManager()
            while undo.isUndoPossible():
                undo.undo()
            if len(redlines(model)) != n_redlines:
                bad.append("undo leaves recorded changes")
    finally:
        model.setModified(False)
        model.close(True)
    if digest(path) != before:
        bad.append("the file on disk was changed")
    return bad


def check_unsaved(office):
    """A new document that was never saved, and one that is no text document."""
    bad = []
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    model = office.desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (hidden,))
    model.getText().setString("Konkurransegrunnlag\nAnskaffelsen gjelder kjøp av elektriske varebiler.")
    findings = json.loads(office.ask(model, "check"))
    if not isinstance(findings, list):
        bad.append("unsaved: %s" % findings)
    model.setModified(False)
    model.close(True)
    return bad


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--oxt", required=True)
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--keep", help="folder for what the office saved")
    ap.add_argument("paths", nargs="+")
    o = ap.parse_args()
    if not shutil.which("soffice") or not shutil.which("unopkg"):
        print("skipped: LibreOffice is not here")
        sys.exit(77)
    files = []
    for p in o.paths:
        files += sorted(os.path.join(p, n) for n in os.listdir(p) if n.endswith(".docx")) if os.path.isdir(p) else [p]
    folder = o.keep or tempfile.mkdtemp(prefix="klimakrav-writer-")
    os.makedirs(folder, exist_ok=True)
    failed = 0
    try:
        os.chmod(folder, 0o777)
        oxt = shutil.copy(o.oxt, folder)
        office = Office(folder, oxt)
        try:
            for path in files:
                mine = shutil.copy(path, folder)
                os.chmod(mine, 0o666)
                bad = check(office, o.klimakrav, mine, folder)
                failed += bool(bad)
                for line in bad:
                    print("FAIL %s: %s" % (os.path.basename(path), line), flush=True)
            bad = check_unsaved(office)
            failed += bool(bad)
            for line in bad:
                print("FAIL " + line)
        finally:
            office.close()
    finally:
        if not o.keep:
            shutil.rmtree(folder, ignore_errors=True)
    if not has_windows():
        print("comments were not tried: this LibreOffice has no windows (libreoffice-writer has)")
    print("writer: %d templates and an unsaved document, %d with failures" % (len(files), failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
