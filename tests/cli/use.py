#!/usr/bin/env python3
"""Ordinary use of the command line: what is written where, exit codes, the forms of the result, and that the
same input gives the same bytes whatever the threads, the time zone and the locale.

  use.py --klimakrav BIN --fixtures DIR --schema FILE [--case NAME]
"""
import argparse
import csv
import hashlib
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

CASES = []
STAMP = ["--date", "2026-11-23", "--timestamp", "2026-11-23T12:00:00Z"]
LACKS = "kontorrekvisita-fjordheim.docx"   # silent on climate: something to insert
CLEAN = "kantine-nordvag.docx"             # nothing to insert


def case(function):
    CASES.append(function)
    return function


class World:
    def __init__(self, options, folder):
        self.tool, self.fixtures, self.dir = os.path.abspath(options.klimakrav), options.fixtures, folder
        with open(options.schema, encoding="utf-8") as f:
            self.schema = json.load(f)
        self.templates = os.path.abspath(os.path.join(options.fixtures, "templates"))

    def path(self, name):
        return os.path.join(self.dir, name)

    def template(self, source, name=None):
        shutil.copy(os.path.join(self.templates, source), self.path(name or source))
        return self.path(name or source)

    def run(self, *words, code=(0, 1), env=None, **more):
        r = subprocess.run([self.tool, *words], capture_output=True, timeout=300,
                           env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}, **more)
        assert r.returncode in (code if isinstance(code, tuple) else (code,)), \
            "exit code %d: %s" % (r.returncode, r.stderr.decode())
        return r

    def audit(self, *words):
        return json.loads(self.run("audit", "--format", "json", "--date", "2026-11-23", *words).stdout)


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


# ---- a schema check of our own: type, enum, const, required, properties, items, pattern, $ref -----------

def valid(value, schema, root, where="$"):
    if "$ref" in schema:
        valid(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, where)
    kinds = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": int,
             "boolean": bool, "null": type(None)}
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        fits = any(isinstance(value, kinds[n]) and not (isinstance(value, bool) and n in ("integer", "number"))
                   for n in names)
        assert fits, "%s: %r is no %s" % (where, value, names)
    if "const" in schema:
        assert value == schema["const"], where
    if "enum" in schema:
        assert value in schema["enum"], "%s: %r" % (where, value)
    if "pattern" in schema and isinstance(value, str):
        assert re.search(schema["pattern"], value), "%s: %r" % (where, value)
    if "minimum" in schema and value is not None:
        assert value >= schema["minimum"], where
    if isinstance(value, dict):
        for key in schema.get("required", []):
            assert key in value, "%s lacks %s" % (where, key)
        for key, item in value.items():
            if key in schema.get("properties", {}):
                valid(item, schema["properties"][key], root, where + "." + key)
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            valid(item, schema["items"], root, "%s[%d]" % (where, i))


# ---- audit ----------------------------------------------------------------------------------------

@case
def json_fits_its_schema(w):
    valid(w.audit(w.templates), w.schema, w.schema)
    sets = [os.path.join(w.templates, n) for n in sorted(os.listdir(w.templates))
            if n.startswith("skole-") and n.endswith(".docx")]
    whole = w.audit("--as-procurement", *sets)
    valid(whole, w.schema, w.schema)
    assert "verdict" in whole and len(whole["documents"]) == len(sets)
    checked = json.loads(w.run("check", "--format", "json", "--date", "2026-11-23", *sets).stdout)
    valid(checked, w.schema, w.schema)
    assert checked["ready"] in (True, False) and checked["verdict"] == whole["verdict"]
    failed = json.loads(w.run("audit", "--format", "json", w.path("borte.docx"), code=2).stdout)
    valid(failed, w.schema, w.schema)
    assert failed["failures"][0]["path"].endswith("borte.docx")


@case
def places_and_evidence_fit_the_text(w):
    for name in ("matvarer-sjohaug.docx", "billeasing-bergselv.docx", "renovasjon-ostre-skog.docx"):
        path = os.path.join(w.templates, name)
        text = json.loads(w.run("text", "--format", "json", path).stdout)["paragraphs"]
        for f in w.audit(path)["documents"][0]["findings"]:
            p = f["place"]
            if p["paragraph"] is None:
                assert f["evidence"] == ""
                continue
            para = text[p["paragraph"]]
            assert para["text"] == f["text"] and para["story"] == p["story"]
            assert para["text"].encode()[p["begin"]:p["end"]].decode() == f["evidence"]
            cell = para.get("cell")
            assert (p["table"] is None) == (cell is None)
            if cell:
                assert p["table"] == {"row": cell["row"], "column": cell["column"]}


