#!/usr/bin/env python3
"""Named traps: every file of a folder against what its traps.json says of it, tracked and not.

  traps.py --klimakrav BIN --resolve BIN [--insert BIN] [--oracle TOOL [--oracle-cache DIR]] [--light] FOLDER

traps.json is written by hand: per file a list of runs {"clause", "options", and what must hold}:
  refused   the code, and nothing is written          under     the nearest heading before the clause
  after     the words right before it                 before    the words right behind it
  cells     the new row's cells, by their beginnings   absent    properties that the clause must not have
  numbers   the printed numbers of its list items     follow    printed number of the paragraph behind with these words
  has, has_not   patterns that the changed main part must or must not show
Beside that all laws of laws.py hold, and every id is used once. Exit 1 if anything is broken.
"""
import argparse
import collections
import json
import os
import re
import sys
import tempfile
import types
import zipfile
from xml.etree import ElementTree

import laws
import packview

OOX = ("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
       "{http://purl.oclc.org/ooxml/wordprocessingml/main}")
Para = collections.namedtuple("Para", "text style ours cell")


def local(e):
    return e.tag.split("}")[1] if "}" in e.tag else e.tag


def value(e, name="val"):
    return next((e.get(ns + name) for ns in OOX if e.get(ns + name) is not None), None)


def child(e, *names):
    for name in names:
        e = next((k for k in e if local(k) == name), None) if e is not None else None
    return e


def main_part(path):
    with zipfile.ZipFile(path) as z:
        rels = ElementTree.fromstring(z.read("_rels/.rels"))
        name = next(r.get("Target") for r in rels if r.get("Type").endswith("/officeDocument"))
        return z.read(name.lstrip("/"))


def words(p):
    """Accepted text of a paragraph."""
    if local(p) in ("del", "moveFrom", "pPr"):
        return ""
    if local(p) == "t":
        return (p.text or "").replace("\u00a0", " ")
    return "".join(words(k) for k in p)


def paragraphs(root):
    """All paragraphs of the main part in order."""
    out = []

    def walk(e, ours, cell):
        for k in e:
            name = local(k)
            if name == "sdt":
                tag = child(k, "sdtPr", "tag")
                mine = tag is not None and (value(tag) or "").startswith("kk:")
                walk(child(k, "sdtContent") if child(k, "sdtContent") is not None else [], ours or mine, cell)
            elif name == "p":
                style = child(k, "pPr", "pStyle")
                out.append(Para(words(k).strip(), value(style) if style is not None else "", ours, cell))
            elif name in ("del", "moveFrom"):
                continue
            else:
                walk(k, ours, cell or (k if name == "tc" else None))
    walk(root, False, None)
    return out


def controls(root):
    """Our controls around clauses."""
    return [e for e in root.iter() if local(e) == "sdt" and child(e, "sdtPr", "tag") is not None and
            (value(child(e, "sdtPr", "tag")) or "").startswith("kk:")]


def ids_twice(path):
    """Ids of controls, and of revisions and ranges, used more than once over all stories."""
    bad = []
    seen = {"control": collections.Counter(), "paragraph": collections.Counter()}
    with zipfile.ZipFile(path) as z:
        for name in z.namelist():
            if not name.endswith(".xml") or not name.startswith(("word/", "innhold/")):
                continue
            for e in ElementTree.fromstring(z.read(name)).iter():
                if local(e) == "sdtPr" and child(e, "id") is not None:
                    seen["control"][value(child(e, "id"))] += 1
                for key in e.attrib:
                    if key.endswith("}paraId"):
                        seen["paragraph"][e.attrib[key]] += 1
    for kind, counter in seen.items():
        bad += ["%s id %s is used %d times" % (kind, k, n) for k, n in counter.items() if n > 1]
    return bad


