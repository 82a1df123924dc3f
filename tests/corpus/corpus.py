#!/usr/bin/env python3
"""Audits every file of a folder with MANIFEST.tsv (columns file ... kind ...) and holds the promise:
good files are read, broken and hostile ones refused with one clear line or read safely; no crash, no hang.

  corpus.py --klimakrav BIN DIR

Skips (exit 77) where the folder is missing. Prints one line per broken promise, counts last.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import time

LINE = re.compile(r"^klimakrav: .+: .+; .+ \[[a-z0-9-]+\]$")
LIMIT = 20.0  # seconds under sanitizers; a hang is what we look for, not speed


def audit(tool, path):
    start = time.monotonic()
    try:
        r = subprocess.run([tool, "audit", "--lang", "en", "--format", "json", "--date", "2026-11-23", path],
                           capture_output=True, timeout=LIMIT * 3)
    except subprocess.TimeoutExpired:
        return None, b"", "hang", LIMIT * 3
    return r.returncode, r.stdout, r.stderr.decode("utf-8", "replace").strip(), time.monotonic() - start


def judge(kind, code, out, err, spent):
    if code is None or spent > LIMIT:
        return "hang"
    if code not in (0, 1, 2) or "Sanitizer" in err or "runtime error" in err:
        return "crash: exit %s %s" % (code, err[:300])
    if code == 2:
        if kind == "good":
            return "refused: " + err
        lines = [x for x in err.splitlines() if x]
        return None if len(lines) == 1 and LINE.match(lines[0]) else "unclear refusal: " + err[:300]
    if kind == "broken":
        return "read, although broken"
    try:
        json.loads(out)
    except ValueError as x:
        return "no JSON: %s" % x
    return None


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("folder")
    o = ap.parse_args()
    manifest = os.path.join(o.folder, "MANIFEST.tsv")
    if not os.path.exists(manifest):
        print("SKIPPED: the corpus folder is not here")
        sys.exit(77)
    counts, bad = collections.Counter(), 0
    for line in open(manifest, encoding="utf-8").read().splitlines()[1:]:
        cells = line.split("\t")
        name, kind = cells[0], cells[4]
        code, out, err, spent = audit(o.klimakrav, os.path.join(o.folder, name))
        reason = err.rsplit("[", 1)[-1].rstrip("]") if code == 2 and "[" in err else ""
        counts[(kind, "read" if code in (0, 1) else "refused " + reason)] += 1
        wrong = judge(kind, code, out, err, spent)
        if wrong:
            bad += 1
            print("FAIL %s (%s): %s" % (name, kind, wrong))
    for (kind, what), n in sorted(counts.items()):
        print("%-8s %-28s %d" % (kind, what, n))
    print("corpus: %d files, %d broken promises" % (sum(counts.values()), bad))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
