#!/usr/bin/env python3
"""Times the command line on the sample templates; ratios in one run, never a test.

  bench.py --klimakrav BIN [--files 200] [--rounds 5] PATH...

Workloads: one template, and N files made by copying the given templates in turn (so that the file
cache is warm and the disk does not count). Prints wall and processor time, median of the rounds, beside
two others in the same run: an empty program and python3-docx with `re` (a tenth of the files, scaled).
"""
import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

NAIVE = """
import docx, re, sys
rx = re.compile(r"\\bklima\\w*|\\bmiljø\\w*|\\butsl[ie]pp\\w*|\\bvekt\\w*|\\bskal\\b|\\bkrav\\w*", re.I)
n = 0
for f in sys.argv[1:]:
    d = docx.Document(f)
    for p in d.paragraphs:
        n += len(rx.findall(p.text))
    for t in d.tables:
        for r in t.rows:
            for c in r.cells:
                n += len(rx.findall(c.text))
print(n)
"""


def once(words):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    r = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if r.returncode not in (0, 1):
        sys.exit("bench: %s: %s" % (words[0], r.stderr.decode()[:300]))
    return wall, cpu


def measure(name, words, rounds, scale=1.0):
    runs = [once(words) for _ in range(rounds)]
    wall = statistics.median(w for w, _ in runs) * scale
    cpu = statistics.median(c for _, c in runs) * scale
    print("%-44s %9.1f ms wall %9.1f ms cpu" % (name, wall * 1e3, cpu * 1e3), flush=True)
    return wall, cpu


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--files", type=int, default=200)
    ap.add_argument("--rounds", type=int, default=5)
    ap.add_argument("paths", nargs="+")
    o = ap.parse_args()
    files = []
    for p in o.paths:
        files += sorted(os.path.join(p, n) for n in os.listdir(p)
                        if n.endswith(".docx")) if os.path.isdir(p) else [p]
    with tempfile.TemporaryDirectory() as d:
        many = []
        for i in range(o.files):
            many.append(os.path.join(d, "%04d.docx" % i))
            shutil.copy(files[i % len(files)], many[-1])
        big = max(files, key=os.path.getsize)
        audit = [o.klimakrav, "audit", "--date", "2026-11-23", "--format", "json", "--progress", "never"]
        out = os.path.join(d, "out.docx")
        true = measure("empty program", ["true"], o.rounds)
        one = measure("audit, one file (%s)" % os.path.basename(big), audit + [big], o.rounds)
        measure("insert, one file", [o.klimakrav, "insert", "--date", "2026-11-23", "--timestamp",
                                     "2026-11-23T12:00:00Z", "-o", out, big], o.rounds)
        a1 = measure("audit, %d files, 1 thread" % len(many), audit + ["--jobs", "1"] + many, o.rounds)
        a2 = measure("audit, %d files, 2 threads" % len(many), audit + ["--jobs", "2"] + many, o.rounds)
        few = many[:max(1, len(many) // 10)]
        py = measure("python3-docx + re, scaled from %d" % len(few),
                     ["/usr/bin/python3", "-c", NAIVE] + few, 2, len(many) / len(few))
        print("one file / empty program      %6.1f x wall" % (one[0] / true[0]))
        print("python3-docx / audit          %6.1f x cpu" % (py[1] / a1[1]))
        print("1 thread / 2 threads          %6.2f x wall" % (a1[0] / a2[0]))


if __name__ == "__main__":
    main()
