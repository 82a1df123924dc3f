#!/usr/bin/env python3
"""Options of insert and its kin that choose, refuse or look without touching: --only-reviewed, --level, --check,
--dry-run, --drop-signature, --clause-lang.

  flags.py --klimakrav BIN --fixtures DIR --schema FILE --bank DIR [--case NAME]
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "tools")]
import newer  # noqa: E402
from use import LACKS, STAMP, World, digest  # noqa: E402

CASES = []
SIGNED_TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/"
RELATIONSHIP = ('<Relationship Id="rIdSig" Type="%sorigin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
                % SIGNED_TYPE)


def case(function):
    CASES.append(function)
    return function


def plan(w, path, *more):
    out = w.run("insert", path, "--dry-run", "--format", "json", *more, *STAMP).stdout
    return json.loads(out)["clauses"]


@case
def only_reviewed_leaves_drafts_out(w):
    mal = w.template(LACKS)
    drafts = [c["clause"] for c in plan(w, mal) if c["action"] == "insert"]
    assert drafts
    w.run("insert", mal, "-o", w.path("ut.docx"), "--only-reviewed", *STAMP)
    assert digest(w.path("ut.docx")) == digest(mal), "all clauses of the bank are drafts"
    r = w.run("insert", mal, "-o", w.path("ut2.docx"), "--only-reviewed", "--clause", drafts[0], *STAMP, code=2)
    assert drafts[0].encode() in r.stderr and not os.path.exists(w.path("ut2.docx"))
    os.makedirs(w.path("bank"))
    text = newer.newer(w.bank, drafts[:1], body=lambda m: m.group(0))
    with open(w.path("bank/signed.xml"), "w", encoding="utf-8") as f:
        f.write(text.replace('status="draft"', 'status="reviewed" reviewed-by="Jurist" reviewed-on="2026-01-02"'))
    got = plan(w, mal, "--only-reviewed", "--rules", w.path("bank"))
    assert [(c["clause"], c["version"]) for c in got if c["action"] == "insert"] == [(drafts[0], "2.0")], got


@case
def the_level_chooses_among_clauses(w):
    chosen = {}
    for level in ("basis", "avansert", "spydspiss"):
        for name in sorted(os.listdir(w.templates)):
            if name.endswith(".docx"):
                clauses = plan(w, os.path.join(w.templates, name), "--level", level)
                chosen.setdefault(name, []).append([c["clause"] for c in clauses if c["action"] == "insert"])
    assert any(a != b or b != c for a, b, c in chosen.values()), "no template where the level matters"
    r = w.run("insert", w.template(LACKS), "--dry-run", "--level", "høyest", code=2)
    assert b"[usage]" in r.stderr


@case
def check_says_whether_something_would_change(w):
    mal = w.template(LACKS)
    before = digest(mal)
    for command, made in (("insert", "inn.docx"), ("withdraw", "ut.docx")):
        target = mal if command == "insert" else w.path("inn.docx")
        same = digest(target)
        w.run(command, target, "--check", *STAMP[2 * (command == "withdraw"):], code=1)
        assert digest(target) == same
        w.run(command, target, "-o", w.path(made), *STAMP[2 * (command == "withdraw"):])
    assert digest(mal) == before
    w.run("withdraw", mal, "--check", code=0)
    w.run("release", mal, "--check", code=0)


@case
def a_dry_run_exits_as_the_real_run(w):
    mal = w.template(LACKS)
    for level in ("error", "warning", "info", "never"):
        dry = w.run("insert", mal, "--dry-run", "--fail-on", level, *STAMP).returncode
        assert dry == w.run("insert", mal, "-o", w.path("ut.docx"), "--fail-on", level, *STAMP).returncode, level


def signed(w, origin=b""):
    """The template with a signature origin: enough to be a signed package."""
    path = w.path("signert.docx")
    with zipfile.ZipFile(w.template(LACKS)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "_rels/.rels":
                data = data.decode().replace("</Relationships>", RELATIONSHIP).encode()
            if info.filename == "[Content_Types].xml":
                data = data.decode().replace(
                    "</Types>", '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.'
                    'digital-signature-origin"/></Types>').encode()
            new.writestr(info, data)
        new.writestr("_xmlsignatures/origin.sigs", origin)
    return path


@case
def a_signature_goes_only_when_asked(w):
    path = signed(w)
    before = digest(path)
    r = w.run("insert", path, "-o", w.path("ut.docx"), *STAMP, code=2)
    assert b"[signed]" in r.stderr and not os.path.exists(w.path("ut.docx")) and digest(path) == before
    w.run("insert", path, "-o", w.path("ut.docx"), "--drop-signature", "--receipt", w.path("k.json"), *STAMP)
    with zipfile.ZipFile(w.path("ut.docx")) as z:
        assert not [n for n in z.namelist() if n.startswith("_xmlsignatures")]
        assert b"digital-signature" not in z.read("_rels/.rels") + z.read("[Content_Types].xml")
    w.run("receipt", "verify", path, w.path("ut.docx"), w.path("k.json"), code=0)
    path = signed(w, b"x")
    os.unlink(w.path("k.json"))
    w.run("insert", path, "-o", w.path("ut.docx"), "--drop-signature", "--receipt", w.path("k.json"), *STAMP)
    w.run("receipt", "verify", path, w.path("ut.docx"), w.path("k.json"), code=0)
    w.run("audit", path, "--comments", w.path("m"), code=2)


@case
def the_language_form_can_be_chosen(w):
    mal = w.template(LACKS)
    clause = [c["clause"] for c in plan(w, mal) if c["action"] == "insert"][0]
    texts = {}
    for form in ("nb", "nn"):
        texts[form] = plan(w, mal, "--clause", clause, "--clause-lang", form)[0]["text"]
    assert texts["nb"] != texts["nn"]
    assert re.search(r"\bOppdragsgiver|\bLeverandøren|\bikke\b", " ".join(texts["nb"]))


def main():
    parser = argparse.ArgumentParser()
    for name in ("klimakrav", "fixtures", "schema", "bank"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--case")
    options = parser.parse_args()
    failed = 0
    for function in CASES:
        if options.case and options.case != function.__name__:
            continue
        with tempfile.TemporaryDirectory(prefix="kk-flags-") as folder:
            world = World(options, folder)
            world.bank = options.bank
            try:
                function(world)
                print("ok   " + function.__name__)
            except (AssertionError, OSError, ValueError, KeyError, IndexError, StopIteration,
                    subprocess.TimeoutExpired) as e:
                failed += 1
                print("FAIL %s: %s: %s" % (function.__name__, type(e).__name__, str(e)[:900]))
    print("%d cases, %d failed" % (len(CASES), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
