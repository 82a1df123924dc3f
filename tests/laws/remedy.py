#!/usr/bin/env python3
"""A finding with an insertable remedy is gone after insert, accept all and a new audit.

  remedy.py --klimakrav BIN --resolve BIN PATH...

Findings are compared by rule: a rule whose remedy was inserted must not fire again in that document, and
the insertion must not raise rules that were silent before. Exit 1 otherwise.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

STAMP = ["--date", "2026-11-23"]


def run(*words):
    r = subprocess.run(list(words), capture_output=True, timeout=300)
    return r.returncode, r.stdout, r.stderr.decode("utf-8", "replace").strip()


def findings(tool, path):
    code, out, err = run(tool, "audit", "--lang", "en", "--format", "json", *STAMP, path)
    if code not in (0, 1):
        raise RuntimeError("audit: " + err)
    return json.loads(out)["documents"][0]["findings"]


def insertable(list_of):
    return {f["rule"] for f in list_of if (f.get("remedy") or {}).get("insertable")}


def check(o, path, d):
    before = findings(o.klimakrav, path)
    out, accepted = os.path.join(d, "out.docx"), os.path.join(d, "accepted.docx")
    code, _, err = run(o.klimakrav, "insert", path, "-o", out, *STAMP, "--timestamp", "2026-11-23T12:00:00Z")
    if code not in (0, 1):
        return ["insert: " + err], 0, 0
    code, _, err = run(o.resolve, "accept", out, accepted)
    if code:
        return ["accept: " + err], 0, 0
    after = findings(o.klimakrav, accepted)
    bad = []
    # A reason is guided text: it must not satisfy anything before its fields are filled in.
    guided = set(o.guided.split(","))
    left = (insertable(after) | (insertable(before) & {f["rule"] for f in after})) - guided
    if left:
        bad.append("not remedied by the insertion: " + ", ".join(sorted(left)))
    # A field that somebody must fill in is a finding that the insertion rightly brings.
    allowed = {f["rule"] for f in before} | set(o.expected.split(","))
    new = sorted({f["rule"] for f in after if f["level"] != "info"} - allowed)
    if new:
        bad.append("new findings after insert: " + ", ".join(new))
    return bad, len(insertable(before)), len(before) - len(after)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--resolve", required=True)
    ap.add_argument("--expected", default="", help="rules that an insertion may raise, by comma")
    ap.add_argument("--guided", default="", help="rules whose remedy is a reason to be filled in")
    ap.add_argument("paths", nargs="+")
    o = ap.parse_args()
    files = []
    for p in o.paths:
        files += sorted(os.path.join(p, n) for n in os.listdir(p)
                        if n.endswith(".docx")) if os.path.isdir(p) else [p]
    counts = collections.Counter()
    for path in files:
        with tempfile.TemporaryDirectory() as d:
            try:
                bad, remedies, fewer = check(o, path, d)
            except Exception as x:
                bad, remedies, fewer = ["%s: %s" % (type(x).__name__, x)], 0, 0
        counts["remedies"] += remedies
        counts["fewer"] += fewer
        for line in bad:
            counts["bad"] += 1
            print("FAIL %s: %s" % (os.path.basename(path), line), flush=True)
    print("remedy: %d documents, %d insertable rules before, %d findings fewer after, %d failures" % (
        len(files), counts["remedies"], counts["fewer"], counts["bad"]))
    sys.exit(1 if counts["bad"] else 0)


if __name__ == "__main__":
    main()
