#!/usr/bin/env python3
"""Findings in the forms that other programs read: SARIF and JUnit fit their schemas, GitHub's lines their grammar,
and all of them say the same as the JSON report. SARIF's fingerprints survive text that is put in before them.

  forms.py --klimakrav BIN --fixtures DIR

KK_SARIF_SCHEMA may name the standard's own schema; the output is then held against that one too.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

try:
    import docx
    import jsonschema
    from lxml import etree
except ImportError as missing:
    print("skipped: %s (Debian: python3-docx python3-jsonschema python3-lxml)" % missing)
    sys.exit(77)

HERE = os.path.dirname(os.path.abspath(__file__))
DATE = ["--date", "2026-09-01"]
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
COMMAND = re.compile(r"^::(error|warning|notice) (?:file=([^,:\r\n]+),line=1,)?title=([^:,\r\n]+)::([^\r\n]*)$")


class World:
    def __init__(self, tool, fixtures):
        self.tool, self.fixtures, self.faults = os.path.abspath(tool), fixtures, 0
        self.templates = os.path.join(fixtures, "templates")

    def run(self, *words):
        r = subprocess.run([self.tool, *words, *DATE], capture_output=True, timeout=300,
                           env={**os.environ, "LC_ALL": "C.UTF-8"})
        assert r.returncode in (0, 1, 2), r.stderr.decode()
        return r.stdout.decode("utf-8")

    def fault(self, text):
        self.faults += 1
        print(text)

    def findings(self, *words):
        return [(d["path"], f) for d in json.loads(self.run(*words, "--format", "json"))["documents"]
                for f in d["findings"]]


def schemas():
    paths = [os.path.join(HERE, "sarif.schema.json")]
    if os.environ.get("KK_SARIF_SCHEMA"):
        paths.append(os.environ["KK_SARIF_SCHEMA"])
    for path in paths:
        with open(path, encoding="utf-8") as f:
            yield path, jsonschema.Draft7Validator(json.load(f))


def sarif(w, words):
    log = json.loads(w.run(*words, "--format", "sarif"))
    for path, schema in schemas():
        for e in list(schema.iter_errors(log))[:5]:
            w.fault("sarif %s: %s at %s" % (os.path.basename(path), e.message[:200], "/".join(map(str, e.path))))
    run = log["runs"][0]
    known = [r["id"] for r in run["tool"]["driver"]["rules"]]
    if len(known) != len(set(known)):
        w.fault("sarif: a rule stands there twice")
    want = sorted((f["rule"], LEVELS[f["level"]], f["fingerprint"]) for _, f in w.findings(*words))
    have = sorted((r["ruleId"], r["level"], r["partialFingerprints"]["klimakrav/v1"]) for r in run["results"]
                  if "suppressions" not in r)
    if want != have:
        w.fault("sarif has other findings than JSON: %s" % words)
    for r in run["results"]:
        if r["ruleId"] not in known:
            w.fault("sarif: rule %s is not described" % r["ruleId"])
        if not any(l.get("fullyQualifiedName") for l in r["locations"][0]["logicalLocations"]):
            w.fault("sarif: no logical location")
    return len(run["results"])


def junit(w, words):
    tree = etree.fromstring(w.run(*words, "--format", "junit").encode("utf-8"))
    schema = etree.RelaxNG(etree.parse(os.path.join(HERE, "junit.rng")))
    if not schema.validate(tree):
        w.fault("junit: %s" % schema.error_log.last_error)
    failures = 0
    for suite in tree.iter("testsuite"):
        cases = suite.findall("testcase")
        for key, n in (("tests", len(cases)), ("failures", len(suite.findall("testcase/failure"))),
                       ("errors", len(suite.findall("testcase/error")))):
            if int(suite.get(key)) != n:
                w.fault("junit: %s says %s=%s, there are %d" % (suite.get("name"), key, suite.get(key), n))
        failures += len(suite.findall("testcase/failure"))
    want = len([1 for _, f in w.findings(*words) if f["level"] != "info"])
    if failures != want:
        w.fault("junit has %d failures, JSON %d" % (failures, want))


def unescape(s):
    return re.sub("%([0-9A-F]{2})", lambda m: chr(int(m.group(1), 16)), s)


def github(w, words):
    names = {"error": "error", "warning": "warning", "info": "notice"}
    have = []
    for line in w.run(*words, "--format", "github").splitlines():
        m = COMMAND.match(line)
        if m is None:
            w.fault("github: %s" % line[:120])
        elif m.group(2):
            have.append((m.group(1), unescape(m.group(2)), m.group(3), unescape(m.group(4)).split("\n")[0]))
    want = [(names[f["level"]], path, f["rule"], "%s (%s)" % (f["message"], f["place"]["label"]))
            for path, f in w.findings(*words)]
    if have != want:
        w.fault("github says other things than JSON: %s" % words)


def fingerprints(w):
    """A paragraph and a chapter before everything else moves all positions and no fingerprint."""
    source = os.path.join(w.templates, "vedlikehald-skule-li.docx")
    with tempfile.TemporaryDirectory() as folder:
        moved = os.path.join(folder, "moved.docx")
        d = docx.Document(source)
        first = d.element.body[0]
        for text in ("Lesarettleiing for saksbehandlaren.", "Dokumentet har tolv sider."):
            paragraph = d.add_paragraph(text)._p
            first.addprevious(paragraph)
        d.save(moved)
        before = sorted((f["rule"], f["fingerprint"]) for _, f in w.findings("audit", source))
        after = sorted((f["rule"], f["fingerprint"]) for _, f in w.findings("audit", moved))
        again = sorted((f["rule"], f["fingerprint"]) for _, f in w.findings("audit", source))
    if before != after or before != again or not before:
        w.fault("fingerprints: %s became %s" % (before, after))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--klimakrav", required=True)
    p.add_argument("--fixtures", required=True)
    o = p.parse_args()
    w = World(o.klimakrav, o.fixtures)
    template = lambda name: os.path.join(w.templates, name)
    notice = os.path.join(w.fixtures, "notices", "leasing-unknown.xml")
    sets = [["audit", w.templates],
            ["check", "--notice", notice, template("billeasing-bergselv.docx")],
            ["check", template("leiarprogram-skogly.docx"), "--lang", "nn"],
            ["audit", template("tomt-dokument.docx"), os.path.join(w.fixtures, "broken", "bad-crc.docx")]]
    n = 0
    for words in sets:
        n += sarif(w, words)
        junit(w, words)
        github(w, words) if "bad-crc" not in words[-1] else None
    fingerprints(w)
    print("%d results in %d runs, %d faults" % (n, len(sets), w.faults))
    return 1 if w.faults else 0


if __name__ == "__main__":
    sys.exit(main())
