#!/usr/bin/env python3
"""Notices against documents: every disagreement that fixtures/notices/EXPECT.tsv names is said and no other; what
is no notice is refused; the fields that `notice` prints are those that a notice in agreement has.

  notice.py --klimakrav BIN --fixtures DIR
"""
import argparse
import csv
import json
import os
import subprocess
import sys


def run(tool, *words):
    r = subprocess.run([tool, *words], capture_output=True, timeout=120, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return r.returncode, r.stdout.decode("utf-8"), r.stderr.decode("utf-8")


def findings(tool, notice, document, date):
    code, out, err = run(tool, "check", "--format", "json", "--date", date, "--notice", notice, document)
    assert code in (0, 1), "exit %d: %s" % (code, err)
    last = json.loads(out)["documents"][-1]
    assert last["kind"] == "notice" and last["path"] == notice, last["path"]
    return last["findings"]


def expected(tool, folder, templates):
    """Rows of the table; -> number of faults."""
    faults = 0
    with open(os.path.join(folder, "EXPECT.tsv"), encoding="utf-8") as f:
        rows = list(csv.DictReader(f, delimiter="\t"))
    seen = set()
    for row in rows:
        notice = os.path.join(folder, row["notice"] + ".xml")
        got = findings(tool, notice, os.path.join(templates, row["documents"] + ".docx"), row["date"])
        ids = sorted(f["rule"] for f in got)
        want = [] if row["expected"] == "-" else row["expected"].split()
        for word in [w for w in want if "@" in w]:
            rule, lot = word.split("@")
            if not any(f["rule"] == rule and f["place"]["label"].startswith(lot) for f in got):
                print("%s: %s does not speak for %s" % (row["notice"], rule, lot))
                faults += 1
        want = sorted(w.split("@")[0] for w in want)
        seen.update(want)
        if ids != want:
            print("%s on %s: expected %s, got %s" % (row["notice"], row["documents"], want, ids))
            faults += 1
        for f in got:
            if not (f["message"] and f["why"] and f["basis"] and len(f["fingerprint"]) == 16):
                print("%s: %s lacks words, basis or fingerprint" % (row["notice"], f["rule"]))
                faults += 1
    print("%d rows, %d different checks spoke" % (len(rows), len(seen)))
    return faults


def refused(tool, folder, document):
    faults = 0
    for name in sorted(os.listdir(folder)):
        code, out, err = run(tool, "check", "--notice", os.path.join(folder, name), document)
        if code != 2 or out or not err.startswith("klimakrav: ") or name not in err:
            print("%s: exit %d, %r" % (name, code, err))
            faults += 1
    return faults


# document, date -> codes with weights that BT-539 must have, codes of the other fields
FIELDS = [
    ("billeasing-bergselv", "2026-09-01", {"price": 50, "quality": 20, "quality-nor-env-criteria": 30},
     {"BT-06": {"env-imp"}, "BT-774": {"clim-mitig", "pollu-prev"}, "BT-805": {"other"}}),
    ("byggjevarer-vestfjella", "2026-05-04", {"price": 75, "quality-nor-env-spec": None}, {"BT-06": {"env-imp"}}),
    ("radgiving-plan-tangen", "2026-05-04", {"quality-nor-env-none": None}, {"BT-06": {"none"}, "BT-774": set()}),
    ("radgiving-plan-tangen", "2026-09-01", {"quality-nor-env-exempt-insignificant": None}, {"BT-06": {"none"}}),
    ("handverkertjenester-storvik", "2026-09-01", {"quality-nor-env-criteria": 20}, {}),
    ("vegdrift-fonndal", "2026-09-01", {"quality-nor-env-criteria": "rank 3"}, {}),
]


def fields(tool, templates):
    faults = 0
    for document, date, award, others in FIELDS:
        path = os.path.join(templates, document + ".docx")
        code, out, err = run(tool, "notice", "--format", "json", "--date", date, path)
        assert code == 0, err
        got = json.loads(out)["fields"]
        lines = {}
        for line in got["BT-539"]:
            value = "rank %d" % line["rank"] if "rank" in line else line.get("weight")
            lines.setdefault(line["code"], []).append(value)
        for code_, value in award.items():
            if value not in lines.get(code_, []):
                print("%s: BT-539 %s should be %s, is %s" % (document, code_, value, lines.get(code_)))
                faults += 1
        for field, codes in others.items():
            have = {c["code"] for c in got[field]}
            if have != codes:
                print("%s: %s should be %s, is %s" % (document, field, codes, have))
                faults += 1
        reasons = [l for l in got["BT-539"] if l["code"].startswith("quality-nor-env-") and "weight" not in l
                   and "rank" not in l]
        if any(len(l.get("description", "")) < 40 for l in reasons):
            print("%s: no reasons for BT-540" % document)
            faults += 1
        text = run(tool, "notice", "--date", date, path)[1]
        missing = [c for c in lines if c not in text]
        if missing or "BT-06" not in text:
            print("%s: the text lacks %s" % (document, missing))
            faults += 1
    print("%d documents printed as fields" % len(FIELDS))
    return faults


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--klimakrav", required=True)
    p.add_argument("--fixtures", required=True)
    o = p.parse_args()
    tool, templates = os.path.abspath(o.klimakrav), os.path.join(o.fixtures, "templates")
    notices = os.path.join(o.fixtures, "notices")
    faults = expected(tool, notices, templates)
    faults += refused(tool, os.path.join(notices, "refused"), os.path.join(templates, "billeasing-bergselv.docx"))
    faults += fields(tool, templates)
    print("%d faults" % faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
