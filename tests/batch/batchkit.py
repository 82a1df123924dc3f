"""What the batch tests share: running the program, hashes of a tree, a copy of a tree."""
import hashlib
import os
import shutil
import subprocess

STAMP = ["--date", "2026-11-23", "--timestamp", "2026-11-23T12:00:00Z", "--lang", "en"]
JOURNAL = ".klimakrav-journal"


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def tree(folder, every=False):
    """relative path -> hash of the templates below folder; every: of all files but journals."""
    seen = {}
    for at, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".docx") or (every and not name.startswith(JOURNAL)):
                full = os.path.join(at, name)
                seen[os.path.relpath(full, folder)] = digest(full)
    return seen


def litter(folder):
    return [n for _, _, names in os.walk(folder) for n in names
            if n.startswith(".klimakrav-") and not n.startswith(JOURNAL)]


def copy(source, target):
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)
    return target


def run(tool, *words, code=(0, 1), **more):
    r = subprocess.run([tool, *words], capture_output=True, timeout=3000, **more)
    if code is not None:
        wanted = code if isinstance(code, tuple) else (code,)
        assert r.returncode in wanted, "exit code %d of %s: %s" % (
            r.returncode, " ".join(words), r.stderr.decode("utf-8", "replace")[-2000:])
    return r


def journal_lines(path):
    with open(path, "rb") as f:
        return [line.split(b"\t") for line in f.read().split(b"\n") if line]
