"""What a case may use: the register, and a World that runs the program under ceilings.

  @case(reason)      the function returns the bytes of a DOCX. reason: the code it is refused with (a tuple:
                     one of these; None: it is read). It is audited, read as text and edited in place.
  @act()             the function gets a World and runs and looks for itself.

Ceilings hold for each run of the program: 2 s, 512 MiB of memory at the peak. `seconds` and `mib` of a case
say otherwise, where the size of the honest content demands it."""
import hashlib
import os
import re
import resource
import subprocess
import sys
import threading
import time

CASES = []
LINE = re.compile(r"^klimakrav: .+ \[[a-z0-9-]+\]$")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
DATE = "2026-11-24"


class Case:
    def __init__(self, function, kind, reason, more):
        self.function, self.kind, self.reason = function, kind, reason
        self.name = function.__name__
        self.group = function.__module__
        self.size = more.get("size", "core")
        self.seconds, self.mib = more.get("seconds", 2.0), more.get("mib", 512)


def case(reason, **more):
    def keep(function):
        CASES.append(Case(function, "file", reason, more))
        return function
    return keep


def act(**more):
    def keep(function):
        CASES.append(Case(function, "act", None, more))
        return function
    return keep


class Run:
    def __init__(self, code, out, err, seconds, mib):
        self.code, self.out, self.err, self.seconds, self.mib = code, out, err, seconds, mib
        self.reason = ""
        found = re.findall(r"\[([a-z0-9-]+)\]$", err, re.MULTILINE)
        if found:
            self.reason = found[-1]


class World:
    """A folder of its own for one case, the program, and the worst that its runs took."""

    def __init__(self, tool, folder, the_case, slack, limit_memory):
        self.tool, self.dir, self.case = tool, folder, the_case
        self.slack, self.limit_memory = slack, limit_memory
        self.seconds = self.mib = 0.0
        self.last = None

    def path(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, data):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as f:
            f.write(data.encode("utf-8") if isinstance(data, str) else data)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()

    def state(self):
        seen = {}
        for folder, _, files in os.walk(self.dir):
            for name in files:
                full = os.path.join(folder, name)
                if os.path.islink(full):
                    seen[full] = os.readlink(full)
                    continue
                with open(full, "rb") as f:
                    seen[full] = (hashlib.sha256(f.read()).hexdigest(), os.stat(full).st_mtime_ns,
                                  os.stat(full).st_mode)
        return seen

    def limits(self):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if self.limit_memory:
            # Address space, a net far above the ceiling: maps of files count here, not at the peak.
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))

    def run(self, *words, check_time=True, env=None, cwd=None):
        """Runs the program; a crash, a foreign line or a ceiling that is passed fails the case."""
        wall = self.case.seconds * self.slack
        begun = time.monotonic()
        p = subprocess.Popen([self.tool, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd,
                             stdin=subprocess.DEVNULL, preexec_fn=self.limits,
                             env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})})
        timer = threading.Timer(wall * 4 + 10, p.kill)
        timer.start()
        held = {}
        reader = threading.Thread(target=lambda: held.update(err=p.stderr.read()))
        reader.start()
        out = p.stdout.read()
        reader.join()
        _, status, used = os.wait4(p.pid, 0)
        timer.cancel()
        p.returncode = os.waitstatus_to_exitcode(status)
        p.stdout.close()
        p.stderr.close()
        # Processor time, so that a busy machine is no failure; waiting is bounded by the timer.
        seconds = used.ru_utime + used.ru_stime
        mib = used.ru_maxrss / 1024
        text = held["err"].decode("utf-8")
        r = Run(p.returncode, out, text, time.monotonic() - begun, mib)
        self.seconds, self.mib, self.last = max(self.seconds, seconds), max(self.mib, mib), r
        words = " ".join(words)[:120]
        assert r.code in (0, 1, 2), "%s: exit code %d: %s" % (words, r.code, text[-2000:])
        assert not CONTROL.search(text), "%s: control characters: %r" % (words, text)
        for line in text.splitlines():
            assert line.startswith("klimakrav: "), "%s: foreign line: %s" % (words, text[-2000:])
        if check_time:
            assert seconds <= wall, "%s: %.1f s, at most %.1f" % (words, seconds, wall)
        if self.limit_memory:
            assert mib <= self.case.mib, "%s: %.0f MiB, at most %d" % (words, mib, self.case.mib)
        return r

    def refused(self, *words, reason=None, **more):
        before = self.state()
        r = self.run(*words, **more)
        assert r.code == 2, "exit code %d, 2 was due: %s" % (r.code, r.err)
        assert any(LINE.match(line) for line in r.err.splitlines()), "no code: " + r.err
        allowed = (reason,) if isinstance(reason, str) else reason
        assert not allowed or r.reason in allowed, "[%s], %s was due: %s" % (r.reason, allowed, r.err)
        assert self.state() == before, "a file changed: %s" % sorted(set(self.state()) ^ set(before))
        return r

    def fine(self, *words, **more):
        r = self.run(*words, **more)
        assert r.code in (0, 1), "exit code %d: %s" % (r.code, r.err)
        return r


def run_file(world, reason):
    """A hostile document through the three doors: findings, text, edit in place."""
    path = world.path("mal.docx")
    # Made in a process of its own: what a parent holds counts in the peak of its children.
    child = os.fork()
    if child == 0:
        code = 1
        try:
            world.write("mal.docx", world.case.function())
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0, "the generator failed"
    audit = ("audit", "--format", "json", "--date", DATE, path)
    text = ("text", path)
    edit = ("insert", path, "--in-place", "--no-backup", "--date", DATE, "--timestamp", "2026-11-24T12:00:00Z")
    if reason is None:
        world.fine(*audit)
        world.fine(*text)
        world.run(*edit)
        return "read"
    world.refused(*text, reason=reason)
    world.refused(*edit, reason=reason)
    return world.refused(*audit, reason=reason).reason


def say_platform():
    return "Python %s, %s" % (sys.version.split()[0], os.uname().machine)
