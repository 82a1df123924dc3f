#!/usr/bin/env python3
"""The extension's windows on a screen that nobody sees (Xvfb): menu, findings, check before publication, comments.

  writer_gui.py --oxt FILE --pictures FOLDER TEMPLATE

Fails when a window does not come up with the findings in it; leaves one picture per window for the eye. Exit 77
where Xvfb, ImageMagick or a LibreOffice with windows is missing.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import writer

SIZE = "1280x860"


def shot(display, path):
    subprocess.run(["import", "-display", display, "-window", "root", "-colors", "64", path], check=True, timeout=60)


def windows(display):
    """Titles of the windows that are open."""
    tree = subprocess.run(["xwininfo", "-display", display, "-root", "-tree"], capture_output=True, text=True)
    return tree.stdout


def wait_for(display, title, seconds=40):
    for _ in range(seconds * 2):
        if title in windows(display):
            time.sleep(1.5)
            return True
        time.sleep(0.5)
    return False


class Screen:
    """An X server of its own, and the office on it."""

    def __init__(self):
        self.display = ":%d" % (90 + os.getpid() % 900)
        self.process = subprocess.Popen(["Xvfb", self.display, "-screen", "0", SIZE + "x24", "-nolisten", "tcp"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(2)

    def close(self):
        self.process.terminate()


def command(office, model, name):
    """Chooses a menu entry. Windows that wait for an answer are opened from a thread of their own."""
    frame = model.getCurrentController().getFrame()
    url = writer.uno.createUnoStruct("com.sun.star.util.URL")
    url.Complete = "service:no.klimakrav.Writer?" + name
    _, url = office.service("com.sun.star.util.URLTransformer").parseStrict(url)
    dispatch = frame.queryDispatch(url, "_self", 0)
    threading.Thread(target=lambda: dispatch.dispatch(url, ()), daemon=True).start()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--oxt", required=True)
    ap.add_argument("--pictures", required=True)
    ap.add_argument("template")
    o = ap.parse_args()
    missing = [p for p in ("Xvfb", "import", "xwininfo", "soffice", "unopkg") if not shutil.which(p)]
    if missing or not writer.has_windows():
        print("skipped: not here: " + (", ".join(missing) or "a LibreOffice with windows (libreoffice-writer)"))
        sys.exit(77)
    os.makedirs(o.pictures, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="klimakrav-gui-")
    os.chmod(folder, 0o777)
    bad = []
    screen = Screen()
    try:
        os.environ["DISPLAY"] = screen.display
        office = writer.Office(folder, shutil.copy(o.oxt, folder), headless=False)
        try:
            chosen = os.path.join(folder, "profile", "user", "klimakrav.json")
            with open(chosen, "w", encoding="utf-8") as f:
                json.dump({"lang": "nb", "author": "Kari Nordmann"}, f)
            os.chmod(chosen, 0o666)
            mine = shutil.copy(o.template, folder)
            os.chmod(mine, 0o666)
            model = office.open(mine, hidden=False)
            window = model.getCurrentController().getFrame().getContainerWindow()
            window.setVisible(True)
            window.toFront()
            time.sleep(4)
            findings = json.loads(office.ask(model, "check"))
            command(office, model, "check")
            if not wait_for(screen.display, '"klimakrav"'):
                bad.append("the window with findings does not come up")
            shot(screen.display, os.path.join(o.pictures, "findings.png"))
            office.ask(model, "insert")
            n = json.loads(office.ask(model, "comment"))
            if len(writer.comments(model)) != n or not findings:
                bad.append("%d comments for %d findings" % (len(writer.comments(model)), n))
            n = json.loads(office.ask(model, "comment"))
            if len(writer.comments(model)) != n:
                bad.append("comments are not renewed")
            time.sleep(3)
            shot(screen.display, os.path.join(o.pictures, "comments.png"))
            model.setModified(False)
        finally:
            office.close()
    finally:
        screen.close()
        shutil.rmtree(folder, ignore_errors=True)
    for line in bad:
        print("FAIL " + line)
    print("writer on a screen: %d findings, pictures in %s" % (len(findings), o.pictures))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
