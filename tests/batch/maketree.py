#!/usr/bin/env python3
"""Makes a tree of templates from the fixtures, each different: another buyer, number and date in its text,
folders two deep, names with blanks and Norwegian letters. Same seed, same bytes.

  maketree.py --fixtures DIR --files N [--seed S] [--broken M] OUT      M broken ones are strewn in
"""
import argparse
import glob
import io
import os
import random
import re
import zipfile

PLACES = ["Ås", "Færder", "Kviteseid", "Bø", "Tønsberg", "Nøtterøy", "Sør-Odal", "Vågå", "Åmli", "Øygarden"]
KINDS = ["mal", "konkurransegrunnlag", "kravspesifikasjon", "avtale – utkast", "bilag"]
FIRST = re.compile(rb"(<w:body>)")
NOTE = ('<w:p><w:r><w:t xml:space="preserve">Mal nr. %d for %s kommune, arkivsak %d/%d, sist endret %d. mars '
        '20%02d.</w:t></w:r></w:p>')


def load(path):
    with zipfile.ZipFile(path) as z:
        return [(i, z.read(i.filename)) for i in z.infolist()]


def vary(entries, number, rng):
    note = (NOTE % (number, rng.choice(PLACES), rng.randint(10, 99), rng.randint(100, 9999), rng.randint(1, 28),
                    rng.randint(10, 26))).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=rng.choice([1, 6, 9])) as z:
        for info, data in entries:
            if info.filename == "word/document.xml":
                data, n = FIRST.subn(lambda m: m.group(1) + note, data, count=1)
                assert n == 1, "no plain <w:body> in the fixture"
            new = zipfile.ZipInfo(info.filename, info.date_time)
            new.compress_type = info.compress_type
            new.external_attr = info.external_attr
            z.writestr(new, data)
    return out.getvalue()


def sources(fixtures):
    found = []
    for path in sorted(glob.glob(os.path.join(fixtures, "templates", "*.docx"))):
        entries = load(path)
        if any(i.filename == "word/document.xml" and FIRST.search(d) for i, d in entries):
            found.append(entries)
    assert len(found) > 10, "too few templates in " + fixtures
    return found


def make(fixtures, out, files, seed=1, broken=0):
    """Returns the paths made, in order; the broken ones last."""
    rng = random.Random(seed)
    templates = sources(fixtures)
    made = []
    for i in range(files):
        folder = os.path.join(out, "%s kommune" % rng.choice(PLACES), "%02d" % (i % 7)) if i % 5 else out
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, "%s %04d.docx" % (rng.choice(KINDS), i))
        with open(path, "wb") as f:
            f.write(vary(rng.choice(templates), i, rng))
        made.append(path)
    wrecks = sorted(glob.glob(os.path.join(fixtures, "broken", "*.docx")))
    for i in range(broken):
        source = wrecks[i % len(wrecks)]
        path = os.path.join(os.path.dirname(rng.choice(made)), "ødelagt %02d %s" % (i, os.path.basename(source)))
        with open(source, "rb") as a, open(path, "wb") as b:
            b.write(a.read())
        made.append(path)
    return made


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--fixtures", required=True)
    ap.add_argument("--files", type=int, default=2000)
    ap.add_argument("--broken", type=int, default=0)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("out")
    o = ap.parse_args()
    made = make(o.fixtures, o.out, o.files, o.seed, o.broken)
    print("%d files below %s, seed %d" % (len(made), o.out, o.seed))


if __name__ == "__main__":
    main()
