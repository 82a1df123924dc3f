#!/usr/bin/env python3
"""An update run that is killed again and again, and taken back.

  kill.py --klimakrav BIN --fixtures DIR [--files 120] [--kills 10] [--seed S] [--mode in-place|output]

A tree is made, updated once without disturbance, and once with SIGKILL at random moments, each time taken up
with --resume. After every kill each file must be the old one or the new one, whole; in the end the tree must
equal the undisturbed one byte for byte, no file done twice, nothing left over. Then --undo (killed once, too)
must give all the hashes back. Exit 1 otherwise.
"""
import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import batchkit as kit
import maketree


class Fail(Exception):
    pass


def need(condition, text):
    if not condition:
        raise Fail(text)


def words_for(mode, folder):
    if mode == "in-place":
        return [folder, "--in-place", "--backup", folder + "-kopier"]
    return [folder, "--output-dir", folder + "-nye"]


def result_of(mode, folder):
    return folder if mode == "in-place" else folder + "-nye"


def start(tool, words):
    return subprocess.Popen([tool, "update", *words, *kit.STAMP, "--progress", "never"],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check_between(mode, folder, old, new):
    """Every file old or new and whole; what is absent from an output folder is not there yet."""
    at = result_of(mode, folder)
    if mode == "in-place":
        now = kit.tree(at)
        need(set(now) == set(old), "files appeared or vanished")
    else:
        need(kit.tree(folder) == old, "an original was touched")
        now = kit.tree(at) if os.path.isdir(at) else {}
    for name, value in now.items():
        need(value == new.get(name) or (mode == "in-place" and value == old[name]),
             "%s is neither old nor new" % name)
    return sum(1 for n, v in now.items() if v == new.get(n) and v != old[n])


def kill_often(o, folder, old, new, took):
    rng = random.Random(o.seed)
    killed = 0
    words = words_for(o.mode, folder)
    print("seed %d, undisturbed %.2f s" % (o.seed, took), flush=True)
    while killed < o.kills:
        delay = rng.uniform(0.0, took * 2 / (o.kills + 1)) + (o.startup if rng.random() < 0.8 else 0)
        p = start(o.klimakrav, words + ["--resume"])
        time.sleep(delay)
        over = p.poll() is not None
        p.send_signal(signal.SIGKILL)
        p.wait()
        n = check_between(o.mode, folder, old, new)
        print("  %s after %.3f s: %d of %d files are new" % ("over" if over else "killed", delay, n, len(old)),
              flush=True)
        if over:
            need(killed >= 1, "the run was over before it could be killed once")
            break
        killed += 1
    kit.run(o.klimakrav, "update", *words, "--resume", *kit.STAMP, code=(0, 1, 2))
    return killed


def once_each(folder):
    """Two beginnings of one file are right only when the first was cut off before `done`."""
    state = {}
    for line in kit.journal_lines(os.path.join(folder, kit.JOURNAL)):
        if line[0] == b"begin":
            need(state.get(line[3]) != "done", "done twice: %r" % line[3])
            state[line[3]] = "begun"
        elif line[0] == b"done" and len(line) == 3:
            state[line[1]] = "done"
    need(state and all(v == "done" for v in state.values()), "the journal leaves files unfinished")
    return len(state)


def undo(o, folder, old):
    rng = random.Random(o.seed + 1)
    journal = os.path.join(folder, kit.JOURNAL)
    p = subprocess.Popen([o.klimakrav, "update", "--undo", journal], stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0.0, 0.1))
    p.send_signal(signal.SIGKILL)
    p.wait()
    kit.run(o.klimakrav, "update", "--undo", journal, code=0)
    if o.mode == "in-place":
        need(kit.tree(folder) == old, "undo did not give all files back")
    else:
        need(kit.tree(folder + "-nye") == {}, "undo left files in the output folder")
    need(not kit.litter(os.path.dirname(folder)), "undo left temporaries")


def run(o, d):
    maketree.make(o.fixtures, os.path.join(d, "maler"), o.files, o.seed, broken=max(2, o.files // 100))
    calm = kit.copy(os.path.join(d, "maler"), os.path.join(d, "rolig"))
    wild = kit.copy(os.path.join(d, "maler"), os.path.join(d, "maler2"))
    old = kit.tree(wild)
    began = time.monotonic()
    kit.run(o.klimakrav, "--version", code=0)
    o.startup = time.monotonic() - began
    began = time.monotonic()
    kit.run(o.klimakrav, "update", *words_for(o.mode, calm), *kit.STAMP, code=2)  # the broken ones fail
    took = time.monotonic() - began
    new = kit.tree(result_of(o.mode, calm))
    changed = sum(1 for n in new if new[n] != old[n])
    need(changed > o.files // 4, "too few files change for the test to mean anything")
    killed = kill_often(o, wild, old, new, took)
    need(kit.tree(result_of(o.mode, wild)) == new, "the end differs from the undisturbed run")
    if o.mode == "in-place":
        need(kit.tree(calm + "-kopier", every=True) == kit.tree(wild + "-kopier", every=True),
             "the backups differ from those of the undisturbed run")
    need(not kit.litter(d), "temporaries were left: %s" % kit.litter(d)[:3])
    n = once_each(wild)
    undo(o, wild, old)
    print("%s: %d files, %d changed, %d in the journal, killed %d times; equal; undone" %
          (o.mode, len(old), changed, n, killed))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--fixtures", required=True)
    ap.add_argument("--files", type=int, default=120)
    ap.add_argument("--kills", type=int, default=10)
    ap.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3), "big"))
    ap.add_argument("--mode", choices=("in-place", "output"), default="in-place")
    o = ap.parse_args()
    o.klimakrav = os.path.abspath(o.klimakrav)
    d = tempfile.mkdtemp()
    try:
        run(o, d)
    except (Fail, AssertionError) as why:
        print("FAIL (seed %d): %s" % (o.seed, why))
        return 1
    finally:
        shutil.rmtree(d, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
