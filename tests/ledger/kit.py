"""What the tests of the ledger share: running the program, opening the file, copies of templates."""
import glob
import os
import shutil
import sqlite3
import subprocess
import sys

TIME = "%sT10:00:00Z"


class Kit:
    """A scratch folder with copies of some templates, and the program."""

    def __init__(self, tool, fixtures, work):
        self.tool = tool
        self.fixtures = fixtures
        self.work = work
        self.faults = 0
        self.n = 0
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)

    def check(self, name, good, about=""):
        self.n += 1
        if not good:
            self.faults += 1
            print("FAIL %s %s" % (name, about))

    def copy(self, folder, names):
        os.makedirs(os.path.join(self.work, folder), exist_ok=True)
        for name in names:
            for path in sorted(glob.glob(os.path.join(self.fixtures, "templates", name + ".docx"))):
                shutil.copy(path, os.path.join(self.work, folder))

    def path(self, name):
        return os.path.join(self.work, name)

    def env(self):
        return {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def run(self, *words, expect=None):
        r = subprocess.run([self.tool, *words], cwd=self.work, capture_output=True, timeout=300, env=self.env())
        out, err = r.stdout.decode("utf-8", "replace"), r.stderr.decode("utf-8", "replace")
        if "Sanitizer" in err or r.returncode < 0 or (expect is not None and r.returncode != expect):
            self.check("run", False, "%s -> %d\n%s%s" % (" ".join(words), r.returncode, out[-600:], err[-3000:]))
        return r.returncode, out, err

    def start(self, *words):
        return subprocess.Popen([self.tool, *words], cwd=self.work, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, env=self.env())

    def sql(self, file, query, *values):
        connection = sqlite3.connect(self.path(file))
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def one(self, file, query, *values):
        return self.sql(file, query, *values)[0][0]

    def done(self):
        print("%d checks, %d failed" % (self.n, self.faults))
        sys.exit(1 if self.faults else 0)
