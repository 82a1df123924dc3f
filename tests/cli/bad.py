#!/usr/bin/env python3
"""Bad input, one by one: each case gives exit code 2, lines of the promised shape on stderr, nothing on
stdout, and leaves every file as it was.

  bad.py --klimakrav BIN --fixtures DIR [--case NAME]

Prints one line per case; exit 1 if any fails.
"""
import argparse
import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

LINE = re.compile(r"^klimakrav: .+; .+ \[[a-z0-9-]+\]$")
CASES = []


def case(function):
    CASES.append(function)
    return function


class World:
    """A folder of its own for one case, and the program."""

    def __init__(self, tool, fixtures, folder):
        self.tool, self.fixtures, self.dir = tool, fixtures, folder

    def path(self, name):
        return os.path.join(self.dir, name)

    def template(self, name="mal.docx", source="kontorrekvisita-fjordheim.docx"):
        shutil.copy(os.path.join(self.fixtures, "templates", source), self.path(name))
        return self.path(name)

    def broken(self, name):
        shutil.copy(os.path.join(self.fixtures, "broken", name), self.path(name))
        return self.path(name)

    def write(self, name, text, mode="w"):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), mode) as f:
            f.write(text)
        return self.path(name)

    def state(self):
        seen = {}
        for folder, _, files in os.walk(self.dir):
            for name in files:
                full = os.path.join(folder, name)
                with open(full, "rb") as f:
                    seen[full] = (hashlib.sha256(f.read()).hexdigest(), os.stat(full).st_mtime_ns)
        return seen

    def run(self, *words, **more):
        env = {**os.environ, "LC_ALL": "C.UTF-8", **more.pop("env", {})}
        return subprocess.run([self.tool, *words], capture_output=True, timeout=120, env=env, **more)

    def refused(self, *words, code=None, says=None, stdout=b"", **more):
        """The promise itself. Returns stderr."""
        before = self.state()
        r = self.run(*words, **more)
        text = r.stderr.decode("utf-8")
        assert r.returncode == 2, "exit code %d: %s" % (r.returncode, text)
        lines = text.splitlines()
        assert lines, "nothing on stderr"
        for line in lines:
            assert line.startswith("klimakrav: "), "foreign line: " + line
        assert LINE.match(lines[0]), "shape: " + lines[0]
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text), "control characters: %r" % text
        if code:
            assert "[%s]" % code in text, "no [%s]: %s" % (code, text)
        if says:
            assert says in text, "no %r: %s" % (says, text)
        if stdout is not None:
            assert r.stdout == stdout, "stdout: %r" % r.stdout[:200]
        assert self.state() == before, "a file changed"
        return text


# ---- wrong use ------------------------------------------------------------------------------------

@case
def no_command(w):
    r = w.run("--lang", "nb")
    assert r.returncode == 2 and b"Bruk" in r.stderr and r.stdout == b""


@case
def unknown_command(w):
    w.refused("audti", w.template(), code="usage", says="audti")


@case
def unknown_option(w):
    w.refused("audit", "--categroy", "bygg", w.template(), code="usage", says="--category")


@case
def option_of_another_command(w):
    w.refused("audit", "--in-place", w.template(), code="usage", says="--in-place")


@case
def option_without_value(w):
    w.refused("audit", w.template(), "--date", code="usage")


@case
def option_with_empty_value(w):
    w.refused("audit", w.template(), "--date=", code="usage")


@case
def option_twice(w):
    w.refused("audit", w.template(), "--lang", "nb", "--lang", "nn", code="usage")


@case
def flag_with_value(w):
    w.refused("audit", "--as-procurement=yes", w.template(), code="usage")


@case
def wrong_choice(w):
    w.refused("audit", "--fail-on", "panic", w.template(), code="usage", says="panic")


@case
def wrong_date(w):
    for date in ("2026-13-01", "2026-02-30", "i dag", "2026-1-1", "2026-11-23x"):
        w.refused("audit", "--date", date, w.template(), says=date)


@case
def wrong_jobs(w):
    for jobs in ("0", "-1", "many", "99999999999999999999"):
        w.refused("audit", "--jobs", jobs, w.template(), code="usage")


@case
def wrong_format_for_command(w):
    w.refused("text", "--format", "sarif", w.template(), code="usage", says="text|json")


@case
def no_file(w):
    for command in ("audit", "check", "insert", "classify", "text", "withdraw"):
        w.refused(command, code="usage")


@case
def two_files_for_insert(w):
    w.refused("insert", w.template("a.docx"), w.template("b.docx"), "-o", w.path("c.docx"), code="usage")


@case
def tsv_commands_want_lines(w):
    w.refused("requirements", code="usage")
    w.refused("classify", "--tsv", w.template(), code="usage")


# ---- unreadable input -----------------------------------------------------------------------------

