"""Makes the same criteria table with five producers, for test_producers.

Usage: python3 make.py [WORK]      WORK holds node_modules/docx (npm install --prefix WORK docx@9.15.2)

Needs Debian's python3-docx, LibreOffice Writer and node. A rebuild gives the same tables, not the same
bytes: LibreOffice and docx draw their own ids and times.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import docx

HERE = pathlib.Path(__file__).resolve().parent
HEADER = ["Kriterium", "Underkriterium", "Vekt", "Dokumentasjon"]
# first cell, second cell, weight, proof, rows that the first cell covers (0 = covered)
ROWS = [
    ("Pris", "", "60 %", "Prisskjema", 1),
    ("Kvalitet og miljø", "Plan og bemanning", "12 %", "Plan på to sider", 3),
    ("", "Klimagassutslipp fra kjøretøyene", "20 %", "Kjøretøyliste", 0),
    ("", "Andel avfall til gjenvinning", "8 %", "Veiesedler", 0),
    ("Sum", "", "100 %", "", 1),
]


def fill(cell, text):
    """Splits the text over three runs, as Word does after spelling and edits."""
    paragraph = cell.paragraphs[0]
    third = max(1, len(text) // 3)
    for piece in (text[:third], text[third:2 * third], text[2 * third:]):
        paragraph.add_run(piece)


def criteria_table(container):
    table = container.add_table(rows=1 + len(ROWS), cols=4)
    for cell, text in zip(table.rows[0].cells, HEADER):
        fill(cell, text)
    for r, row in enumerate(ROWS, 1):
        for c, text in enumerate(row[:4]):
            if text:
                fill(table.cell(r, c), text)
        if row[4] > 1:
            table.cell(r, 0).merge(table.cell(r + row[4] - 1, 0))
    return table


def new_document():
    document = docx.Document()
    document.add_heading("Konkurransegrunnlag", 0)
    document.add_heading("Tildelingskriterier", 1)
    document.add_paragraph("Kontrakten tildeles etter disse kriteriene:")
    return document


def python_docx(path):
    document = new_document()
    criteria_table(document)
    document.save(path)


def python_docx_nested(path):
    document = new_document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "Se tabellen til høyre."
    criteria_table(outer.cell(0, 1))
    document.save(path)


# ---- Word's own XML, with content controls of every level and split runs ------------------------

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run_xml(text):
    half = len(text) // 2
    pieces = [text[:half], text[half:]]
    proof = '<w:proofErr w:type="spellStart"/>'
    return proof.join('<w:r w:rsidR="00A1B2C3"><w:t xml:space="preserve">%s</w:t></w:r>' % p
                      for p in pieces if p)


def control(content, identity):
    return ('<w:sdt><w:sdtPr><w:id w:val="%d"/><w:tag w:val="felt"/></w:sdtPr><w:sdtContent>%s'
            "</w:sdtContent></w:sdt>" % (identity, content))


def cell_xml(text, identity, merge=None, level=None):
    properties = '<w:tcW w:w="2300" w:type="dxa"/>'
    if merge is not None:
        properties += '<w:vMerge w:val="restart"/>' if merge > 1 else "<w:vMerge/>"
    runs = run_xml(text)
    if level == "run" and text:
        runs = control(runs, identity)
    paragraph = "<w:p>%s</w:p>" % runs
    if level == "block" and text:
        paragraph = control(paragraph, identity)
    cell = "<w:tc><w:tcPr>%s</w:tcPr>%s</w:tc>" % (properties, paragraph)
    return control(cell, identity) if level == "cell" else cell


def word_body():
    rows = ["".join(cell_xml(t, 0) for t in HEADER)]
    for r, (first, second, weight, proof, covers) in enumerate(ROWS):
        merge = None if covers == 1 else covers
        base = 1000 + 10 * r
        rows.append(cell_xml(first, base, merge) + cell_xml(second, base + 1, level="block")
                    + cell_xml(weight, base + 2, level="run")
                    + cell_xml(proof, base + 3, level="cell"))
    rows = ["<w:tr>%s</w:tr>" % row for row in rows]
    rows[3] = control(rows[3], 5000)
    table = ('<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>%s</w:tblGrid>%s'
             "</w:tbl>" % ('<w:gridCol w:w="2300"/>' * 4, "".join(rows)))
    heading = ('<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>%s</w:p>'
               % run_xml("Tildelingskriterier"))
    return heading + control(table, 6000) + "<w:p/>"


def word(path):
    parts = {
        "[Content_Types].xml":
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml":
            '<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (W, word_body()),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            package.writestr(entry, head + xml)


# ---- LibreOffice (from HTML with rowspan) and docx (npm) ----------------------------------------

def html():
    rows = ["".join("<th>%s</th>" % h for h in HEADER)]
    for first, second, weight, proof, covers in ROWS:
        cells = [] if covers == 0 else ['<td rowspan="%d">%s</td>' % (covers, first)]
        cells += ["<td>%s</td>" % text for text in (second, weight, proof)]
        rows.append("".join(cells))
    return ("<html><head><meta charset='utf-8'></head><body><h1>Tildelingskriterier</h1>"
            "<table border='1'>%s</table></body></html>"
            % "".join("<tr>%s</tr>" % row for row in rows))


def libreoffice(path):
    with tempfile.TemporaryDirectory() as work:
        source = os.path.join(work, "libreoffice.html")
        pathlib.Path(source).write_text(html(), encoding="utf-8")
        subprocess.run([os.environ.get("SOFFICE", "soffice"),
                        "-env:UserInstallation=file://%s/profile" % work, "--headless",
                        "--infilter=HTML (StarWriter)", "--convert-to",
                        "docx:MS Word 2007 XML", "--outdir", work, source],
                       check=True, timeout=120, stdout=subprocess.DEVNULL)
        pathlib.Path(path).write_bytes(pathlib.Path(work, "libreoffice.docx").read_bytes())


def docx_js(path, work):
    subprocess.run(["node", str(HERE / "make.mjs"), work, str(path)], check=True, timeout=120)


def main():
    python_docx(HERE / "python-docx.docx")
    python_docx_nested(HERE / "python-docx-nested.docx")
    word(HERE / "word-controls.docx")
    libreoffice(HERE / "libreoffice.docx")
    if len(sys.argv) > 1:
        docx_js(HERE / "docx-js.docx", sys.argv[1])


main()
