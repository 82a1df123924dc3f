#!/usr/bin/env python3
"""Makes the documents that the benchmark runs on; nothing of them is committed.

  workload.py --templates DIR --out DIR [--files 200] [--giant-mb 100]

OUT/many/NNN.docx: templates of 5 to 40 pages with the words of real ones (paragraphs of DIR, drawn with a fixed
seed): six in ten by python3-docx with runs cut as Word cuts them, two with whole runs, one by LibreOffice, one by
pandoc. OUT/giant.docx: one document.xml of the given size. OUT/size-N.docx: the same text 1, 2 and 4 times.
"""
import argparse
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

import docx

PAGE = 14  # paragraphs
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def material(folder):
    heads, bodies = [], []
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".docx"):
            continue
        for p in docx.Document(os.path.join(folder, name)).paragraphs:
            if p.style.name.startswith(("Heading", "Overskrift")) and p.text.strip():
                heads.append(p.text.strip())
            elif len(p.text) > 30:
                bodies.append(p.text.strip())
    assert heads and bodies, "no text in " + folder
    return heads, bodies


def content(rng, text, pages):
    """(kind, text) of each paragraph; a table of criteria once."""
    heads, bodies = text
    out = [("title", "Konkurransegrunnlag " + rng.choice(heads))]
    for i in range(pages * PAGE):
        out.append(("head", rng.choice(heads)) if i % 9 == 0 else ("body", rng.choice(bodies)))
        if i == PAGE:
            out.append(("table", [("Tildelingskriterium", "Vekt"), ("Pris", "50 %"), ("Kvalitet", "30 %"),
                                  ("Klima og miljø", "20 %")]))
    return out


def runs(rng, text):
    """Cut as Word does after spelling checks and editing: between words, now and then inside one."""
    at = 0
    while at < len(text):
        end = min(len(text), at + rng.randint(4, 60))
        yield text[at:end]
        at = end


def by_python_docx(parts, path, rng, cut):
    d = docx.Document()
    for kind, text in parts:
        if kind == "table":
            t = d.add_table(rows=0, cols=2)
            for row in text:
                cells = t.add_row().cells
                cells[0].text, cells[1].text = row
        elif kind in ("title", "head"):
            d.add_heading(text, level=0 if kind == "title" else 1)
        elif cut:
            p = d.add_paragraph()
            for piece in runs(rng, text):
                p.add_run(piece).bold = rng.random() < 0.05
        else:
            d.add_paragraph(text)
    d.save(path)


def by_pandoc(parts, path):
    lines = []
    for kind, text in parts:
        if kind == "table":
            lines += ["| %s | %s |" % text[0], "|---|---|"] + ["| %s | %s |" % row for row in text[1:]] + [""]
        else:
            lines += [{"title": "# ", "head": "## ", "body": ""}[kind] + text, ""]
    subprocess.run(["pandoc", "-f", "markdown-smart", "-o", path], input="\n".join(lines).encode(), check=True)


def by_libreoffice(jobs, out):
    with tempfile.TemporaryDirectory() as d:
        os.mkdir(os.path.join(d, "html"))
        for parts, path in jobs:
            with open(os.path.join(d, "html", os.path.basename(path)[:-5] + ".html"), "w", encoding="utf-8") as f:
                f.write("<html><meta charset='utf-8'><body>")
                for kind, text in parts:
                    if kind == "table":
                        f.write("<table border='1'>" + "".join("<tr><td>%s</td><td>%s</td></tr>" % r for r in text)
                                + "</table>")
                    else:
                        tag = {"title": "h1", "head": "h2", "body": "p"}[kind]
                        f.write("<%s>%s</%s>" % (tag, escape(text), tag))
                f.write("</body></html>")
        subprocess.run(["soffice", "-env:UserInstallation=file://" + d + "/profile", "--headless", "--convert-to",
                        "docx:MS Word 2007 XML", "--outdir", out, "--infilter=HTML (StarWriter)"] +
                       [os.path.join(d, "html", n) for n in sorted(os.listdir(os.path.join(d, "html")))],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900)


def giant(text, path, size):
    heads, bodies = text
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as d:
        small = os.path.join(d, "small.docx")
        docx.Document().save(small)
        with zipfile.ZipFile(small) as z, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name in z.namelist():
                if name != "word/document.xml":
                    out.writestr(name, z.read(name))
            with out.open("word/document.xml", "w", force_zip64=False) as f:
                f.write(("<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:document %s><w:body>" % W).encode())
                n = 0
                while n < size:
                    p = "".join('<w:r w:rsidR="00A1B2C3"><w:t xml:space="preserve">%s</w:t></w:r>' % escape(r)
                                for r in runs(rng, rng.choice(bodies)))
                    chunk = ('<w:p w:rsidR="00112233">%s</w:p>' % p).encode()
                    n += len(chunk)
                    f.write(chunk)
                f.write(b"<w:sectPr/></w:body></w:document>")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--templates", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--files", type=int, default=200)
    ap.add_argument("--giant-mb", type=int, default=100)
    o = ap.parse_args()
    text = material(o.templates)
    many = os.path.join(o.out, "many")
    os.makedirs(many, exist_ok=True)
    office = []
    for i in range(o.files):
        rng = random.Random(i)
        parts = content(rng, text, rng.randint(5, 40))
        path = os.path.join(many, "%03d.docx" % i)
        if i % 10 == 9:
            by_pandoc(parts, path)
        elif i % 10 == 8:
            office.append((parts, path))
        else:
            by_python_docx(parts, path, rng, i % 10 < 6)
    if office:
        by_libreoffice(office, many)
    parts = content(random.Random(1), text, 40)
    for times in (1, 2, 4):
        by_python_docx(parts * times, os.path.join(o.out, "size-%d.docx" % times), random.Random(2), True)
    by_python_docx(content(random.Random(3), text, 20), os.path.join(o.out, "one.docx"), random.Random(3), True)
    if o.giant_mb > 0:
        giant(text, os.path.join(o.out, "giant.docx"), o.giant_mb << 20)
    made = len(os.listdir(many))
    if made != o.files:
        sys.exit("workload: %d of %d files were made" % (made, o.files))


if __name__ == "__main__":
    main()
