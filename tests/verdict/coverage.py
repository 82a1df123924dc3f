#!/usr/bin/env python3
"""Does the truth table cover practice? Every line of practice.tsv is cited by a case, in both language forms and for
both periods of § 7-9; every route comes out yes and no where it can; no case cites what the list does not know.

  coverage.py DIR
"""
import csv
import glob
import os
import sys
import xml.etree.ElementTree as ET

SPACE, LANG = "{urn:klimakrav:rules:1}", "{http://www.w3.org/XML/1998/namespace}lang"
CHANGE = "2026-07-01"
ROUTES = {"weighted": "yes no unknown", "prioritised": "yes no", "replaced": "yes no unknown", "combined": "yes no",
          "exempt": "yes no unknown", "silent": "no", "not-applicable": "unknown"}


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "practice.tsv"), encoding="utf-8") as f:
        practice = [row["case"] for row in csv.DictReader(f, delimiter="\t")]
    seen = {p: set() for p in practice}
    routes, n, faults = {}, 0, []
    for path in sorted(glob.glob(os.path.join(folder, "*.xml"))):
        for case in ET.parse(path).getroot().iter(SPACE + "case"):
            lang, dates = case.get(LANG), case.get("date").split()
            n += len(dates)
            periods = {"after" if d >= CHANGE else "before" for d in dates}
            for period in periods:
                routes.setdefault((case.get("route"), case.get("satisfied")), set()).add((lang, period))
            cited = [c.strip() for c in (case.get("cites") or "").split(";") if c.strip()]
            for one in cited:
                known = [p for p in practice if one.startswith(p)]
                if not known and one.startswith(("KOFA", "DFØ mot", "Sykehus", "Helse Nord")):
                    faults.append("%s cites %s, which practice.tsv does not know" % (case.get("id"), one))
                for p in known:
                    seen[p].update((lang, period) for period in periods)
    for p in practice:
        langs, periods = {l for l, _ in seen[p]}, {q for _, q in seen[p]}
        for what, want, have in (("language form", {"nb", "nn"}, langs), ("period", {"before", "after"}, periods)):
            if want - have:
                faults.append("%s: no case in %s %s" % (p, what, ", ".join(sorted(want - have))))
    for route, answers in ROUTES.items():
        for answer in answers.split():
            have = routes.get((route, answer), set())
            if answer == "unknown" and route != "not-applicable":
                faults += [] if have else ["%s unknown: no case" % route]
            elif {l for l, _ in have} != {"nb", "nn"} or {q for _, q in have} != {"before", "after"}:
                faults.append("%s %s: only %s" % (route, answer, sorted(have)))
    print("\n".join(faults))
    print("%d judgements, %d lines of practice, %d faults" % (n, len(practice), len(faults)))
    return 1 if faults or n < 150 else 0


if __name__ == "__main__":
    sys.exit(main())