@case
def same_bytes_whatever_threads_zone_locale(w):
    for form in ("text", "json", "html", "sarif", "junit", "csv"):
        words = ["audit", "--lang", "nb", "--date", "2026-11-23", "--format", form, w.templates]
        first = w.run(*words, "--jobs", "1").stdout
        again = w.run(*words, "--jobs", "4", env={"TZ": "Pacific/Auckland", "LC_ALL": "nb_NO.UTF-8"}).stdout
        assert first == again and len(first) > 1000, form


@case
def output_file_equals_stdout(w):
    words = ["audit", "--date", "2026-11-23", "--format", "html", "--lang", "nn", os.path.join(w.templates, LACKS)]
    shown = w.run(*words)
    kept = w.run(*words, "--output", w.path("r.html"))
    assert kept.stdout == b"" and kept.returncode == shown.returncode
    with open(w.path("r.html"), "rb") as f:
        assert f.read() == shown.stdout


@case
def fail_on_decides_the_code(w):
    path = os.path.join(w.templates, "matvarer-sjohaug.docx")
    n = w.audit(path)["summary"]
    assert n["error"] > 0
    for level, expected in (("error", 1), ("warning", 1), ("info", 1), ("never", 0)):
        w.run("audit", "--fail-on", level, path, code=expected)
    path = os.path.join(w.templates, "tomt-dokument.docx")
    w.run("audit", path, code=0)


@case
def folders_are_walked(w):
    os.makedirs(w.path("a/b"))
    w.template(LACKS, "a/b/En mal.DOCX")
    w.template(CLEAN, "a/æøå.dotx")
    w.template(CLEAN, "a/~$lås.docx")
    with open(w.path("a/notat.txt"), "w") as f:
        f.write("x")
    found = [d["path"] for d in w.audit(w.path("a"), w.path("a/b"))["documents"]]
    assert found == [w.path("a/b/En mal.DOCX"), w.path("a/æøå.dotx")], found


@case
def date_picks_the_law(w):
    path = os.path.join(w.templates, LACKS)
    new = w.audit(path)["documents"][0]["verdict"]
    old = json.loads(w.run("audit", "--format", "json", "--date", "2025-01-15", path).stdout)
    old = old["documents"][0]["verdict"]
    assert (new["from"], old["from"]) == ("2026-07-01", "2024-01-01"), (new, old)


class Page(HTMLParser):
    """Every element closed in order, nothing fetched, nothing run that is not ours."""

    VOID = {"meta", "input", "br", "link", "img"}

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.hrefs, self.meta, self.text = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        assert tag not in ("img", "iframe", "object", "link"), tag
        assert not any(k.startswith("on") for k in attrs), attrs
        assert "src" not in attrs and "style" not in attrs, attrs
        if tag not in self.VOID:
            self.open.append(tag)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if "href" in attrs:
            self.hrefs.append(attrs["href"])
        if tag == "meta":
            self.meta.append(attrs)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, "unbalanced </%s>" % tag

    def handle_data(self, data):
        self.text.append(data)


def page(html):
    p = Page()
    p.feed(html.decode("utf-8"))
    assert p.open == [], p.open
    assert len(set(p.ids)) == len(p.ids), "an id twice"
    for href in p.hrefs:
        assert href.startswith(("https://", "http://")) or href[1:] in p.ids, href
    assert any("default-src 'none'" in m.get("content", "") for m in p.meta)
    assert any(m.get("name") == "viewport" for m in p.meta)
    return " ".join(p.text)


@case
def html_stands_alone(w):
    for lang, draft in (("nb", "ikke gjennomgått av jurist"), ("nn", "ikkje gjennomgått av jurist"),
                        ("en", "not been reviewed by a lawyer")):
        text = page(w.run("audit", "--format", "html", "--lang", lang, w.templates).stdout)
        assert draft in text, lang
        assert draft.split()[-1] in page(w.run("rules", "list", "--format", "html", "--lang", lang).stdout)


