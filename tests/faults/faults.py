#!/usr/bin/env python3
"""Every call that changes files fails once, or the program ends there: the user's file is the old or the new one.

  faults.py --klimakrav BIN --failing LIB --fixtures DIR [--only NAME] [--step N]

Per road (insert, update, undo, withdraw, release, comments, baseline ...) the n-th such call fails, n = 1, 2, ...
until there is none left, by turns with EIO, ENOSPC and a sudden end. Then:
  - each file holds what it held before, or what a calm run leaves there, or is not there if it was new
  - a file that was changed in place has its earlier bytes in the copy
  - the exit code is 2 with clear lines on stderr, or the result is whole
  - the same command once more comes to the calm result, and leaves no temporaries
Prints one line a road. Exit 1 on failure.
"""
import argparse
import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile

STAMP = ["--timestamp", "2026-11-23T12:00:00Z", "--fail-on", "never"]
DATE = ["--date", "2026-11-23", "--lang", "en"]
LINE = re.compile(r"^klimakrav: .+ \[[a-z0-9-]+\]$")
HOW = (errno.EIO, errno.ENOSPC, 0)
KILLED = 137
TREE = ("snorydding-moen.docx", "vaskeri-hegra.docx")


class Road:
    """words: {d} is the folder. files: those that belong to the user from the start. again: words of the second
    run, where they differ. copies: file -> its copy."""

    def __init__(self, name, words, before=(), again=None, copies=None):
        self.name, self.words, self.before = name, words, before
        self.again, self.copies = again or words, copies or {}


A, TREES = "{d}/" + TREE[0], "{d}"
INSERT = ["insert", A, *DATE, *STAMP, "--clause", "FEL-KO-01"]
UPDATE = ["update", TREES, "--clause", "FEL-KO-01", "--journal", "{d}/.klimakrav-journal", "--jobs", "1", *DATE, *STAMP]
BAK = {TREE[0]: TREE[0] + ".bak"}
ROADS = [
    Road("insert in place, copy, receipt", INSERT + ["--in-place", "--receipt", "{d}/r.json"], copies=BAK),
    Road("insert to a file", INSERT + ["-o", "{d}/new.docx"]),
    Road("insert over a file", INSERT + ["-o", "{d}/" + TREE[1]]),
    Road("update in place", UPDATE + ["--in-place"], again=UPDATE + ["--in-place", "--resume"],
         copies={n: n + ".bak" for n in TREE}),
    Road("update to a folder", UPDATE + ["--output-dir", "{d}/nye"],
         again=UPDATE + ["--output-dir", "{d}/nye", "--resume"]),
    Road("undo", ["update", "--undo", "{d}/.klimakrav-journal", "--lang", "en"], before=[UPDATE + ["--in-place"]]),
    Road("withdraw in place", ["withdraw", A, "--in-place", "--no-backup", *DATE, *STAMP],
         before=[INSERT + ["--in-place", "--no-backup"]]),
    Road("release", ["release", A, "-o", "{d}/copy.docx", *DATE, "--fail-on", "never"],
         before=[INSERT + ["--in-place", "--no-backup", "--set", "intervall=kvartal", "--set", "frist=15"]]),
    Road("baseline", ["audit", A, "--write-baseline", "{d}/base.json", *DATE, *STAMP]),
    Road("comments", ["audit", A, "--comments", "{d}/c", *DATE, *STAMP]),
    Road("report to a file", ["audit", A, "--format", "json", "--output", "{d}/report.json", *DATE, *STAMP]),
]


def contents(folder):
    seen = {}
    for at, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(at, name), "rb") as f:
                seen[os.path.relpath(os.path.join(at, name), folder)] = f.read()
    return seen


def is_journal(name):
    return os.path.basename(name).startswith(".klimakrav-journal")


def is_temporary(name):
    return os.path.basename(name).startswith(".klimakrav-") and not is_journal(name)


