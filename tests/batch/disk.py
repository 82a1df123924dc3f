#!/usr/bin/env python3
"""A full disk and a folder that may not be written: nothing is lost, and the message says what to do.

  disk.py --klimakrav BIN --fixtures DIR [--files 60]

Full disk: a small tmpfs of its own when this may be mounted (root), else RLIMIT_FSIZE, and it says which.
Read-only folder: as another user when run by root. Exit 1 on failure, 0 otherwise.
"""
import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

import batchkit as kit
import maketree

LINE = re.compile(r"^klimakrav: .+; .+ \[[a-z0-9-]+\]$")
NOBODY = 65534


def mounted(folder, size):
    os.makedirs(folder)
    return os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=%d,mode=755" % size, "tmpfs", folder],
        capture_output=True).returncode == 0


def check_lines(r):
    lines = [l for l in r.stderr.decode().splitlines() if l]
    assert lines and all(LINE.match(l) for l in lines), "a line without advice: %s" % lines[:3]
    return lines


def whole(now, old, new):
    assert set(now) == set(old), "files appeared or vanished"
    for name, value in now.items():
        assert value in (old[name], new[name]), name + " is neither old nor new"


def full_disk(o, d):
    """Templates, copies and journal on a disk with room for the templates and little more."""
    made = os.path.join(d, "maler")
    maketree.make(o.fixtures, made, o.files, 7)
    calm = kit.copy(made, os.path.join(d, "rolig"))
    kit.run(o.klimakrav, "update", calm, "--in-place", *kit.STAMP)
    new, old = kit.tree(calm), kit.tree(made)
    size = sum(os.path.getsize(os.path.join(made, n)) for n in old)
    small = os.path.join(d, "liten")
    if not mounted(small, int(size * 1.25) + 400 * 1024):
        return limited(o, d, made, old, new)
    try:
        tree = kit.copy(made, os.path.join(small, "maler"))
        words = ["update", tree, "--in-place", *kit.STAMP]
        r = kit.run(o.klimakrav, *words, code=2)
        assert any("full" in l for l in check_lines(r)), r.stderr.decode()[-500:]
        now = kit.tree(tree)
        whole(now, old, new)
        n = sum(1 for k in now if now[k] != old[k])
        assert 0 < n < sum(1 for k in new if new[k] != old[k]), "the disk was not full at the right time"
        assert not kit.litter(small), "temporaries were left"
        subprocess.run(["mount", "-o", "remount,size=%d" % (size * 4), small], check=True)
        kit.run(o.klimakrav, *words, "--resume")
        assert kit.tree(tree) == new, "after room was made the run did not come to the same end"
        kit.run(o.klimakrav, "update", "--undo", os.path.join(tree, kit.JOURNAL), code=0)
        assert kit.tree(tree) == old
        print("full disk (tmpfs of its own): %d files done before it was full, the rest after; undone" % n)
    finally:
        subprocess.run(["umount", small], check=False)


def limited(o, d, made, old, new):
    """Without a mount: no file may grow over a limit that some of the templates exceed."""
    sizes = sorted(os.path.getsize(os.path.join(made, n)) for n in old)
    limit = sizes[len(sizes) // 2]

    def lower():
        import signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    tree = kit.copy(made, os.path.join(d, "trang"))
    r = kit.run(o.klimakrav, "update", tree, "--in-place", *kit.STAMP, code=2, preexec_fn=lower)
    check_lines(r)
    whole(kit.tree(tree), old, new)
    assert not kit.litter(tree), "temporaries were left"
    kit.run(o.klimakrav, "update", tree, "--in-place", "--resume", *kit.STAMP)
    assert kit.tree(tree) == new
    print("full disk (file size limit of %d bytes, no mount allowed): the rest done after it was lifted" % limit)


def read_only(o, d):
    """Folders that may not be written, as someone without rights to them; the journal lies elsewhere."""
    made = os.path.join(d, "fast")
    maketree.make(o.fixtures, made, 20, 9)
    old = kit.tree(made)
    shelf = os.path.join(d, "hylle")
    os.makedirs(shelf)
    root = os.geteuid() == 0
    for at, _, _ in os.walk(d):
        os.chmod(at, 0o755)
    if root:
        os.chown(shelf, NOBODY, NOBODY)
    else:
        for at, _, _ in os.walk(made):
            os.chmod(at, 0o555)

    def drop():
        if root:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    words = ["update", made, "--in-place", *kit.STAMP]
    r = kit.run(o.klimakrav, *words, code=2, preexec_fn=drop)
    assert len(check_lines(r)) == 1 and "permission" in r.stderr.decode(), r.stderr.decode()
    r = kit.run(o.klimakrav, *words, "--journal", os.path.join(shelf, "journal"), code=2, preexec_fn=drop)
    assert len(check_lines(r)) > 5 and "permission" in r.stderr.decode()
    assert kit.tree(made, every=True) == old, "something was written into a folder without rights"
    r = kit.run(o.klimakrav, "update", made, "--output-dir", os.path.join(shelf, "nye"), "--journal",
                os.path.join(shelf, "journal2"), *kit.STAMP, preexec_fn=drop)
    assert len(kit.tree(os.path.join(shelf, "nye"))) == len(old) and kit.tree(made, every=True) == old
    for at, _, _ in os.walk(made):
        os.chmod(at, 0o755)
    print("read-only folder (%s): untouched, each file named; --output-dir elsewhere works" %
          ("as another user" if root else "permissions taken away"))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--fixtures", required=True)
    ap.add_argument("--files", type=int, default=60)
    o = ap.parse_args()
    o.klimakrav = os.path.abspath(o.klimakrav)
    failed = 0
    for case in (full_disk, read_only):
        d = tempfile.mkdtemp()
        os.chmod(d, 0o755)
        try:
            case(o, d)
        except AssertionError as why:
            print("FAIL %s: %s" % (case.__name__, why))
            failed = 1
        finally:
            shutil.rmtree(d, ignore_errors=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
