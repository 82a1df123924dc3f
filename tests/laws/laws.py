#!/usr/bin/env python3
"""The laws about files (interface contract, section 5), held against real documents.

  laws.py --klimakrav BIN --resolve BIN [--insert BIN] [--oracle TOOL [--oracle-cache DIR]]
          [--cases auto|forced|engine|all] [--slice I/N] [--jobs N] [--summary FILE] PATH...

Independent of the C code on purpose: zip, bytes and text are looked at with Python's own library.
Per (file, case): insert; second run; untouched entries; bytes outside the reported ranges; reject =
before; accept = before + clause; withdraw = before; and, where the judge is there, no new finding.
  auto     what the findings call for              forced   a named clause of paragraphs, a list or a row
  engine   sample clauses right under headings of the document and as rows of its tables
Prints one line per failure and per kind of refusal, and the counts last. Exit 1 if a law is broken.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import sys
import tempfile

import packview
from packview import entries, run

# A bank with one list clause, beside the program's own.
BANK = ["--rules", os.path.join(os.path.dirname(os.path.abspath(__file__)), "bank")]
STAMP = ["--timestamp", "2026-11-23T12:00:00Z", "--date", "2026-11-23"]
Case = collections.namedtuple("Case", "name options tracked engine")

# What a purchaser can read and act on. A refusal with another code, or without words, is a failure.
KNOWN_CODES = {"place-ambiguous", "place-locked", "place-databound", "place-protected", "protected",
               "place-pending", "place-foreign", "signed", "encoding"}


class Tester:
    def __init__(self, options):
        self.o = options
        self.blocks = self.pick_clauses()
        self.bases = {}
        self.judge = None
        if options.oracle:
            from judge import Judge
            self.judge = Judge(options.oracle, options.oracle_cache)

    def pick_clauses(self):
        code, out, err = run(self.o.klimakrav, "rules", "list", "--format", "json", *BANK)
        if code:
            sys.exit("laws: rules list failed: " + err)
        found = {}
        for c in json.loads(out)["clauses"]:
            kinds = set(c["blocks"])
            for kind, fits in (("paragraph", kinds <= {"paragraph", "heading"}), ("list", "list" in kinds),
                               ("row", "row" in kinds)):
                if fits and set(c["languages"]) >= {"nb", "nn"}:
                    found.setdefault(kind, c["id"])
        if len(found) < 3:
            sys.exit("laws: no clause of paragraphs, list and row each: %s" % found)
        return found

    def cases(self, path):
        out = []
        for tracked in (True, False):
            track = [] if tracked else ["--no-track"]
            word = "tracked" if tracked else "direct"
            if self.o.cases in ("auto", "all"):
                out.append(Case("auto-" + word, track, tracked, False))
            for lang in ("nb", "nn"):
                end = "-%s-%s" % (lang, word)
                if self.o.cases in ("forced", "all"):
                    out += [Case(kind + end, track + BANK + ["--clause", clause, "--clause-lang", lang], tracked,
                                 False) for kind, clause in self.blocks.items()]
                if self.o.cases in ("engine", "all") and self.o.insert:
                    out += [Case(name + end, track + ["--lang", lang] + options, tracked, True)
                            for name, options in self.places(path)]
        return out

    def places(self, path):
        """Places of the document itself: its first, middle and last heading, first and last table."""
        code, out, _ = run(self.o.insert, "info", path)
        if code == 2:
            return []
        headings, tables, found = [], [], []
        for line in out.decode("utf-8", "replace").splitlines():
            cells = line.split(" ")
            if cells[0] == "TABLE" and cells[2] == "s0" and int(cells[3]) >= 2 and int(cells[4]) >= 2:
                tables.append(int(cells[1]))
            elif line[:1] == "P" and line[1:2].isdigit() and cells[1] == "s0" and cells[2] != "h0" \
                    and not int(cells[6][1:], 16) & 0x1:
                headings.append(int(cells[0][1:]))
        for h in sorted({headings[i] for i in (0, len(headings) // 2, -1)} if headings else ()):
            for kind in ("paragraph", "list", "mixed"):
                found.append(("engine-%s-under-%d" % (kind, h), ["--case", kind, "--heading", str(h)]))
        found += [("engine-%s-at-end" % kind, ["--case", kind, "--end"]) for kind in ("paragraph", "mixed")]
        for t in sorted({tables[0], tables[-1]} if tables else ()):
            found.append(("engine-row-in-%d" % t, ["--case", "row", "--table", str(t)]))
        return found

    def text(self, path):
        code, out, err = run(self.o.klimakrav, "text", "--format", "json", path)
        if code:
            raise RuntimeError("text: " + err)
        return [p["text"] for p in json.loads(out)["paragraphs"]]

    def check(self, path, case):
        """(kind, details): kind is ok, same, refused or fail."""
        with tempfile.TemporaryDirectory() as d:
            return self.check_at(path, case, os.path.join(d, "out" + os.path.splitext(path)[1]))

    def check_at(self, path, case, out, resolve=True):
        """The same with the file left at `out`; without `resolve` reject and accept are left to others."""
        put = self.put_engine if case.engine else self.put
        kind, details, ranges = put(path, case, out)
        if kind != "ok":
            return kind, details
        if open(path, "rb").read() == open(out, "rb").read():
            return ("fail", details) if details else ("same", [])
        d = os.path.dirname(out)
        a, b = entries(path), entries(out)
        bad = details + packview.check_entries(a, b) + packview.check_ranges(a, b, ranges)
        if case.tracked and resolve:
            bad += self.check_resolve(path, out, d)
        bad += self.check_withdraw(a, out, d, case)
        if self.judge:
            bad += self.judge.check(path, out, case.tracked)[:4]
        return ("fail", bad) if bad else ("ok", [])

    def put(self, path, case, out):
        receipt = out + ".receipt.json"
        code, _, err = run(self.o.klimakrav, "insert", path, "-o", out, "--fail-on", "never",
                           "--receipt", receipt, *STAMP, *case.options)
        if code == 2:
            return self.refusal(out, err) + (None,)
        if code != 0:
            return "fail", ["exit %d: %s" % (code, err)], None
        again = out + ".again" + os.path.splitext(path)[1]
        run(self.o.klimakrav, "insert", out, "-o", again, "--fail-on", "never", *STAMP, *case.options)
        same = os.path.exists(again) and open(again, "rb").read() == open(out, "rb").read()
        ranges = None
        if os.path.exists(receipt):
            ranges = [(c["part"], *c["new"], *c["old"])
                      for c in json.load(open(receipt, encoding="utf-8"))["changes"]]
        return "ok", [] if same else ["second run changes the file"], ranges or []

    def refusal(self, out, err):
        if os.path.exists(out):
            return "fail", ["refused, but wrote a file: " + err]
        code = err.rsplit("[", 1)[-1].rstrip("]") if "[" in err else ""
        if code not in KNOWN_CODES:
            return "fail", ["refused without a reason that helps: " + err]
        return "refused", [code]

    def put_engine(self, path, case, out):
        code, printed, err = run(self.o.insert, "insert", path, out, *case.options)
        lines = printed.decode("utf-8", "replace").splitlines()
        if code != 0:
            word = lines[0].split(" ")[1] if lines and lines[0].startswith("REFUSED ") else "-"
            if os.path.exists(out) or word not in KNOWN_CODES:
                return "fail", ["exit %d: %s %s" % (code, " ".join(lines)[:200], err[:300])], None
            return "refused", [word], None
        ranges = []
        for line in lines:
            words = line.replace("(old ", "").replace(")", "").split(" ")
            if words[0] == "EDIT":
                ranges.append((words[1], *map(int, words[2].split("-")), *map(int, words[3].split("-"))))
        code, printed, _ = run(self.o.insert, "info", out)
        found = [l for l in printed.decode("utf-8", "replace").splitlines() if l.startswith("MANAGED TST-001@")]
        bad = [] if code == 0 and len(found) == 1 else ["the clause is not found again as it was put in"]
        return "ok", bad, ranges

    def base(self, path, word):
        """Text of the input with all changes of others resolved, worked out once; a string if that failed."""
        if (path, word) not in self.bases:
            with tempfile.TemporaryDirectory() as d:
                out = os.path.join(d, word + os.path.splitext(path)[1])
                code, _, err = run(self.o.resolve, word, path, out)
                self.bases[path, word] = err or word if code else self.text(out)
        return self.bases[path, word]

    def check_resolve(self, path, out, d):
        bad, name = [], {}
        for word in ("reject", "accept"):
            name[word] = os.path.join(d, word + os.path.splitext(path)[1])
            code, _, err = run(self.o.resolve, word, out, name[word])
            if code or isinstance(self.base(path, word), str):
                return ["%s: %s" % (word, err or self.base(path, word))]
        if self.text(name["reject"]) != self.base(path, "reject"):
            bad.append("reject does not give back the text")
        rest = iter(self.text(name["accept"]))
        if not all(any(x == y for y in rest) for x in self.base(path, "accept") if x):
            bad.append("accept lost text")
        if self.judge:
            bad += self.check_resolvers(out, name, d)
        return bad

    def check_resolvers(self, out, name, d):
        """Our resolver and the judge's leave the same words."""
        bad = []
        for word in ("reject", "accept"):
            other = os.path.join(d, "judge-" + word + os.path.splitext(out)[1])
            self.judge.resolve(out, other, word == "accept")
            if self.judge.text(other) != self.judge.text(name[word]):
                bad.append("the judge's %s leaves other words than ours" % word)
        return bad

    def check_withdraw(self, a, out, d, case):
        back = os.path.join(d, "back" + os.path.splitext(out)[1])
        code, printed, err = run(self.o.insert, "withdraw", out, back) if case.engine else \
            run(self.o.klimakrav, "withdraw", out, "-o", back, *STAMP)
        if code == 2 or not os.path.exists(back):
            return ["withdraw: " + (err or printed.decode())]
        c = entries(back)
        bad = ["withdraw leaves the part " + n for n in c if n not in a]
        return bad + ["withdraw: content differs: " + n for n in a if n not in c or a[n][1] != c[n][1]]


