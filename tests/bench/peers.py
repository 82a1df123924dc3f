#!/usr/bin/env python3
"""Programs of the same purpose for comparison: every regex of our bank on every paragraph of a document.

  peers.py KIND PATTERNS FILE...

KIND   python-docx     python3-docx and re, each regex on each paragraph and cell
       lxml            lxml over zipfile, each regex on each w:p
       lxml-literals   the same, but a regex runs only where the folded text holds one of its literals: what a
                       careful author would write in Python
PATTERNS is made by `bench_floor patterns`. Prints how many matches were found; regexes that Python's re does not
take are left out and counted.
"""
import json
import re
import sys
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_patterns(path):
    patterns, refused = [], 0
    with open(path, encoding="utf-8") as f:
        for line in f:
            p = json.loads(line)
            try:
                patterns.append((re.compile(p["regex"], re.I), p["literals"]))
            except re.error:
                refused += 1
    return patterns, refused


def by_docx(path):
    import docx
    d = docx.Document(path)
    for p in d.paragraphs:
        yield p.text
    for t in d.tables:
        for r in t.rows:
            for c in r.cells:
                for p in c.paragraphs:
                    yield p.text


def by_lxml(path):
    from lxml import etree
    with zipfile.ZipFile(path) as z:
        for name in z.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml", name):
                for p in etree.fromstring(z.read(name)).iter(W + "p"):
                    yield "".join(t.text or "" for t in p.iter(W + "t"))


def main():
    kind, files = sys.argv[1], sys.argv[3:]
    patterns, refused = read_patterns(sys.argv[2])
    n = 0
    if kind == "lxml-literals":
        owners = {}
        for i, (_, literals) in enumerate(patterns):
            for literal in literals:
                owners.setdefault(literal, []).append(i)
        always = [i for i, (_, literals) in enumerate(patterns) if not literals]
    for path in files:
        for text in (by_docx if kind == "python-docx" else by_lxml)(path):
            if not text:
                continue
            if kind == "lxml-literals":
                low = text.lower()
                seen = [literal for literal in owners if literal in low]
                wanted = sorted({i for literal in seen for i in owners[literal]} | set(always))
            else:
                wanted = range(len(patterns))
            for i in wanted:
                n += sum(1 for m in patterns[i][0].finditer(text) if m.end() > m.start())
    print("%d matches, %d regexes, %d not for Python" % (n, len(patterns), refused))


if __name__ == "__main__":
    main()