@case
def html_escapes_the_document(w):
    name = "<img src=x onerror=alert(1)>&\".docx"
    w.template(LACKS, name)
    html = w.run("audit", "--format", "html", w.path(name)).stdout
    page(html)
    assert b"<img" not in html and b"&lt;img" in html


@case
def sarif_holds_together(w):
    log = json.loads(w.run("audit", "--format", "sarif", w.templates).stdout)
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    rules = {r["id"] for r in run["tool"]["driver"]["rules"]}
    assert len(run["results"]) > 10 and run["invocations"][0]["executionSuccessful"] is True
    for r in run["results"]:
        assert r["ruleId"] in rules and r["level"] in ("error", "warning", "note")
        assert r["message"]["text"] and r["partialFingerprints"]["klimakrav/v1"]
        place = r["locations"][0]
        assert place["physicalLocation"]["region"]["startLine"] == 1
        assert place["logicalLocations"][0]["fullyQualifiedName"]


@case
def junit_and_csv_are_read_back(w):
    n = w.audit(w.templates)["summary"]
    root = ET.fromstring(w.run("audit", "--format", "junit", "--date", "2026-11-23", w.templates).stdout)
    assert len(root) == n["documents"]
    assert len(root.findall(".//failure")) == n["error"] + n["warning"]
    text = w.run("audit", "--format", "csv", "--date", "2026-11-23", w.templates).stdout.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert sum(r["level"] == "error" for r in rows) == n["error"]
    assert all(None not in r and None not in r.values() for r in rows), "ragged"


@case
def csv_runs_no_formula(w):
    name = "=cmd|' calc'!A0.docx"
    w.template(LACKS, name)
    r = subprocess.run([w.tool, "audit", "--format", "csv", name], cwd=w.dir, capture_output=True, timeout=60)
    assert b'"\'=cmd' in r.stdout and b'"=cmd' not in r.stdout


# ---- insert and withdraw --------------------------------------------------------------------------

@case
def insert_to_a_new_file(w):
    mal = w.template(LACKS)
    before = digest(mal)
    r = w.run("insert", mal, "-o", w.path("ny.docx"), "--lang", "nb", *STAMP)
    assert digest(mal) == before and digest(w.path("ny.docx")) != before
    assert "satt inn" in r.stdout.decode() and "Gjenstår" in r.stdout.decode()
    w.run("insert", mal, "-o", w.path("ny2.docx"), *STAMP, env={"TZ": "Pacific/Auckland"})
    assert digest(w.path("ny.docx")) == digest(w.path("ny2.docx"))
    w.run("insert", w.path("ny.docx"), "-o", w.path("ny3.docx"), *STAMP)
    assert digest(w.path("ny.docx")) == digest(w.path("ny3.docx")), "run twice = run once"


@case
def nothing_to_insert(w):
    mal = w.template(CLEAN)
    w.run("insert", mal, "-o", w.path("ny.docx"), *STAMP)
    assert digest(mal) == digest(w.path("ny.docx"))
    os.utime(mal, (1000000000, 1000000000))
    w.run("insert", mal, "--in-place", *STAMP)
    assert os.stat(mal).st_mtime == 1000000000 and sorted(os.listdir(w.dir)) == [CLEAN, "ny.docx"]


@case
def insert_in_place_keeps_a_copy(w):
    mal = w.template(LACKS, "mal.docx")
    os.chmod(mal, 0o640)
    before = digest(mal)
    w.run("insert", mal, "--in-place", *STAMP)
    assert digest(w.path("mal.docx.bak")) == before and digest(mal) != before
    assert stat.S_IMODE(os.stat(mal).st_mode) == 0o640
    shutil.copy(w.path("mal.docx.bak"), mal)
    w.run("insert", mal, "--in-place", *STAMP)
    assert digest(w.path("mal.docx.bak2")) == before, "an older copy must not be lost"
    shutil.copy(w.path("mal.docx.bak"), mal)
    w.run("insert", mal, "--in-place", "--backup", w.path("kopier/i dag"), *STAMP)
    assert digest(w.path("kopier/i dag/mal.docx")) == before
    shutil.copy(w.path("mal.docx.bak"), mal)
    n = len(os.listdir(w.dir))
    w.run("insert", mal, "--in-place", "--no-backup", *STAMP)
    assert len(os.listdir(w.dir)) == n


