#!/usr/bin/env python3
"""Times the audit beside other programs in one run; ratios, never a test.

  bench.py --klimakrav BIN --floor BIN --bankc BIN --bank DIR --rules DIR --templates DIR --work DIR
           [--files 200] [--giant-mb 100] [--corpus DIR] [--rounds 5] [--peers all|none]

WORK keeps the documents that workload.py makes (once) and everything else that is written. All figures are
processor time of the child processes, medians of rounds that are interleaved, so that what else the machine does
falls on all alike; least is the least of them. Programs that take minutes see fewer files and are scaled.
"""
import argparse
import glob
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3"
DATE = ["--date", "2026-11-23"]


class Row:
    def __init__(self, name, words, scale=1.0, env=None, n=None, codes=(0, 1)):
        self.name, self.words, self.scale, self.env, self.n, self.codes = name, words, scale, env, n, codes
        self.cpu, self.wall, self.peak = [], [], 0

    def once(self):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        p = subprocess.Popen(self.words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                             env={**os.environ, **(self.env or {})})
        words = p.stderr.read()
        _, status, used = os.wait4(p.pid, 0)
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if os.waitstatus_to_exitcode(status) not in self.codes:
            sys.exit("bench: %s: %s" % (self.words[0], words.decode()[:300]))
        self.cpu.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * self.scale)
        self.wall.append(wall * self.scale)
        self.peak = max(self.peak, used.ru_maxrss)

    def figure(self):
        return statistics.median(self.cpu)


def measure(title, rows, rounds):
    print("\n" + title)
    for _ in range(rounds):
        for row in rows:
            if row.n is None or len(row.cpu) < row.n:
                row.once()
    for row in rows:
        print("  %-52s cpu %9.1f ms  least %9.1f  wall %9.1f  peak %6.1f MB" %
              (row.name, row.figure() * 1e3, min(row.cpu) * 1e3, statistics.median(row.wall) * 1e3, row.peak / 1024),
              flush=True)
    return rows


def ratio(text, a, b):
    print("  %-52s %8.2f x" % (text, a / b), flush=True)