class Trap:
    def __init__(self, tester, path, run):
        self.t, self.path, self.run = tester, path, run

    def options(self, tracked):
        return ([] if tracked else ["--no-track"]) + laws.BANK + \
            ["--clause", self.run.get("clause", "LAW-KS-01")] + self.run.get("options", [])

    def check(self, tracked):
        want = {**self.run, **self.run.get("tracked" if tracked else "direct", {})}
        case = laws.Case("trap", self.options(tracked), tracked, False)
        with tempfile.TemporaryDirectory() as d:
            out = os.path.join(d, "out" + os.path.splitext(self.path)[1])
            kind, details = self.t.check_at(self.path, case, out, resolve=not self.t.o.light)
            if "refused" in want:
                return [] if (kind, details) == ("refused", [want["refused"]]) else \
                    ["should be refused as %s: %s %s" % (want["refused"], kind, details)]
            return self.compare(out, want) if kind == "ok" else ["%s %s" % (kind, details)]

    def compare(self, out, want):
        raw = main_part(out)
        root = ElementTree.fromstring(raw)
        paras = paragraphs(root)
        first = next(i for i, p in enumerate(paras) if p.ours)
        last = max(i for i, p in enumerate(paras) if p.ours)
        got = {"under": next((p.text for p in reversed(paras[:first]) if p.text and
                              re.match("Heading|Overskrift", p.style)), None),
               "after": next((p.text for p in reversed(paras[:first]) if p.text), ""),
               "before": next((p.text for p in paras[last + 1:] if p.text), "")}
        bad = ["%s: %r, not %r" % (k, got[k][:60] if got[k] else got[k], want[k]) for k in got
               if k in want and not (got[k] or "").startswith(want[k] or "\0")
               and not (want[k] == "" and not got[k])]
        bad += self.compare_cells(root, want)
        inside = "".join(ElementTree.tostring(c, "unicode") for c in controls(root))
        bad += ["the clause has " + n for n in want.get("absent", ()) if re.search(r"[:<]%s[ />]" % n, inside)]
        text = raw.decode("utf-8")
        bad += ["not found: " + p for p in want.get("has", ()) if not re.search(p, text)]
        bad += ["found: " + p for p in want.get("has_not", ()) if re.search(p, text)]
        return bad + ids_twice(out) + self.compare_numbers(out, want)

    def compare_cells(self, root, want):
        if "cells" not in want:
            return []
        row = next(e for c in controls(root) for e in c.iter() if local(e) == "tr")
        cells = [" ".join(filter(None, (words(p).strip() for p in c.iter() if local(p) == "p")))
                 for c in row if local(c) == "tc"]
        same = len(cells) == len(want["cells"]) and all(
            a.startswith(b) and (b or not a) for a, b in zip(cells, want["cells"]))
        return [] if same else ["cells %r, not %r" % ([c[:30] for c in cells], want["cells"])]

    def compare_numbers(self, out, want):
        if "numbers" not in want and "follow" not in want:
            return []
        code, printed, err = packview.run(self.t.o.klimakrav, "text", "--format", "json", out)
        if code:
            return ["text: " + err]
        paras = json.loads(printed)["paragraphs"]
        bad = []
        if "numbers" in want:
            got = [p.get("number", "") for p in paras if p.get("clause") and p.get("listLevel", 0)]
            if got != want["numbers"]:
                bad.append("numbers %r, not %r" % (got, want["numbers"]))
        for text, number in want.get("follow", {}).items():
            got = [p.get("number", "") for p in paras if p["text"].startswith(text)]
            if got != [number]:
                bad.append("number of %r: %r, not %r" % (text, got, number))
        return bad


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--resolve", required=True)
    ap.add_argument("--insert")
    ap.add_argument("--oracle")
    ap.add_argument("--oracle-cache")
    ap.add_argument("--light", action="store_true", help="reject and accept are left to laws.py")
    ap.add_argument("folder")
    o = ap.parse_args()
    tester = laws.Tester(types.SimpleNamespace(**vars(o), cases="forced"))
    traps = json.load(open(os.path.join(o.folder, "traps.json"), encoding="utf-8"))
    files = {os.path.basename(p) for p in packview.collect([o.folder])}
    n = failed = 0
    for name in sorted(files ^ set(traps)):
        failed += 1
        print("FAIL %s: %s" % (name, "no expectation" if name in files else "no such file"))
    for name in sorted(files & set(traps)):
        for i, run in enumerate(traps[name]["runs"]):
            for tracked in (True, False):
                try:
                    bad = Trap(tester, os.path.join(o.folder, name), run).check(tracked)
                except Exception as x:  # one broken trap must not hide the others
                    bad = ["%s: %s" % (type(x).__name__, x)]
                n += 1
                failed += 1 if bad else 0
                for line in bad:
                    print("FAIL %s run %d %s: %s" % (name, i + 1, "tracked" if tracked else "direct", line),
                          flush=True)
    print("traps: %d files, %d runs, %d failed" % (len(files), n, failed))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
