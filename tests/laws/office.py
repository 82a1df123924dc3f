#!/usr/bin/env python3
"""What is left of a clause after LibreOffice has saved the file (DOCX to DOCX), and what klimakrav makes of it.

  office.py --klimakrav BIN --resolve BIN --work DIR TRAPS_DIR

LibreOffice drops w:tag on every save: the clause must be recognised by its words, for paragraphs, lists and
rows; a second insertion changes nothing; a copy pasted by hand is told as a duplicate. Known limits of
LibreOffice 7.4 are pinned, so that a change of theirs shows. Exit 77 without LibreOffice.
"""
import argparse
import json
import os
import re
import shutil
import sys
import zipfile

import laws
import packview
from packview import run

FILTER = "docx:MS Word 2007 XML"
CASES = (("end-of-body.docx", "ANL-KO-01", []), ("numbering-continues.docx", "LAW-KS-01", laws.BANK),
         ("guidance-only.docx", "LAW-KS-01", laws.BANK), ("nested-table.docx", "ANL-KS-01", []),
         ("row-sum-last.docx", "FEL-TK-01", []))


class Office:
    def __init__(self, o):
        self.o, self.n, self.bad = o, 0, []
        self.profile = os.path.join(os.path.abspath(o.work), "profile")
        shutil.rmtree(o.work, ignore_errors=True)
        os.makedirs(self.profile)

    def save(self, path):
        """The file after a save by LibreOffice."""
        out = os.path.join(self.o.work, "saved%d" % self.n)
        self.n += 1
        run(self.o.soffice, "-env:UserInstallation=file://" + self.profile, "--headless", "--convert-to", FILTER,
            "--outdir", out, path)
        saved = os.path.join(out, os.path.basename(path))
        if not os.path.exists(saved):
            raise RuntimeError("LibreOffice did not save " + path)
        return saved

    def file(self, name):
        self.n += 1
        return os.path.join(self.o.work, "%d-%s" % (self.n, name))

    def insert(self, path, clause, bank, track, out):
        code, _, err = run(self.o.klimakrav, "insert", path, "-o", out, "--fail-on", "never", *laws.STAMP, *bank,
                           "--clause", clause, *([] if track else ["--no-track"]))
        if code:
            raise RuntimeError("insert: " + err)
        return out

    def managed(self, path, bank):
        code, out, err = run(self.o.klimakrav, "audit", "--format", "json", "--fail-on", "never",
                             "--date", "2026-11-23", *bank, path)
        if code:
            raise RuntimeError("audit: " + err)
        return json.loads(out)["documents"][0]

    def expect(self, good, name, words):
        if not good:
            self.bad.append(name + ": " + words)

    def check(self, path, clause, bank, track):
        name = "%s %s %s" % (os.path.basename(path), clause, "tracked" if track else "direct")
        put = self.insert(path, clause, bank, track, self.file(os.path.basename(path)))
        saved = self.save(put)
        xml = zipfile.ZipFile(saved).read("word/document.xml").decode("utf-8")
        self.expect("kk:" + clause not in xml, name, "LibreOffice keeps the tag now; the limit is gone")
        found = [m["clause"] for m in self.managed(saved, bank)["managed"]]
        self.expect(found == [clause], name, "recognised %r after the save" % found)
        again = self.insert(saved, clause, bank, track, self.file("again.docx"))
        self.expect(open(again, "rb").read() == open(saved, "rb").read(), name, "the second insertion changes the file")
        if track:
            self.check_reject(path, saved, name)

    def check_reject(self, path, saved, name):
        """The known limit, pinned: LibreOffice 7.4 turns a block control into a run control of the first
        paragraph and writes its run untracked, so that these words stay on reject. The rest goes, the fields
        in it as well; rows go whole."""
        out = self.file("reject.docx")
        code, _, err = run(self.o.resolve, "reject", saved, out)
        if code:
            raise RuntimeError("reject: " + err)
        before = "".join(self.words(path))
        left = "".join(self.words(out))
        more = len(left) - len(before)
        limit = {"end-of-body.docx": len("Klima og miljøMaskinliste, drivstoff og utslipp")}
        rows = os.path.basename(path) in ("nested-table.docx", "row-sum-last.docx")
        self.expect(more == 0 if rows else 0 < more <= limit.get(os.path.basename(path), 95), name,
                    "%d characters stay on reject after LibreOffice; the limit has moved" % more)

    def check_duplicate(self):
        """A clause pasted a second time by hand is told, and no third one is put in."""
        put = self.insert(os.path.join(self.o.traps, "end-of-body.docx"), "ANL-KO-01", [], False,
                          self.file("duplicate.docx"))
        twice = self.file("twice.docx")
        with zipfile.ZipFile(put) as a, zipfile.ZipFile(twice, "w", zipfile.ZIP_DEFLATED) as b:
            for i in a.infolist():
                data = a.read(i)
                if i.filename == "word/document.xml":
                    text = data.decode("utf-8")
                    clause = re.search(r'<w:sdt><w:sdtPr>(?:(?!<w:sdt>).)*?"kk:ANL-KO-01.*</w:sdt>', text).group(0)
                    copy = re.sub(r'<w:id w:val="(\d+)"/>', lambda m: '<w:id w:val="%d"/>' % (int(m[1]) // 2), clause)
                    data = text.replace(clause, clause + "<w:p/>" + copy).encode("utf-8")
                b.writestr(i, data)
        code, out, err = run(self.o.klimakrav, "update", twice, "--dry-run", "--lang", "nb", "--fail-on", "never",
                             *laws.STAMP)
        self.expect("står der flere ganger" in out.decode(), "duplicate",
                    "a second copy is not told: " + out.decode() + err)

    def words(self, path):
        code, out, err = run(self.o.klimakrav, "text", "--format", "json", path)
        if code:
            raise RuntimeError("text: " + err)
        return [p["text"].strip() for p in json.loads(out)["paragraphs"] if p["text"].strip()]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--resolve", required=True)
    ap.add_argument("--work", required=True)
    ap.add_argument("--soffice", default=shutil.which("soffice") or "")
    ap.add_argument("traps")
    o = ap.parse_args()
    if not o.soffice:
        print("SKIPPED: LibreOffice is not installed")
        sys.exit(77)
    office = Office(o)
    for name, clause, bank in CASES:
        for track in (True, False):
            try:
                office.check(os.path.join(o.traps, name), clause, bank, track)
            except Exception as x:
                office.bad.append("%s: %s: %s" % (name, type(x).__name__, x))
    try:
        office.check_duplicate()
    except Exception as x:
        office.bad.append("duplicate: %s: %s" % (type(x).__name__, x))
    for line in office.bad:
        print("FAIL " + line)
    print("office: %d saves, %d failed" % (office.n, len(office.bad)))
    sys.exit(1 if office.bad else 0)


if __name__ == "__main__":
    main()
