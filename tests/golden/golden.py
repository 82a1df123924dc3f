#!/usr/bin/env python3
"""Two kinds of expectation on the sample templates.

  golden.py judge  --klimakrav BIN DIR         what a person expects: NAME.expect.json, NAME.set.json
  golden.py output --klimakrav BIN --expect DIR [--update] TEMPLATES
                                               what was printed when somebody last looked: audit, plan

judge compares language, kind, categories, route, satisfied, weight, rules that must be and must not be.
output compares the text report and the dry run byte for byte (the bank's hash left out); --update writes them
anew, and the difference is to be read before it is committed. Exit 1 on any difference.
"""
import argparse
import difflib
import json
import os
import re
import subprocess
import sys


def run(tool, *words):
    env = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    r = subprocess.run([tool, *words], capture_output=True, timeout=300, env=env)
    if r.returncode == 2:
        raise RuntimeError(r.stderr.decode("utf-8", "replace").strip())
    return r.stdout.decode("utf-8")


# ---- judge ----------------------------------------------------------------------------------------

def number(value):
    return value is not None and round(float(value), 4)


def compare(expect, verdict, language, kind, categories, rules):
    """List of differences between a person's expectation and what was found."""
    faults = []

    def differs(what, want, got):
        faults.append("%s: expected %s, got %s" % (what, json.dumps(want), json.dumps(got)))

    if "language" in expect and language is not None and expect["language"] != language:
        differs("language", expect["language"], language)
    if "kind" in expect and kind is not None:
        kind = "other" if kind in ("", "none") else kind
        if expect["kind"] != kind:
            differs("kind", expect["kind"], kind)
    if "categories" in expect:
        found = {c.split(".")[0] for c in categories}
        wanted = {c.split(".")[0] for c in expect["categories"]}
        if not wanted <= found or (not wanted and found):
            differs("categories", expect["categories"], categories)
    for key in ("route", "satisfied"):
        if key in expect and expect[key] != verdict[key]:
            differs(key, expect[key], verdict[key])
    if "weight" in expect and number(expect["weight"]) != number(verdict["weight"]):
        differs("weight", expect["weight"], verdict["weight"])
    # A check may be kept as several rules: S04 stands for S04-ENGANGS too.
    families = rules | {r.split("-")[0] for r in rules}
    for rule in expect.get("traps", []):
        if rule not in families:
            faults.append("rule %s was not reported" % rule)
    for rule in expect.get("not", []):
        if rule in families:
            faults.append("rule %s was reported" % rule)
    return faults


def judge_one(tool, folder, name, expect):
    out = json.loads(run(tool, "audit", "--format", "json", "--date", expect["date"],
                         os.path.join(folder, name)))
    d = out["documents"][0]
    return compare(expect, d["verdict"], d["language"], d["kind"], [c["id"] for c in d["categories"]],
                   {f["rule"] for f in d["findings"]})


def judge_set(tool, folder, files, expect):
    out = json.loads(run(tool, "audit", "--as-procurement", "--format", "json", "--date", expect["date"],
                         *[os.path.join(folder, f) for f in files]))
    docs = out["documents"]
    categories = [c["id"] for d in docs for c in d["categories"]]
    rules = {f["rule"] for d in docs for f in d["findings"]}
    return compare(expect, out["verdict"], None, None, categories, rules)


def judge(options):
    n = failed = 0
    for entry in sorted(os.listdir(options.dir)):
        if not entry.endswith((".expect.json", ".set.json")):
            continue
        with open(os.path.join(options.dir, entry), encoding="utf-8") as f:
            expect = json.load(f)
        try:
            if entry.endswith(".set.json"):
                faults = judge_set(options.klimakrav, options.dir, expect["files"], expect["expect"])
            else:
                name = entry[:-len(".expect.json")] + ".docx"
                faults = judge_one(options.klimakrav, options.dir, name, expect)
        except (RuntimeError, ValueError, subprocess.TimeoutExpired) as e:
            faults = [str(e)]
        n += 1
        failed += bool(faults)
        print("%s %s" % ("FAIL" if faults else "ok  ", entry))
        for fault in faults:
            print("     " + fault)
    print("%d expectations, %d failed" % (n, failed))
    return 1 if failed or n == 0 else 0


# ---- output ---------------------------------------------------------------------------------------

DATE = "2026-11-23"


def printed(tool, folder, name):
    here = os.getcwd()
    os.chdir(folder)
    try:
        words = ["--lang", "nb", "--date", DATE]
        audit = run(tool, "audit", *words, name)
        try:
            plan = run(tool, "insert", *words, "--timestamp", DATE + "T12:00:00Z", "--dry-run", name)
        except RuntimeError as e:
            plan = str(e) + "\n"
    finally:
        os.chdir(here)
    text = "==== audit\n%s\n==== insert --dry-run\n%s" % (audit, plan)
    return re.sub(r"Kriteriebank [0-9a-f]{12}", "Kriteriebank …", text)


def output(options):
    n = failed = 0
    tool, folder = os.path.abspath(options.klimakrav), os.path.abspath(options.dir)
    os.makedirs(options.expect, exist_ok=True)
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".docx"):
            continue
        n += 1
        path = os.path.join(options.expect, name[:-5] + ".txt")
        got = printed(tool, folder, name)
        if options.update:
            with open(path, "w", encoding="utf-8") as f:
                f.write(got)
            continue
        want = ""
        if os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                want = f.read()
        if got != want:
            failed += 1
            print("FAIL " + name)
            sys.stdout.writelines(list(difflib.unified_diff(want.splitlines(True), got.splitlines(True),
                                                            "expected", "printed"))[:60])
    print("%d templates, %d differ" % (n, failed))
    return 1 if failed or n == 0 else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["judge", "output"])
    parser.add_argument("--klimakrav", required=True)
    parser.add_argument("--expect")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("dir")
    options = parser.parse_args()
    return judge(options) if options.what == "judge" else output(options)


if __name__ == "__main__":
    sys.exit(main())
