#!/usr/bin/env python3
"""What is no tender gets no alarm: on letters, forms, standards, contracts and the test files of office programs,
`check` says that there is no contest to judge, and no finding is an error. Skips (77) without the corpus.

  nottender.py --klimakrav BIN CORPUS
"""
import argparse
import fnmatch
import glob
import json
import os
import subprocess
import sys

# Documents of counties and of standards, and contracts: none of them opens a contest.
KNOWN = ("telemark__*", "tfk-*", "noark5__*", "open-agreements__*", "cmacc-org__*", "safe-docx__*")
SAID = {"nb": "IKKE ET KONKURRANSEGRUNNLAG", "nn": "IKKJE EIT KONKURRANSEGRUNNLAG", "en": "NOT A TENDER DOCUMENT"}


def run(tool, path, form, lang):
    r = subprocess.run([tool, "check", "--date", "2026-11-23", "--format", form, "--lang", lang, path],
                       capture_output=True, timeout=300, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return r.returncode, r.stdout.decode("utf-8", "replace")


def faults_of(tool, path, known, lang):
    code, out = run(tool, path, "json", "nb")
    if code == 2:
        return None
    report = json.loads(out)
    faults = ["%s %s «%s»" % (f["rule"], f["message"], f["evidence"][:60])
              for d in report["documents"] for f in d["findings"] if f["level"] == "error"]
    verdict = report["verdict"]
    if verdict["satisfied"] is False:
        faults.append("the verdict is no: " + verdict["why"])
    if known and (report["tender"] or verdict["route"] != "not-applicable"):
        faults.append("taken for a tender: " + verdict["route"])
    if known and not faults and not run(tool, path, "text", lang)[1].startswith(SAID[lang]):
        faults.append("the screen does not say so")
    return faults


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--klimakrav", required=True)
    p.add_argument("corpus")
    o = p.parse_args()
    files = sorted(glob.glob(os.path.join(o.corpus, "*.docx")))
    if not files:
        print("skipped: no corpus at %s" % o.corpus)
        return 77
    tool, n, n_known, bad = os.path.abspath(o.klimakrav), 0, 0, 0
    for i, path in enumerate(files):
        name = os.path.basename(path)
        known = any(fnmatch.fnmatch(name, k) for k in KNOWN)
        faults = faults_of(tool, path, known, ("nb", "nn", "en")[i % 3])
        if faults is None:
            continue
        n, n_known = n + 1, n_known + known
        for fault in faults:
            bad += 1
            print("%s: %s" % (name, fault))
    print("%d documents judged, %d of them known to be no tender, %d faults" % (n, n_known, bad))
    return 1 if bad or n_known == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
