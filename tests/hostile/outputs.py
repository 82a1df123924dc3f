"""What comes out: reports that other programs open, words on a terminal, files and folders that are written."""
import csv
import html.parser
import io
import json
import os
import stat
import threading
import time
from xml.dom import minidom
from xml.sax.saxutils import escape

from kit import DATE, act
from rawzip import Entry, document, docx, pack, paragraph, parts

SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><svg onload=alert(1)>javascript:'
FORMULAS = ["=cmd|'/C calc'!A0", "+1+cmd", "-2+3", "@SUM(1+1)", "\t=1+1", "=HYPERLINK(\"http://x\",\"y\")"]


def heading(text):
    return '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>' % escape(text)


def criteria(words):
    """Words where findings take their evidence and their place from."""
    row = "<w:tr><w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc></w:tr>"
    table = "<w:tbl>" + row % ("Tildelingskriterium", "Vekt") + row % (escape(words + " Miljø"), "10 %") + \
        row % (escape(words + " Pris"), "90 %") + "</w:tbl>"
    return docx(document(heading("Konkurransegrunnlag for kjøp av møbler " + words) +
                         heading("Tildelingskriterier " + words) + table +
                         paragraph(escape(words + " Leverandøren bør ta hensyn til miljø " + words))))


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.bad = []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "img", "svg", "iframe", "object", "embed"):
            self.bad.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.bad.append(name)


@act()
def script_in_the_report(w):
    plain = Tags()
    w.write("ren/mal.docx", criteria("Ord"))
    plain.feed(w.fine("audit", "--format", "html", "--date", DATE, w.path("ren/mal.docx")).out.decode())
    mal = w.write("<script>alert(2)<.docx".replace("/", ""), criteria(SCRIPT))
    for command in (["audit"], ["check"]):
        text = w.fine(*command, "--format", "html", "--date", DATE, mal).out.decode()
        seen = Tags()
        seen.feed(text)
        assert seen.bad == plain.bad or set(seen.bad) <= {"script"} & set(plain.bad), seen.bad
        assert "alert(1)" in text and "<script>alert" not in text


@act()
def words_in_every_format(w):
    """Quotes, angle brackets, separators and formulas: each format stays readable by its own reader."""
    mal = w.write("mal;\"'<&>.docx", criteria(SCRIPT + " ; \" , \u2028 =1+1"))
    json.loads(w.fine("audit", "--format", "json", "--date", DATE, mal).out)
    json.loads(w.fine("audit", "--format", "sarif", "--date", DATE, mal).out)
    minidom.parseString(w.fine("audit", "--format", "junit", "--date", DATE, mal).out)
    text = w.fine("audit", "--format", "github", "--date", DATE, mal).out.decode()
    assert all(line.startswith("::") or not line.lstrip().startswith("::") for line in text.splitlines())


@act()
def workflow_commands_in_evidence(w):
    """A line of ours for GitHub must not hold a second command."""
    mal = w.write("mal.docx", criteria("x%0A::stop-commands::y\n::error::z"))
    text = w.fine("audit", "--format", "github", "--date", DATE, mal).out.decode()
    for line in text.splitlines():
        assert line.startswith(("::error ", "::warning ", "::notice ")), line
        assert "%0A::" not in line.replace("%250A", ""), line


@act()
def formulas_in_csv(w):
    for words in FORMULAS:
        mal = w.write("=mal+1.docx", criteria(words))
        text = w.fine("audit", "--format", "csv", "--date", DATE, "=mal+1.docx", cwd=w.dir).out.decode("utf-8-sig")
        first = text.splitlines()[0]
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in first else ","))
        assert len(rows) > 1, text
        for row in rows:
            for cell in row:
                assert not cell[:1] in ("=", "+", "@", "\t", "\r"), cell
                assert not (cell[:1] == "-" and not cell[1:].replace(".", "").replace(",", "").isdigit()
                            and cell != "-"), cell
        os.unlink(mal)