class Tester:
    def __init__(self, o, d):
        self.o, self.d = o, d
        self.log = os.path.join(d, "log")
        self.folder = os.path.join(d, "maler")
        self.runs = 0

    def run(self, words, at=0, code=0):
        env = dict(os.environ)
        if at:
            env.update(KK_FAIL_AT=str(at), KK_FAIL_CODE=str(code), KK_FAIL_LOG=self.log, LD_PRELOAD=self.o.failing)
            env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        self.runs += 1
        return subprocess.run([self.o.klimakrav, *(w.format(d=self.folder) for w in words)], capture_output=True,
                              env=env, timeout=120, check=False)

    def lay_out(self, road):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        for name in TREE:
            shutil.copy(os.path.join(self.o.fixtures, "templates", name), self.folder)
        for words in road.before:
            r = self.run(words)
            assert r.returncode != 2, r.stderr.decode()
        return contents(self.folder)

    def restore(self, files):
        shutil.rmtree(self.folder)
        for name, data in files.items():
            path = os.path.join(self.folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(data)

    def check_files(self, road, old, new, later=False):
        """later: a second run may have made one more copy (FILE.bak2) and a receipt of its own."""
        now = contents(self.folder)
        for name, data in now.items():
            original = old.get(re.sub(r"\.bak\d*$", "", name))
            if later and (name == "r.json" or (name not in new and original is not None and data == original)):
                continue
            if not is_journal(name) and not is_temporary(name):
                assert name in old or name in new, "a file that nobody asked for: " + name
                assert data in (old.get(name), new.get(name)), "neither old nor new: " + name
        for name in old:
            assert name in now or name not in new, "gone: " + name
        for name, copy in road.copies.items():
            assert now[name] == old[name] or now.get(copy) == old[name], "changed without a copy: " + name
        return now

    def one(self, road, at, old, new):
        """The name of the call that failed, or None when there is no such call any more."""
        self.restore(old)
        code = HOW[at % len(HOW)]
        if os.path.exists(self.log):
            os.remove(self.log)
        r = self.run(road.words, at, code)
        if not os.path.exists(self.log):
            return None
        with open(self.log, encoding="ascii") as f:
            call = f.read()
        now = self.check_files(road, old, new)
        lines = [line for line in r.stderr.decode().splitlines() if line]
        if code == 0:
            assert r.returncode == KILLED, "exit code %d, not killed" % r.returncode
        else:
            assert not any(is_temporary(n) for n in now) or call.startswith("unlink"), "left: %s" % list(now)
            if r.returncode == 2:
                assert lines and all(LINE.match(line) for line in lines), "unclear: %s" % lines
            else:
                assert r.returncode == 0, "exit code %d: %s" % (r.returncode, lines[:3])
                whole = {n: x for n, x in now.items() if not is_journal(n) and not is_temporary(n)}
                assert whole == {n: x for n, x in new.items() if not is_journal(n)}, "success, but not whole"
        self.once_more(road, old, new)
        return call

    def once_more(self, road, old, new):
        r = self.run(road.again)
        lines = r.stderr.decode()[-300:]
        assert r.returncode != 2 or b"journal" in r.stderr, "not again: " + lines
        if r.returncode == 2:
            r = self.run(road.words)
            assert r.returncode != 2, "not again without --resume either: " + r.stderr.decode()[-300:]
        now = self.check_files(road, old, new, later=True)
        assert not any(is_temporary(n) for n in now), "never swept: %s" % list(now)
        for name in new:
            same = now.get(name) == new[name] or (name == "r.json" and name in now)
            assert is_journal(name) or same, "not the calm result: " + name

    def walk(self, road):
        old = self.lay_out(road)
        r = self.run(road.words)
        assert r.returncode == 0, "calm: %s" % r.stderr.decode()
        new = contents(self.folder)
        assert new != old, "the calm run changes nothing"
        at, calls, faults = 1, {}, 0
        while True:
            try:
                call = self.one(road, at, old, new)
            except AssertionError as why:
                kind = errno.errorcode.get(HOW[at % len(HOW)], "end")
                named = open(self.log, encoding="ascii").read() if os.path.exists(self.log) else "?"
                print("FAIL %s: call %d (%s, %s): %s" % (road.name, at, named, kind, why))
                faults, call = faults + 1, named
            if call is None:
                break
            calls[call] = calls.get(call, 0) + 1
            at += self.o.step
        assert at > 3, "no call was reached: is the library loaded?"
        print("%s: %d calls (%s)%s" % (road.name, sum(calls.values()), ", ".join(
            "%s %d" % c for c in sorted(calls.items())), "; %d FAULTS" % faults if faults else ""))
        return faults == 0


def main():
    ap = argparse.ArgumentParser()
    for name in ("klimakrav", "failing", "fixtures"):
        ap.add_argument("--" + name, required=True, type=os.path.abspath)
    ap.add_argument("--only", default="")
    ap.add_argument("--step", type=int, default=1)
    o = ap.parse_args()
    good = True
    # In memory where that can be: thousands of syncs are not what is asked here.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as d:
        t = Tester(o, d)
        for road in ROADS:
            if o.only in road.name:
                try:
                    good = t.walk(road) and good
                except AssertionError as why:
                    print("FAIL %s: %s" % (road.name, why))
                    good = False
        print("%d runs of the program" % t.runs)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