@case
def missing_file(w):
    w.refused("audit", w.path("borte.docx"), code="io", says="borte.docx", stdout=None)
    w.refused("insert", w.path("borte.docx"), "-o", w.path("ny.docx"), code="io", says="borte.docx")
    w.refused("text", w.path("borte.docx"), code="io")


@case
def missing_file_does_not_stop_the_rest(w):
    text = w.refused("audit", "--lang", "en", w.path("borte.docx"), w.template(), code="io", stdout=None)
    r = w.run("audit", "--lang", "en", w.path("borte.docx"), w.path("mal.docx"))
    assert b"mal.docx" in r.stdout, text


@case
def folder_without_templates(w):
    w.write("tom/notat.txt", "ikke en mal")
    w.write("tom/~$mal.docx", "lock file")
    w.refused("audit", w.path("tom"), code="no-templates")


@case
def folder_for_insert(w):
    os.mkdir(w.path("mappe"))
    w.refused("insert", w.path("mappe"), "-o", w.path("ny.docx"), code="io")


@case
def not_a_zip(w):
    w.refused("audit", w.broken("not-a-zip.docx"), code="not-word", stdout=None)
    w.refused("insert", w.broken("not-a-zip.docx"), "--in-place", code="not-word")


@case
def empty_file(w):
    w.refused("insert", w.broken("empty.docx"), "--in-place", code="not-word")


@case
def encrypted(w):
    w.refused("audit", w.broken("encrypted-office.docx"), code="encrypted", stdout=None)
    w.refused("insert", w.broken("encrypted-office.docx"), "--in-place", code="encrypted")


@case
def truncated(w):
    w.refused("audit", w.broken("truncated.docx"), code="zip-inconsistent", stdout=None)
    w.refused("insert", w.broken("truncated.docx"), "--in-place", code="zip-inconsistent")


@case
def device_and_fifo(w):
    os.mkfifo(w.path("ror.docx"))
    r = w.run("audit", w.path("ror.docx"))
    assert r.returncode == 2 and LINE.match(r.stderr.decode().splitlines()[0]), r.stderr
    os.unlink(w.path("ror.docx"))
    w.refused("insert", "/dev/zero", "-o", w.path("ny.docx"), code="io")


