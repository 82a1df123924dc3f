#!/usr/bin/env python3
"""The laws about files (interface contract, section 5), held against real documents.

  laws.py --klimakrav BIN --resolve BIN [--oracle TOOL] [--cases auto|forced|all] [--jobs N] PATH...

Independent of the C code on purpose: zip, bytes and text are looked at with Python's own library.
Per (file, case): insert; second run; untouched entries; bytes outside the new ranges; reject = before;
accept = before + clause; withdraw = before; and, where the validator is there, no new finding.
Prints one line per failure and refusal, and the counts last. Exit 1 if any law is broken.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

STAMP = ["--timestamp", "2026-11-23T12:00:00Z", "--date", "2026-11-23"]
Case = collections.namedtuple("Case", "name options tracked")


def run(*words):
    # No inherited locale: the same bytes must come out everywhere.
    r = subprocess.run(list(words), capture_output=True, timeout=300,
                       env={**os.environ, "LC_ALL": "C.UTF-8"})
    return r.returncode, r.stdout, r.stderr.decode("utf-8", "replace").strip()


def entries(path):
    """Ordered {name: (compressed bytes, content, time)}; content None when it cannot be read."""
    raw, out = open(path, "rb").read(), collections.OrderedDict()
    with zipfile.ZipFile(path) as z:
        for i in z.infolist():
            n, m = struct.unpack("<HH", raw[i.header_offset + 26:i.header_offset + 30])
            at = i.header_offset + 30 + n + m
            out[i.filename] = (raw[at:at + i.compress_size], z.read(i), i.date_time)
    return out


def pieces_between(old, new, window=48):
    """Walks both once: the stretches of `new` that are not in `old`; None if old bytes are missing."""
    added, i, j = [], 0, 0
    while i < len(old):
        if j < len(new) and old[i] == new[j]:
            step = 4096
            while step:
                if old[i:i + step] and old[i:i + step] == new[j:j + step]:
                    n = len(old[i:i + step])
                    i, j = i + n, j + n
                else:
                    step //= 2
            continue
        at, size = -1, window
        while size >= 1 and at < 0:
            at = new.find(old[i:i + size], j) if i + size <= len(old) or size == 1 else -1
            size //= 2
        if at < 0:
            return None
        added.append((j, at))
        j = at
    if j < len(new):
        added.append((j, len(new)))
    return added


class Tester:
    def __init__(self, options):
        self.o = options
        self.blocks = self.pick_clauses()

    def pick_clauses(self):
        code, out, err = run(self.o.klimakrav, "rules", "list", "--format", "json")
        if code:
            sys.exit("laws: rules list failed: " + err)
        found = {}
        for c in json.loads(out)["clauses"]:
            kinds = set(c["blocks"])
            for kind, fits in (("paragraph", kinds <= {"paragraph", "heading"}), ("list", "list" in kinds),
                               ("row", "row" in kinds)):
                if fits and set(c["languages"]) >= {"nb", "nn"}:
                    found.setdefault(kind, c["id"])
        return found

    def cases(self):
        out = []
        for tracked in (True, False):
            track = [] if tracked else ["--no-track"]
            word = "tracked" if tracked else "direct"
            if self.o.cases in ("auto", "all"):
                out.append(Case("auto-" + word, track, tracked))
            if self.o.cases in ("forced", "all"):
                for kind, clause in self.blocks.items():
                    for lang in ("nb", "nn"):
                        out.append(Case("%s-%s-%s" % (kind, lang, word),
                                        track + ["--clause", clause, "--clause-lang", lang], tracked))
        return out

    def text(self, path):
        code, out, err = run(self.o.klimakrav, "text", "--format", "json", path)
        if code:
            raise RuntimeError("text: " + err)
        doc = json.loads(out)
        return [p["text"] for p in doc["paragraphs"]]

    def check(self, path, case):
        """(kind, details): kind is ok, same, refused or fail."""
        with tempfile.TemporaryDirectory() as d:
            return self.check_in(path, case, d)

    def check_in(self, path, case, d):
        out = os.path.join(d, "out" + os.path.splitext(path)[1])
        code, _, err = run(self.o.klimakrav, "insert", path, "-o", out, "--fail-on", "never",
                           *STAMP, *case.options)
        if code == 2:
            if os.path.exists(out):
                return "fail", ["refused, but wrote a file: " + err]
            code_word = err.rsplit("[", 1)[-1].rstrip("]") if "[" in err else ""
            return ("refused", [code_word]) if code_word else ("fail", ["refused without code: " + err])
        if code != 0:
            return "fail", ["exit %d: %s" % (code, err)]
        bad = []
        before, after = open(path, "rb").read(), open(out, "rb").read()
        again = out + ".again" + os.path.splitext(path)[1]
        run(self.o.klimakrav, "insert", out, "-o", again, "--fail-on", "never", *STAMP, *case.options)
        if not os.path.exists(again) or open(again, "rb").read() != after:
            bad.append("second run changes the file")
        if before == after:
            return ("fail", bad) if bad else ("same", [])
        a, b = entries(path), entries(out)
        bad += self.check_entries(a, b)
        if case.tracked:
            bad += self.check_resolve(path, out, d)
        bad += self.check_withdraw(a, out, d, case)
        if self.o.oracle:
            code, report, err = run(self.o.oracle, "check", path, out,
                                    *(["--tracked-only"] if case.tracked else []))
            if code:
                bad.append("validator: " + " | ".join((report.decode() + err).splitlines()[:3])[:400])
        return ("fail", bad) if bad else ("ok", [])

    def check_entries(self, a, b):
        bad = []
        if [n for n in b if n in a] != list(a):
            bad.append("entries dropped or reordered")
        for n in a:
            if n not in b:
                continue
            if a[n][1] == b[n][1] and a[n][0] != b[n][0]:
                bad.append("recompressed: " + n)
            if a[n][2] != b[n][2]:
                bad.append("time changed: " + n)
            if a[n][1] != b[n][1] and pieces_between(a[n][1], b[n][1]) is None:
                bad.append("bytes lost in " + n)
        return bad

    def check_resolve(self, path, out, d):
        bad = []
        files = {}
        for word in ("reject", "accept"):
            files[word] = os.path.join(d, word + os.path.splitext(path)[1])
            base = os.path.join(d, "base-" + word + os.path.splitext(path)[1])
            for src, dst in ((out, files[word]), (path, base)):
                code, _, err = run(self.o.resolve, word, src, dst)
                if code:
                    return ["%s: %s" % (word, err)]
            files["base-" + word] = base
        if self.text(files["reject"]) != self.text(files["base-reject"]):
            bad.append("reject does not give back the text")
        old, new = self.text(files["base-accept"]), self.text(files["accept"])
        rest = iter(new)
        if not all(any(x == y for y in rest) for x in old if x):
            bad.append("accept lost text")
        return bad

    def check_withdraw(self, a, out, d, case):
        back = os.path.join(d, "back" + os.path.splitext(out)[1])
        code, _, err = run(self.o.klimakrav, "withdraw", out, "-o", back, *STAMP)
        if code == 2:
            return ["withdraw: " + err]
        c = entries(back)
        bad = ["withdraw leaves the part " + n for n in c if n not in a]
        bad += ["withdraw: content differs: " + n for n in a if n not in c or a[n][1] != c[n][1]]
        return bad


def collect(paths):
    out = []
    for p in paths:
        manifest = os.path.join(p, "MANIFEST.tsv")
        if os.path.exists(manifest):
            for line in open(manifest, encoding="utf-8").read().splitlines()[1:]:
                cells = line.split("\t")
                if cells[4] == "good":
                    out.append(os.path.join(p, cells[0]))
        elif os.path.isdir(p):
            out += sorted(os.path.join(p, n) for n in os.listdir(p)
                          if n.endswith((".docx", ".dotx", ".docm", ".dotm")) and not n.startswith("~$"))
        else:
            out.append(p)
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--resolve", required=True)
    ap.add_argument("--oracle")
    ap.add_argument("--cases", default="all", choices=("auto", "forced", "all"))
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--skip-missing", action="store_true", help="exit 77 where a path is not there")
    ap.add_argument("paths", nargs="+")
    options = ap.parse_args()
    if options.skip_missing and not all(os.path.exists(p) for p in options.paths):
        print("SKIPPED: the corpus folder is not here")
        sys.exit(77)
    tester = Tester(options)
    jobs = [(f, c) for f in collect(options.paths) for c in tester.cases()]
    counts, refusals = collections.Counter(), collections.Counter()

    def work(job):
        try:
            return job, tester.check(*job)
        except Exception as x:  # a broken law must not hide the others
            return job, ("fail", ["%s: %s" % (type(x).__name__, x)])

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for (path, case), (kind, details) in pool.map(work, jobs):
            counts[kind] += 1
            if kind == "refused":
                refusals[(os.path.basename(path), details[0])] += 1
            for line in details if kind == "fail" else ():
                print("FAIL %s %s: %s" % (os.path.basename(path), case.name, line), flush=True)
    for (name, code), n in sorted(refusals.items()):
        print("refused %s [%s] in %d cases" % (name, code, n))
    print("laws: %d pairs: %d inserted, %d unchanged, %d refused, %d failed" % (
        len(jobs), counts["ok"], counts["same"], counts["refused"], counts["fail"]))
    sys.exit(1 if counts["fail"] else 0)


if __name__ == "__main__":
    main()