class Bench:
    def __init__(self, o):
        self.o = o
        self.many = sorted(glob.glob(os.path.join(o.work, "many", "*.docx")))[:o.files]
        self.patterns = os.path.join(o.work, "patterns.jsonl")

    def path(self, name):
        return os.path.join(self.o.work, name)

    def audit(self, name, files, *more, bank=None, n=None, scale=1.0):
        return Row(name, [self.o.klimakrav, "audit", *DATE, "--format", "json", "--progress", "never", *more, *files],
                   env={"KLIMAKRAV_BANK": bank or self.o.bank}, n=n, scale=scale)

    def floor(self, files):
        return Row("floor: libzip, libdeflate, CRC, one pass", [self.o.floor, "files", *files])

    def start(self):
        one, tool = self.path("one.docx"), self.o.klimakrav
        env = {"KLIMAKRAV_BANK": self.o.bank}
        xml = self.path("xml-only")
        if not os.path.isdir(xml):
            os.mkdir(xml)
            for name in ("bank", "schema"):
                os.symlink(os.path.abspath(os.path.join(self.o.rules, name)), os.path.join(xml, name))
        rows = measure("one template of 20 pages", [
            Row("empty program", ["true"]), Row("klimakrav --help (no bank)", [tool, "--help"]),
            Row("klimakrav --version (bank loaded)", [tool, "--version"], env=env),
            Row("the same, bank from XML", [tool, "--version"], env={"KLIMAKRAV_BANK": xml}),
            self.audit("audit", [one]), self.audit("audit, bank from XML", [one], bank=xml)], 4 * self.o.rounds)
        empty, bare, loaded, slow, audit, _ = (min(r.cpu) for r in rows)
        print("  %-52s %8.2f ms" % ("loading the bank (difference of the least)", (loaded - bare) * 1e3))
        print("  %-52s %8.2f ms" % ("loading it from XML", (slow - bare) * 1e3))
        ratio("audit / empty program", audit, empty)

    def batch(self):
        rows = measure("%d templates of 5 to 40 pages" % len(self.many), [
            self.audit("audit, 1 thread", self.many, "--jobs", "1"),
            self.audit("audit, 2 threads", self.many, "--jobs", "2"), self.floor(self.many)], self.o.rounds)
        ratio("audit / floor", rows[0].figure(), rows[2].figure())
        ratio("wall, 1 thread / 2 threads", statistics.median(rows[0].wall), statistics.median(rows[1].wall))
        if self.o.corpus:
            files = sorted(glob.glob(os.path.join(self.o.corpus, "**", "*.docx"), recursive=True))
            good = [f for f in files if all(
                subprocess.run(w, capture_output=True).returncode in (0, 1)
                for w in ([self.o.floor, "files", f], [self.o.klimakrav, "audit", *DATE, f]))]
            rows = measure("%d files of the corpus" % len(good), [
                self.audit("audit, 1 thread", good, "--jobs", "1"), self.floor(good)], self.o.rounds)
            ratio("audit / floor", rows[0].figure(), rows[1].figure())

    def peers(self):
        few, fewer = self.many[::10], self.many[::67]
        with open(self.patterns, "wb") as f:
            subprocess.run([self.o.floor, "patterns", os.path.join(self.o.bank, "bank.kkb")], stdout=f, check=True)
        words = self.path("words.txt")
        with open(words, "w", encoding="utf-8") as f:
            f.write("klima\nmiljø\nutslipp\nutslepp\nvekt\nskal\nkrav\n")
        python = [PYTHON, os.path.join(HERE, "peers.py")]
        part, tiny = len(self.many) / len(few), len(self.many) / len(fewer)
        grep = " | grep -iFc -f %s; done >/dev/null" % words
        pandoc = "for f in \"$@\"; do pandoc -t plain \"$f\"" + grep
        office = ("soffice -env:UserInstallation=file://%s/lo --headless --convert-to txt:Text --outdir %s/txt \"$@\" "
                  ">/dev/null 2>&1; for f in %s/txt/*.txt; do cat \"$f\"" % ((os.path.abspath(self.o.work),) * 3)) + grep
        rows = measure("others on the same templates (some on %d or %d of them, scaled)" % (len(few), len(fewer)), [
            self.audit("audit, 1 thread", self.many, "--jobs", "1"),
            Row("lxml + zipfile + re behind literals", [*python, "lxml-literals", self.patterns, *fewer], tiny, n=1),
            Row("lxml + zipfile + re", [*python, "lxml", self.patterns, *fewer], tiny, n=1),
            Row("python3-docx + re", [*python, "python-docx", self.patterns, *fewer], tiny, n=1),
            Row("pandoc + grep for 7 words (does less)", ["sh", "-c", pandoc, "sh", *few], part, n=1),
            Row("LibreOffice batch + grep for 7 words (does less)", ["sh", "-c", office, "sh", *few], part, n=1),
        ], self.o.rounds)
        for row in rows[1:]:
            ratio(row.name + " / audit", row.figure(), rows[0].figure())

    def lines(self):
        """Three sizes each: cost for twice and four times as much. Start and first use of patterns count once."""
        sizes = [self.path("size-%d.docx" % n) for n in (1, 2, 4)]
        rows = measure("document size: the text of one document 1, 2 and 4 times",
                       [self.audit("audit, %d x 40 pages" % n, [f]) for n, f in zip((1, 2, 4), sizes)], self.o.rounds)
        self.growth(rows)
        counts = [max(1, len(self.many) // n) for n in (4, 2, 1)]
        rows = measure("number of files", [self.audit("audit, %d files" % n, self.many[:n], "--jobs", "1")
                                           for n in counts], self.o.rounds)
        self.growth(rows)
        banks = {"same": [self.o.bank], "other": [self.o.bank]}
        for words, list_ in banks.items():
            for times in (2, 3):
                folder = self.path("bank-%s-%d" % (words, times))
                shutil.rmtree(folder, ignore_errors=True)
                subprocess.run([PYTHON, os.path.join(HERE, "twice.py"), "--words", words, "--times", str(times),
                                self.o.rules, folder], check=True, stderr=subprocess.DEVNULL)
                subprocess.run([self.o.bankc, os.path.join(folder, "bank"),
                                os.path.join(folder, "schema", "klimakrav.rng"), os.path.join(folder, "bank.kkb")],
                               check=True)
                list_.append(folder)
            what = {"same": "all words again, every hit found again", "other": "rules about other words"}[words]
            one = [self.audit("one template, %d x the rules" % (i + 1), [self.path("one.docx")], bank=b)
                   for i, b in enumerate(list_)]
            all_ = [self.audit("%d templates, %d x the rules" % (len(self.many), i + 1), self.many, "--jobs", "1", bank=b)
                    for i, b in enumerate(list_)]
            rows = measure("number of rules: " + what, one + all_, self.o.rounds)
            for i in (0, 3):
                self.growth(rows[i:i + 3])

    @staticmethod
    def growth(rows):
        for row in rows[1:]:
            ratio(row.name + " / " + rows[0].name, min(row.cpu), min(rows[0].cpu))

    def giant(self):
        giant = self.path("giant.docx")
        if os.path.exists(giant):
            audit = self.audit("audit (stops at the limit of hits)", [giant], n=2)
            audit.codes = (0, 1, 2)
            rows = measure("one document.xml of %d MB" % self.o.giant_mb, [audit, self.floor([giant])], 3)
            ratio("audit / floor", rows[0].figure(), rows[1].figure())


def main():
    ap = argparse.ArgumentParser()
    for name in ("klimakrav", "floor", "bankc", "bank", "rules", "templates", "work"):
        ap.add_argument("--" + name, required=True)
    ap.add_argument("--files", type=int, default=200)
    ap.add_argument("--giant-mb", type=int, default=100)
    ap.add_argument("--corpus")
    ap.add_argument("--rounds", type=int, default=5)
    ap.add_argument("--peers", choices=["all", "none"], default="all")
    ap.add_argument("--only", default="start,batch,lines,giant,peers")
    o = ap.parse_args()
    if not glob.glob(os.path.join(o.work, "many", "*.docx")):
        subprocess.run([PYTHON, os.path.join(HERE, "workload.py"), "--templates", o.templates, "--out", o.work,
                        "--files", str(o.files), "--giant-mb", str(o.giant_mb)], check=True)
    if o.corpus and not os.path.isdir(o.corpus):
        o.corpus = None
    print(time.strftime("%Y-%m-%d"), subprocess.run([o.klimakrav, "--version"], capture_output=True, text=True,
                                                    check=True).stdout.strip())
    bench = Bench(o)
    for part in o.only.split(","):
        if part != "peers" or o.peers == "all":
            getattr(bench, part)()


if __name__ == "__main__":
    main()