@case
def insert_through_a_link(w):
    mal = w.template(LACKS, "mal.docx")
    os.symlink("mal.docx", w.path("lenke.docx"))
    before = digest(mal)
    w.run("insert", w.path("lenke.docx"), "--in-place", *STAMP)
    assert os.path.islink(w.path("lenke.docx")) and digest(mal) != before


@case
def dry_run_and_check_write_nothing(w):
    mal = w.template(LACKS)
    before = digest(mal)
    real = w.run("insert", mal, "-o", w.path("ny.docx"), *STAMP).returncode
    os.unlink(w.path("ny.docx"))
    r = w.run("insert", mal, "--dry-run", "--lang", "nb", *STAMP)
    assert r.returncode == real and "\n    + " in r.stdout.decode()
    plan = json.loads(w.run("insert", mal, "--dry-run", "--format", "json", *STAMP).stdout.decode())
    assert plan["schema"] == "klimakrav.plan/1" and plan["clauses"][0]["action"] == "insert"
    w.run("insert", mal, "--check", *STAMP, code=1)
    w.run("insert", w.template(CLEAN), "--check", *STAMP, code=0)
    assert digest(mal) == before and sorted(os.listdir(w.dir)) == [CLEAN, LACKS]


def clauses(w, **wanted):
    listed = json.loads(w.run("rules", "list", "--format", "json", "--date", "2026-11-23").stdout)["clauses"]
    return [c for c in listed if c["valid"] and all(c[k] == v for k, v in wanted.items())]


@case
def forced_clause_and_values(w):
    clause = next(c for c in clauses(w, type="kontraktsvilkar") if c["fields"])
    field = clause["fields"][0]
    mal = w.template(CLEAN)
    w.run("insert", mal, "-o", w.path("ny.docx"), "--clause", clause["id"], "--set", field + "=3737",
          "--clause-lang", "nb", *STAMP)
    text = w.run("text", w.path("ny.docx")).stdout.decode()
    assert "3737" in text
    with open(w.path("v.json"), "w") as f:
        json.dump({field: "4141"}, f)
    w.run("insert", mal, "-o", w.path("ny2.docx"), "--clause", clause["id"], "--values", w.path("v.json"), *STAMP)
    assert "4141" in w.run("text", w.path("ny2.docx")).stdout.decode()
    managed = w.audit(w.path("ny.docx"))["documents"][0]["managed"]
    assert [m["clause"] for m in managed] == [clause["id"]] and managed[0]["state"] == "current"


@case
def untracked_and_author(w):
    clause = clauses(w, type="kontraktsvilkar")[0]["id"]
    mal = w.template(CLEAN)
    w.run("insert", mal, "-o", w.path("a.docx"), "--clause", clause, "--author", "Kari Nordmann", *STAMP)
    w.run("insert", mal, "-o", w.path("b.docx"), "--clause", clause, "--no-track", *STAMP)

    def inserted(path):
        spans = [s for p in json.loads(w.run("text", "--format", "json", path).stdout)["paragraphs"]
                 for s in p.get("spans", [])]
        return {s.get("author") for s in spans if s["kind"] == "inserted"}

    assert inserted(w.path("a.docx")) - inserted(mal) == {"Kari Nordmann"}
    assert inserted(w.path("b.docx")) == inserted(mal)


@case
def withdraw_gives_the_text_back(w):
    mal = w.template(LACKS)
    w.run("insert", mal, "-o", w.path("ny.docx"), *STAMP)
    r = w.run("withdraw", w.path("ny.docx"), "-o", w.path("tilbake.docx"), "--lang", "nb", code=0)
    assert "tatt ut" in r.stdout.decode()
    assert w.run("text", mal).stdout == w.run("text", w.path("tilbake.docx")).stdout
    w.run("withdraw", mal, "-o", w.path("lik.docx"), code=0)
    assert digest(mal) == digest(w.path("lik.docx"))


# ---- the text door and the bank -------------------------------------------------------------------

