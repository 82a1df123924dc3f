#!/usr/bin/env python3
"""Throughput, memory and scaling of `update` over many templates; figures, never a timed test.

  update.py --klimakrav BIN --fixtures DIR [--files 2000] [--few 200] [--rounds 3] [--folder DIR]

Templates are made by tests/batch/maketree.py. Prints files per second for 1 and 2 threads (in place with
backups: every file read, planned, judged, copied, journalled and synced; and the plan alone, without a disk),
and the peak resident memory for few and many files: it should be the same. --folder says where the trees go; a
tmpfs shows the program, a disk shows what syncing costs.
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

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "batch"))
import maketree  # noqa: E402

STAMP = ["--date", "2026-11-23", "--timestamp", "2026-11-23T12:00:00Z", "--progress", "never"]


def once(words):
    """Wall seconds, processor seconds, peak KiB of one run; the memory is that of the process itself."""
    began = time.perf_counter()
    p = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    err = p.stderr.read()
    _, status, usage = os.wait4(p.pid, 0)
    wall = time.perf_counter() - began
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode not in (0, 1):
        sys.exit("update.py: " + err.decode()[:500])
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def measure(o, made, files, jobs, dry, d):
    runs = []
    for _ in range(o.rounds):
        tree = os.path.join(d, "tre")
        shutil.rmtree(tree, ignore_errors=True)
        shutil.rmtree(tree + "-kopier", ignore_errors=True)
        shutil.copytree(made, tree)
        place = ["--dry-run"] if dry else ["--in-place", "--backup", tree + "-kopier"]
        runs.append(once([o.klimakrav, "update", tree, *place, "--jobs", str(jobs), *STAMP]))
    wall, cpu = (statistics.median(r[i] for r in runs) for i in (0, 1))
    peak = max(r[2] for r in runs)
    print("%-22s %6d files %d thread%s %8.2f s wall %8.2f s cpu %7.0f files/s %7.1f MiB peak" %
          ("plan alone" if dry else "in place, backups", files, jobs, " " if jobs == 1 else "s", wall, cpu,
           files / wall, peak / 1024), flush=True)
    return wall, peak


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--fixtures", required=True)
    ap.add_argument("--files", type=int, default=2000)
    ap.add_argument("--few", type=int, default=200)
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--folder")
    o = ap.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(dir=o.folder) as d:
        few, many = os.path.join(d, "faa"), os.path.join(d, "mange")
        maketree.make(o.fixtures, few, o.few, 1)
        maketree.make(o.fixtures, many, o.files, 1)
        plan1, _ = measure(o, many, o.files, 1, True, d)
        plan2, _ = measure(o, many, o.files, 2, True, d)
        _, small = measure(o, few, o.few, 2, False, d)
        one, _ = measure(o, many, o.files, 1, False, d)
        two, large = measure(o, many, o.files, 2, False, d)
        print("1 thread / 2 threads, plan alone      %5.2f x" % (plan1 / plan2))
        print("1 thread / 2 threads, in place        %5.2f x" % (one / two))
        print("peak memory, %d / %d files       %5.2f x" % (o.files, o.few, large / small))


if __name__ == "__main__":
    main()