def parse():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--resolve", required=True)
    ap.add_argument("--insert", help="docx_insert, for the engine cases")
    ap.add_argument("--oracle")
    ap.add_argument("--oracle-cache")
    ap.add_argument("--cases", default="all", choices=("auto", "forced", "engine", "all"))
    ap.add_argument("--slice", default="1/1", help="I/N: every Nth file, beginning with the Ith")
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--summary", help="write failures, refusals and counts to this file as well")
    ap.add_argument("--skip-missing", action="store_true", help="exit 77 where a path is not there")
    ap.add_argument("paths", nargs="+")
    return ap.parse_args()


def main():
    options = parse()
    if options.skip_missing and not all(os.path.exists(p) for p in options.paths + [options.oracle or "/"]):
        print("SKIPPED: the corpus folder or the judge is not here")
        sys.exit(77)
    tester = Tester(options)
    first, step = map(int, options.slice.split("/"))
    files = packview.collect(options.paths)[first - 1::step]
    jobs = [(f, c) for f in files for c in tester.cases(f)]
    counts, refusals = collections.Counter(), collections.defaultdict(list)
    report = open(options.summary, "w", encoding="utf-8") if options.summary else None

    def say(line):
        print(line, flush=True)
        if report:
            report.write(line + "\n")
            report.flush()

    def work(job):
        try:
            return job, tester.check(*job)
        except Exception as x:  # a broken law must not hide the others
            return job, ("fail", ["%s: %s" % (type(x).__name__, x)])

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for (path, case), (kind, details) in pool.map(work, jobs):
            counts[kind] += 1
            if kind == "refused":
                refusals[(os.path.basename(path), details[0])].append(case.name)
            for line in details if kind == "fail" else ():
                say("FAIL %s %s: %s" % (os.path.basename(path), case.name, line))
    for (name, code), cases in sorted(refusals.items()):
        say("refused %s [%s] in %d cases: %s" % (name, code, len(cases), " ".join(cases[:3])))
    say("laws: %d files, %d pairs: %d inserted, %d unchanged, %d refused, %d failed" % (
        len(files), len(jobs), counts["ok"], counts["same"], counts["refused"], counts["fail"]))
    sys.exit(1 if counts["fail"] else 0)


if __name__ == "__main__":
    main()