@case
def every_broken_fixture(w):
    with open(os.path.join(w.fixtures, "broken", "EXPECT.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f][1:]
    for name, _, reason in rows:
        path = w.broken(name)
        w.refused("audit", path, code=None if reason == "-" else reason, says=name, stdout=None)
        w.refused("insert", path, "--in-place", code=None if reason == "-" else reason, says=name)


@case
def name_with_escape(w):
    name = "rar\x1b]0;tittel\x07\x1b[31m.docx"
    w.write(name, "ikke en zip")
    w.refused("audit", w.path(name), code="not-word", stdout=None)
    r = w.run("audit", w.path(name))
    assert b"\x1b" not in r.stdout + r.stderr


# ---- rules ----------------------------------------------------------------------------------------

@case
def rules_folder_missing(w):
    w.refused("audit", "--rules", w.path("ingen"), w.template(), code="io", says="ingen")


@case
def rules_folder_empty(w):
    os.mkdir(w.path("tom"))
    w.refused("audit", "--rules", w.path("tom"), w.template(), code="io", says="tom")


def with_rules(w, text, **more):
    w.write("egne/egne.xml", text)
    return w.refused("audit", "--rules", w.path("egne"), w.template(), code="rule-file", says="egne.xml", **more)


BANK = '<bank xmlns="urn:klimakrav:rules:1" id="egne">\n%s\n</bank>\n'


@case
def rule_file_not_xml(w):
    said = with_rules(w, "<bank>\n<oops\n")
    assert re.search(r"egne\.xml:\d+", said), said


@case
def rule_file_unknown_element(w):
    said = with_rules(w, BANK % "<pattern id='p'><word>klima</word></pattern>\n<tull/>")
    assert "egne.xml:3" in said, said


@case
def rule_file_bad_regex(w):
    said = with_rules(w, BANK % "<pattern id='egen-p'>\n<regex>(klima</regex>\n</pattern>")
    assert re.search(r"egne\.xml:[234]", said), said


@case
def rule_file_with_doctype(w):
    with_rules(w, '<!DOCTYPE bank [<!ENTITY x "y">]>\n' + BANK % "")


@case
def bank_missing(w):
    w.refused("audit", w.template(), code=None, env={"KLIMAKRAV_BANK": w.path("ingen")})


@case
def unknown_id(w):
    w.refused("rules", "show", "FINNES-IKKE", code="id", says="FINNES-IKKE")
    w.refused("rules", "show", code="usage")
    w.refused("rules", "vis", code="usage")
    w.refused("rules", code="usage")


# ---- insert ---------------------------------------------------------------------------------------

@case
def insert_without_target(w):
    w.refused("insert", w.template(), code="usage", says="-o")


@case
def insert_contradictions(w):
    mal = w.template()
    w.refused("insert", mal, "-o", w.path("ny.docx"), "--in-place", code="usage")
    w.refused("insert", mal, "--in-place", "--backup", w.path("b"), "--no-backup", code="usage")
    w.refused("insert", mal, "--in-place", "--track", "--no-track", code="usage")


@case
def insert_onto_itself(w):
    mal = w.template()
    w.refused("insert", mal, "-o", mal, code="usage", says="--in-place")
    os.symlink(mal, w.path("lenke.docx"))
    w.refused("insert", mal, "-o", w.path("lenke.docx"), code="usage")


@case
def unknown_clause(w):
    w.refused("insert", w.template(), "-o", w.path("ny.docx"), "--clause", "FINNES-IKKE", code="clause",
              says="FINNES-IKKE")


@case
def wrong_values(w):
    mal, ny = w.template(), w.path("ny.docx")
    w.refused("insert", mal, "-o", ny, "--set", "andel", code="usage", says="andel")
    w.refused("insert", mal, "-o", ny, "--values", w.path("borte.json"), code="io", says="borte.json")
    w.refused("insert", mal, "-o", ny, "--values", w.write("v.json", "{andel: 30}"), code="values", says="v.json")
    w.refused("insert", mal, "-o", ny, "--values", w.write("v2.json", "[1]"), code="values")
    w.refused("insert", mal, "-o", ny, "--values", w.write("v3.json", '{"a": {"b": 1}}'), code="values")


@case
def wrong_timestamp(w):
    w.refused("insert", w.template(), "-o", w.path("ny.docx"), "--timestamp", "i morgen", code="timestamp")


# ---- output ---------------------------------------------------------------------------------------

@case
def output_folder_missing(w):
    w.refused("audit", w.template(), "--output", w.path("ingen/rapport.html"), code="io", says="ingen/rapport.html")
    w.refused("insert", w.template(), "-o", w.path("ingen/ny.docx"), code="io")


@case
def output_is_a_folder(w):
    os.mkdir(w.path("mappe"))
    w.refused("audit", w.template(), "--output", w.path("mappe"), code="io")


@case
def output_cannot_be_written(w):
    w.refused("audit", w.template(), "--output", "/proc/klimakrav-test", code="io")
    w.refused("insert", w.template(), "-o", "/proc/klimakrav-test.docx", code="io")


@case
def stdout_full(w):
    with open("/dev/full", "wb") as full:
        before = w.state()
        mal = w.template()
        before = w.state()
        for words in (["audit", mal], ["rules", "list"], ["--help"], ["text", mal]):
            r = subprocess.run([w.tool, *words], stdout=full, stderr=subprocess.PIPE, timeout=120)
            assert r.returncode == 2, (words, r.returncode)
            assert LINE.match(r.stderr.decode().splitlines()[-1]), r.stderr
        assert w.state() == before


@case
def reader_gone(w):
    p = subprocess.Popen([w.tool, "rules", "list", "--format", "json"], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    p.stdout.close()
    said = p.stderr.read().decode()
    # `| head` has read enough: that is no failure, and not a word is lost on it.
    assert p.wait(timeout=60) == 0 and said == "", (p.returncode, said)


@case
def disk_full(w):
    """A file-size limit stands for a disk without room: the write fails half-way."""
    mal = w.template()
    few = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))  # noqa: E731
    ignore = {"preexec_fn": lambda: (__import__("signal").signal(__import__("signal").SIGXFSZ,
                                                                 __import__("signal").SIG_IGN), few())}
    w.refused("audit", mal, "--format", "html", "--output", w.path("rapport.html"), code="io", **ignore)
    w.refused("insert", mal, "-o", w.path("ny.docx"), code="io", **ignore)
    w.refused("insert", mal, "--in-place", code="io", **ignore)
    assert sorted(os.listdir(w.dir)) == ["mal.docx"], os.listdir(w.dir)


@case
def backup_folder_is_a_file(w):
    w.write("b", "en fil")
    w.refused("insert", w.template(), "--in-place", "--backup", w.path("b"), code="io")


# ---- text door ------------------------------------------------------------------------------------

@case
def line_without_tab(w):
    w.refused("requirements", "--tsv", input=b"1\tskal\nuten tabulator\n", code="usage", says="2", stdout=None)


@case
def line_not_utf8(w):
    w.refused("classify", "--tsv", input=b"1\tbl\xe5b\xe6r\n", code="encoding", says="stdin:1", stdout=None)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--klimakrav", required=True)
    parser.add_argument("--fixtures", required=True)
    parser.add_argument("--case")
    options = parser.parse_args()
    failed = 0
    for function in CASES:
        if options.case and options.case != function.__name__:
            continue
        with tempfile.TemporaryDirectory(prefix="kk-bad-") as folder:
            try:
                function(World(os.path.abspath(options.klimakrav), os.path.abspath(options.fixtures), folder))
                print("ok   " + function.__name__)
            except (AssertionError, OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as e:
                failed += 1
                print("FAIL %s: %s" % (function.__name__, e))
    print("%d cases, %d failed" % (len(CASES), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