@case
def tsv_answers_line_by_line(w):
    lines = "a\tKjøretøyene skal ha nullutslipp.\nb\tFaktura sendes elektronisk.\n\nc\t\n".encode()
    out = w.run("requirements", "--tsv", input=lines, code=0).stdout.decode().splitlines()
    assert [o.split("\t")[:2] for o in out] == [["a", "yes"], ["b", "no"], ["c", "no"]], out
    assert all(len(o.split("\t")) == 4 for o in out)
    out = w.run("classify", "--tsv", input="1\tKjøp av personbiler\r\n2\tqwerty\n".encode(), code=0).stdout
    rows = [o.split("\t") for o in out.decode().splitlines()]
    assert rows[0][0] == "1" and rows[0][1].startswith("kjoretoy") and rows[1] == ["2", "-", "-"], rows
    assert len(rows[0][1].split(",")) == len(rows[0][2].split(","))
    w.run("classify", "--tsv", "--output", w.path("ut.tsv"), input=b"2\tqwerty\n", code=0)
    with open(w.path("ut.tsv")) as f:
        assert f.read() == "2\t-\t-\n"


@case
def classify_files(w):
    path = os.path.join(w.templates, "kantine-nordvag.docx")
    assert b"kantine-nordvag.docx" in w.run("classify", path, code=0).stdout
    listed = json.loads(w.run("classify", "--format", "json", path, code=0).stdout)
    assert listed["documents"][0]["categories"][0]["id"] == "maltid"


@case
def bank_is_listed_and_shown(w):
    listed = json.loads(w.run("rules", "list", "--format", "json", code=0).stdout)
    assert len(listed["categories"]) >= 23 and len(listed["rules"]) >= 30 and len(listed["clauses"]) >= 100
    for c in listed["clauses"]:
        assert {"id", "version", "status", "type", "level", "categories", "languages", "blocks"} <= set(c)
    for id in (listed["clauses"][0]["id"], listed["rules"][0]["id"], listed["categories"][0]["id"]):
        assert id.encode() in w.run("rules", "show", id, code=0).stdout
        assert json.loads(w.run("rules", "show", id, "--format", "json", code=0).stdout)["id"] == id
    assert b"ikke gjennomg" in w.run("rules", "list", "--lang", "nb", code=0).stdout


@case
def own_rules_override(w):
    os.mkdir(w.path("egne"))
    shutil.copy(os.path.join(w.fixtures, "..", "rules", "bank", "lookalikes.xml"), w.path("egne/lookalikes.xml"))
    plain = w.run("--version", code=0).stdout
    other = w.run("--version", "--rules", w.path("egne"), code=0).stdout
    assert re.match(rb"klimakrav \d+\.\d+\.\d+, bank [0-9a-f]{12}\n$", plain) and plain != other


@case
def help_in_three_languages(w):
    for command in ("audit", "check", "notice", "insert", "update", "withdraw", "release", "classify", "requirements", "text", "rules"):
        shown = {w.run(command, "--help", "--lang", lang, code=0).stdout for lang in ("nb", "nn", "en")}
        assert len(shown) == 3, command
    general = w.run("--help", "--lang", "en", code=0).stdout.decode()
    for command in ("notice", "insert", "release", "receipt verify", "serve", "watch"):
        assert re.search(r"^  %s\b" % command, general, re.M), command
    assert "--no-track" not in w.run("audit", "--help", code=0).stdout.decode()


@case
def locale_picks_the_language(w):
    for locale, word in (("nn_NO.UTF-8", "Bruk: klimakrav"), ("en_GB.UTF-8", "Usage"), ("C", "Kommandoer")):
        assert word in w.run("--help", code=0, env={"LC_ALL": locale}).stdout.decode(), locale


@case
def progress_on_stderr(w):
    r = w.run("audit", "--progress", "always", w.templates)
    n = len([f for f in os.listdir(w.templates) if f.endswith(".docx")])
    assert r.stderr.decode().splitlines()[-1].startswith("%d/%d " % (n, n))
    assert w.run("audit", "--progress", "never", w.templates).stderr == b""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--klimakrav", required=True)
    parser.add_argument("--fixtures", required=True)
    parser.add_argument("--schema", required=True)
    parser.add_argument("--case")
    options = parser.parse_args()
    failed = 0
    for function in CASES:
        if options.case and options.case != function.__name__:
            continue
        with tempfile.TemporaryDirectory(prefix="kk-use-") as folder:
            try:
                function(World(options, folder))
                print("ok   " + function.__name__)
            except (AssertionError, OSError, ValueError, KeyError, IndexError, StopIteration,
                    subprocess.TimeoutExpired) as e:
                failed += 1
                print("FAIL %s: %s: %s" % (function.__name__, type(e).__name__, str(e)[:600]))
    print("%d cases, %d failed" % (len(CASES), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
