#!/usr/bin/env python3
"""Every clause of the bank, in both language forms, put into a template: it calls forth no finding of its own.

  clauses.py --klimakrav BIN --nb TEMPLATE --nn TEMPLATE

The clause is inserted untracked and the document audited before and after. The templates must
satisfy § 7-9 already. What may come: findings that a field must be filled in (H02, H03), a clause's own follow-up
(K15, K16), the doubt about an exemption in a template that is none for it (K05), special rules where the clause
makes the purchase one of a further category, and notes. What may not: any other new error or warning, or a finding
that names the clause as its remedy. Exit 1 otherwise.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

ALLOWED = {"H02", "H03", "K15", "K16"}


def run(*words):
    r = subprocess.run(list(words), capture_output=True, timeout=300)
    return r.returncode, r.stdout, r.stderr.decode("utf-8", "replace").strip()


def audit(tool, path, date):
    """(findings, ids of the categories)"""
    code, out, err = run(tool, "audit", "--format", "json", "--lang", "nb", "--date", date, path)
    if code not in (0, 1):
        raise RuntimeError(err)
    document = json.loads(out)["documents"][0]
    return document["findings"], {c["id"] for c in document["categories"]}


def expected(finding, clause, further):
    """May this finding come with the clause? further: it is now of more categories than before."""
    rule = finding["rule"]
    return (finding["level"] == "info" or rule in ALLOWED
            or (clause["type"] == "begrunnelse" and rule.startswith("K05"))
            or (further and rule.startswith("S")))


def date_for(clause):
    """A day on which the clause is valid."""
    until = clause.get("to") or ""
    return until if until and until < "2026-11-23" else "2026-11-23"


def check(tool, clause, lang, template, before, folder):
    date = date_for(clause)
    out = os.path.join(folder, "%s-%s.docx" % (clause["id"], lang))
    code, _, err = run(tool, "insert", template, "-o", out, "--clause", clause["id"], "--clause-lang", lang,
                       "--no-track", "--date", date)
    if code not in (0, 1):
        return ["%s %s: %s" % (clause["id"], lang, err)]
    had, was = {f["rule"] for f in before[date][0]}, before[date][1]
    now, categories = audit(tool, out, date)
    bad = []
    for f in now:
        own = (f.get("remedy") or {}).get("clause") == clause["id"]
        new = f["rule"] not in had and not expected(f, clause, categories - was)
        if new or own:
            bad.append("%s %s: %s %s (%s)" % (clause["id"], lang, f["rule"], "still asks for it" if own else "is new",
                                              f["evidence"][:70]))
    os.remove(out)
    return bad


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--nb", required=True)
    ap.add_argument("--nn", required=True)
    o = ap.parse_args()
    code, out, err = run(o.klimakrav, "rules", "list", "--format", "json", "--date", "2026-11-23")
    if code:
        sys.exit(err)
    clauses = [c for c in json.loads(out)["clauses"] if c["status"] != "retired"]
    failed = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = []
        for lang, template in (("nb", o.nb), ("nn", o.nn)):
            before = {d: audit(o.klimakrav, template, d) for d in {date_for(c) for c in clauses}}
            jobs += [pool.submit(check, o.klimakrav, c, lang, template, before, folder) for c in clauses]
        for job in jobs:
            for line in job.result():
                failed += 1
                print("FAIL " + line, flush=True)
    print("clauses: %d in two language forms, %d complaints" % (len(clauses), failed))
    sys.exit(1 if failed or not clauses else 0)


if __name__ == "__main__":
    main()