@act()
def escapes_on_the_terminal(w):
    """From the text, from a name, from a heading: nothing that steers a terminal comes out."""
    words = "klima\u009b31m \u202eabc\u202c \u2066x\u2069 \u200e\u200f"
    name = "mal\x1b]0;x\x07\u202e.docx"
    mal = w.write(name, criteria(words))
    for line in (["audit"], ["check"], ["classify"], ["text"], ["insert", "--dry-run"], ["update", "--dry-run"]):
        for lang in ("nb", "nn", "en"):
            shown = w.run(*line, "--lang", lang, mal).out.decode("utf-8")
            bad = [c for c in shown if (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 or
                   0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069]
            assert not bad, "%s: %r" % (line, bad[:5])


@act()
def name_that_is_an_option(w):
    w.write("--in-place.docx", docx())
    w.write("-o.docx", docx())
    before = w.state()
    w.fine("audit", "--", "--in-place.docx", "-o.docx", cwd=w.dir)
    assert w.state() == before


@act()
def name_with_line_break(w):
    mal = w.write("mal\nklimakrav: alt er i orden\n.docx", b"ikke en zip")
    r = w.refused("audit", mal)
    assert len([x for x in r.err.splitlines() if x]) == 1, r.err


# ---- where files are written ----------------------------------------------------------------------

INSERT = ("--date", DATE, "--timestamp", "2026-11-24T12:00:00Z")


@act()
def output_dir_stays_inside(w):
    """Files named by many ways round: nothing is written outside the folder of results."""
    w.write("maler/a/mal.docx", criteria("x"))
    w.write("annet/b.docx", criteria("y"))
    os.symlink(w.path("annet"), w.path("maler/lenke"))
    os.symlink(w.path("annet/b.docx"), w.path("maler/b.docx"))
    before = {k: v for k, v in w.state().items() if "/annet/" in k or "/maler/a" in k}
    w.run("update", "a/../../maler/./a", "--output-dir", w.path("ut"), *INSERT, cwd=w.path("maler"))
    w.run("update", w.path("maler"), "--output-dir", w.path("ut2"), *INSERT)
    w.run("update", "../annet", "--output-dir", w.path("ut3"), *INSERT, cwd=w.path("maler"))
    after = w.state()
    for name, seen in before.items():
        assert after[name] == seen, name
    outside = [n for n in after if n not in before and not n.startswith(tuple(w.path(d) + "/" for d in
               ("ut", "ut2", "ut3", "maler", "annet")))]
    assert not outside, outside


@act()
def output_dir_through_a_link(w):
    """A link that stands where a result would be written is not followed out of the folder."""
    w.write("maler/mal.docx", criteria("x"))
    secret = w.write("hemmelig.docx", b"ikke min")
    os.makedirs(w.path("ut"))
    os.symlink(secret, w.path("ut/mal.docx"))
    w.run("update", w.path("maler"), "--output-dir", w.path("ut"), *INSERT)
    assert w.read("hemmelig.docx") == b"ikke min"


@act()
def output_dir_is_input(w):
    w.write("maler/mal.docx", criteria("x"))
    before = w.read("maler/mal.docx")
    r = w.run("update", w.path("maler"), "--output-dir", w.path("maler"), *INSERT)
    assert r.code == 2 and w.read("maler/mal.docx") == before, (r.code, r.err)


@act()
def mode_is_kept(w):
    for mode in (0o600, 0o640, 0o664):
        mal = w.write("mal.docx", criteria("x"))
        os.chmod(mal, mode)
        w.fine("insert", mal, "--in-place", "--backup", w.path("b"), *INSERT)
        assert stat.S_IMODE(os.stat(mal).st_mode) == mode, oct(os.stat(mal).st_mode)
        for name in os.listdir(w.path("b")):
            assert stat.S_IMODE(os.stat(w.path("b/" + name)).st_mode) == mode
            os.unlink(w.path("b/" + name))


@act()
def temporary_names(w):
    """A temporary that is guessed from earlier names or planted as a link never takes our bytes."""
    import subprocess
    mal = w.write("mal.docx", criteria("x"))
    r = subprocess.run(["strace", "-f", "-e", "trace=openat,open,creat", w.tool, "insert", mal, "--in-place", *INSERT],
                       capture_output=True, timeout=60,
                       env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}) if has("strace") else None
    if r is None:
        seen = watch_names(w, mal)
        assert all(len(name) >= len(".klimakrav-") + 32 for name in seen), seen
        return
    made = [line for line in r.stderr.decode("utf-8", "replace").splitlines() if "O_CREAT" in line]
    assert made and all("O_EXCL" in line and "O_NOFOLLOW" in line for line in made), made


def has(program):
    return any(os.access(os.path.join(d, program), os.X_OK) for d in os.environ["PATH"].split(":"))


def watch_names(w, mal):
    """Names that stand in the folder while the program runs."""
    seen, done = set(), threading.Event()

    def look():
        while not done.is_set():
            seen.update(n for n in os.listdir(w.dir) if n.startswith(".klimakrav-"))
    eye = threading.Thread(target=look)
    eye.start()
    for _ in range(5):
        w.run("insert", mal, "--in-place", "--no-backup", "--no-track", *INSERT)
        w.write("mal.docx", criteria("x"))
    done.set()
    eye.join()
    return seen


@act()
def link_in_place(w):
    """A link that its owner means is kept, and what it points to is edited."""
    real = w.write("ekte/mal.docx", criteria("x"))
    before = w.read("ekte/mal.docx")
    os.symlink(real, w.path("lenke.docx"))
    w.fine("insert", w.path("lenke.docx"), "--in-place", "--no-backup", *INSERT)
    assert os.path.islink(w.path("lenke.docx")) and w.read("ekte/mal.docx") != before


@act()
def link_ring(w):
    os.symlink(w.path("b.docx"), w.path("a.docx"))
    os.symlink(w.path("a.docx"), w.path("b.docx"))
    w.refused("audit", w.path("a.docx"))
    w.refused("insert", w.path("a.docx"), "--in-place")


@act()
def nothing_is_fetched(w):
    """Everything that could call out, in one document, with a listener at the other end."""
    import socket
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        ear.listen(1)
        ear.settimeout(0.3)
        where = "http://127.0.0.1:%d/" % ear.getsockname()[1]
        rel = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
               'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
               'relationships/attachedTemplate" Target="%smal.dotm" TargetMode="External"/></Relationships>' % where)
        full = parts(**{"word/_rels/settings.xml.rels": rel, "word/_rels/document.xml.rels": rel})
        mal = w.write("mal.docx", pack([Entry(n, d) for n, d in full.items()]))
        w.fine("audit", mal)
        w.run("insert", mal, "-o", w.path("ny.docx"), *INSERT)
        try:
            ear.accept()
            raise AssertionError("somebody called")
        except socket.timeout:
            pass
