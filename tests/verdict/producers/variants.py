"""More forms of the criteria table, out of the files of make.py: LibreOffice writes the nested table and the controls anew,
and the other producers' tables are nested in an outer one or get a content control in every cell.

Usage: python3 variants.py         (Debian's python3-docx, LibreOffice Writer)
"""
import pathlib
import subprocess
import tempfile

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HERE = pathlib.Path(__file__).resolve().parent


def save(document, name):
    document.save(str(HERE / name))


def nested(source, name):
    """The whole table, controls around it included, in the second cell of an outer row."""
    document = docx.Document(str(HERE / source))
    table = next(e for e in document.element.body if e.find(".//" + qn("w:tr")) is not None)
    outer, grid, row = OxmlElement("w:tbl"), OxmlElement("w:tblGrid"), OxmlElement("w:tr")
    outer.append(OxmlElement("w:tblPr"))
    outer.append(grid)
    outer.append(row)
    table.addprevious(outer)
    for text in ("Se tabellen til høyre.", ""):
        cell, paragraph, run, words = (OxmlElement(t) for t in ("w:tc", "w:p", "w:r", "w:t"))
        words.text = text
        run.append(words)
        paragraph.append(run)
        cell.append(paragraph)
        grid.append(OxmlElement("w:gridCol"))
        row.append(cell)
    paragraph.addprevious(table)
    save(document, name)


def controls(source, name):
    """A control around every cell's paragraphs, as a form has."""
    document = docx.Document(str(HERE / source))
    for n, cell in enumerate(list(document.element.body.iter(qn("w:tc")))):
        control, properties, number = (OxmlElement(t) for t in ("w:sdt", "w:sdtPr", "w:id"))
        content = OxmlElement("w:sdtContent")
        number.set(qn("w:val"), str(4000 + n))
        properties.append(number)
        control.append(properties)
        control.append(content)
        paragraphs = cell.findall(qn("w:p"))
        paragraphs[0].addprevious(control)
        for p in paragraphs:
            content.append(p)
    save(document, name)


def libreoffice(source, name):
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder) / "out"
        subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % folder, "--headless", "--convert-to",
                        "docx:MS Word 2007 XML", "--outdir", str(target), str(HERE / source)], check=True,
                       capture_output=True, timeout=240)
        (HERE / name).write_bytes((target / source).read_bytes())


def main():
    libreoffice("python-docx-nested.docx", "libreoffice-nested.docx")
    libreoffice("word-controls.docx", "libreoffice-controls.docx")
    nested("word-controls.docx", "word-nested.docx")
    nested("docx-js.docx", "docx-js-nested.docx")
    controls("docx-js.docx", "docx-js-controls.docx")
    controls("python-docx.docx", "python-docx-controls.docx")


if __name__ == "__main__":
    main()
