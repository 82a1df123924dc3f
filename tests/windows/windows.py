"""klimakrav.exe and klimakrav.dll under Wine against the command line of this machine.

  windows.py --made FOLDER --klimakrav PROGRAM [TEST...]

FOLDER is what plugin/hosts/windows/build.sh made. Wine's own folder is made anew each time, so that
nothing of the machine matters. Exit code 77: something is missing here.
"""
import argparse
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TEMPLATES = os.path.join(ROOT, "fixtures", "templates")
BROKEN = os.path.join(ROOT, "fixtures", "broken")
DATE = ["--date", "2026-11-23"]
TIME = DATE + ["--timestamp", "2026-11-23T10:00:00Z"]
COMPILER = "x86_64-w64-mingw32-gcc-posix"
GIVEN = argparse.Namespace()


def documents(folder):
    return sorted(n for n in os.listdir(folder) if n.lower().endswith((".docx", ".dotx", ".docm", ".dotm")))


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def letter(path):
    """The path as a person at Windows writes it; Wine shows this machine's files as disk Z."""
    return "Z:" + path.replace("/", "\\")


def native(*words, cwd=TEMPLATES):
    return subprocess.run([GIVEN.klimakrav, *words], cwd=cwd, capture_output=True, stdin=subprocess.DEVNULL)


def exe(*words, cwd=TEMPLATES, program=None, **more):
    more.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([GIVEN.wine, program or GIVEN.exe, *words], cwd=cwd, capture_output=True,
                          env=GIVEN.env, timeout=300, **more)


class Case(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.mkdtemp(dir=GIVEN.work)

    def same(self, theirs, ours, what):
        self.assertEqual(ours.stdout, theirs.stdout, what)
        self.assertEqual(ours.stderr, theirs.stderr, what)
        self.assertEqual(ours.returncode, theirs.returncode, what)


class Same(Case):
    """The same findings and the same bytes as here."""

    def test_findings_of_every_template(self):
        names = documents(TEMPLATES)
        self.assertGreater(len(names), 20)
        for form in ("json", "html", "sarif", "junit", "csv", "text"):
            words = ["audit", *DATE, "--lang", "nb", "--format", form, *names]
            self.same(native(*words), exe(*words), form)

    def test_new_document_of_every_template(self):
        changed = 0
        for name in documents(TEMPLATES):
            results = []
            for run in (native, exe):
                out = os.path.join(self.work, "out.docx")
                done = run("insert", name, "-o", out, *TIME, "--author", "Kari Ås")
                results.append((done.returncode, done.stdout, done.stderr,
                                read(out) if os.path.exists(out) else None))
                if os.path.exists(out):
                    os.remove(out)
            self.assertEqual(results[0], results[1], name)
            changed += results[0][3] not in (None, read(TEMPLATES, name))
        self.assertGreater(changed, 15)

    def test_a_whole_tree_with_journal_and_undo(self):
        trees = []
        for run in (native, exe):
            tree = os.path.join(self.work, run.__name__)
            shutil.copytree(TEMPLATES, tree, ignore=lambda _, names: set(names) - set(documents(TEMPLATES)))
            before = {n: read(tree, n) for n in os.listdir(tree)}
            done = run("update", ".", "--in-place", *TIME, cwd=tree)
            after = {n: read(tree, n) for n in os.listdir(tree) if n.endswith(".docx")}
            self.assertNotEqual(after, before)
            self.assertTrue(any(n.startswith(".klimakrav-journal") for n in os.listdir(tree)))
            undone = run("update", "--undo", ".klimakrav-journal", cwd=tree)
            self.assertEqual(undone.returncode, 0, undone.stderr)
            self.assertEqual({n: read(tree, n) for n in before}, before)
            trees.append((done.returncode, after))
        self.assertEqual(trees[0], trees[1])

    def test_refusals_of_broken_files(self):
        for name in documents(BROKEN):
            words = ["audit", *DATE, "--format", "json", name]
            self.same(native(*words, cwd=BROKEN), exe(*words, cwd=BROKEN), name)

    def test_output_has_no_carriage_returns(self):
        name = documents(TEMPLATES)[0]
        for words in (["audit", *DATE, name], ["text", name], ["rules", "list"], ["--help"], ["bogus"]):
            done = exe(*words)
            self.assertGreater(len(done.stdout + done.stderr), 20)
            self.assertNotIn(b"\r", done.stdout + done.stderr)
        out = os.path.join(self.work, "r.json")
        exe("audit", *DATE, "--format", "json", "--output", out, name)
        self.assertEqual(read(out), native("audit", *DATE, "--format", "json", name).stdout)


class Streams(Case):
    def test_lines_of_standard_input(self):
        rows = "a\tLeverandøren skal ha nullutslippskjøretøy.\r\nb\tPrisen er 100 kroner.\n".encode()
        theirs = subprocess.run([GIVEN.klimakrav, "requirements", "--tsv"], input=rows, capture_output=True)
        ours = exe("requirements", "--tsv", input=rows, stdin=None)
        self.same(theirs, ours, "requirements")
        out = os.path.join(self.work, "out.tsv")
        self.assertEqual(exe("requirements", "--tsv", "--output", out, input=rows, stdin=None).returncode, 0)
        self.assertEqual(read(out), theirs.stdout)

    def test_questions_and_answers(self):
        line = b'{"id":1,"command":"version"}\n{"id":2,"command":"nonsense"}\nnot json\n'
        theirs = subprocess.run([GIVEN.klimakrav, "serve", "--stdio", *TIME], input=line, capture_output=True)
        ours = exe("serve", "--stdio", *TIME, input=line, stdin=None)
        self.same(theirs, ours, "serve")
        self.assertEqual(ours.stdout.count(b"\n"), 3)


class Places(Case):
    def put(self, *path):
        target = os.path.join(self.work, *path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(os.path.join(TEMPLATES, GIVEN.sample), target)
        return target

    def insert(self, path, *more):
        return exe("insert", letter(path), "--in-place", *TIME, *more)

    def expected(self):
        out = os.path.join(self.work, "expected.docx")
        done = native("insert", GIVEN.sample, "-o", out, *TIME)
        self.assertEqual(done.returncode, 0, done.stderr)
        return read(out)

    def test_letters_and_blanks(self):
        path = self.put("Møre og Åsnes", "kravspesifikasjon – blåbærsyltetøy.docx")
        done = self.insert(path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("blåbærsyltetøy.docx".encode(), done.stdout)
        self.assertEqual(read(path), self.expected())
        self.assertEqual(read(path + ".bak"), read(TEMPLATES, GIVEN.sample))
        listed = exe("audit", *DATE, "--format", "json", letter(os.path.dirname(path)))
        self.assertIn("Møre og Åsnes/kravspesifikasjon – blåbærsyltetøy.docx".encode(), listed.stdout)

    def test_path_of_more_than_260_characters(self):
        path = self.put(*["en mappe med et ganske langt navn nummer %02d" % i for i in range(8)], "mål.docx")
        self.assertGreater(len(letter(path)), 300)
        done = self.insert(path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(read(path), self.expected())
        top = os.path.join(self.work, "en mappe med et ganske langt navn nummer 00")
        into = os.path.join(self.work, "et annet sted med et langt navn så det monner")
        os.makedirs(into)
        done = exe("update", letter(top), "--output-dir", letter(into), *TIME)
        self.assertNotEqual(done.returncode, 2, done.stderr)
        copies = [os.path.join(folder, n) for folder, _, names in os.walk(into) for n in names]
        self.assertEqual([os.path.basename(path) for path in copies], ["mål.docx"])
        self.assertGreater(len(letter(copies[0])), 300)

    def test_file_open_in_another_program(self):
        path = self.put("i bruk.docx")
        before = read(path)
        with subprocess.Popen([GIVEN.wine, GIVEN.hold, letter(path)], env=GIVEN.env, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as other:
            self.assertEqual(other.stdout.readline().strip(), b"held")
            audit = exe("audit", *DATE, "--format", "json", letter(path))
            done = self.insert(path)
            other.stdin.close()
            other.wait(60)
        self.assertIn(audit.returncode, (0, 1), audit.stderr)  # reading is allowed
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn(b"open in another program; close it there", done.stderr)
        self.assertEqual(read(path), before)
        self.assertEqual(os.listdir(self.work), ["i bruk.docx"])
        self.assertEqual(self.insert(path).returncode, 0)

    def test_write_protected_file(self):
        path = self.put("vernet.docx")
        os.chmod(path, stat.S_IREAD)
        done = self.insert(path)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"write-protected", done.stderr)
        self.assertEqual(read(path), read(TEMPLATES, GIVEN.sample))

    def test_what_is_not_there(self):
        empty = os.path.join(self.work, "tom")
        os.makedirs(empty)
        for words in (["audit", "Z:\\finnes\\ikke.docx"], ["audit", letter(empty)],
                      ["insert", letter(self.put("a.docx")), "-o", letter(self.work) + "\\b\\c.docx"]):
            done = exe(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)

    def test_patterns_are_names(self):
        self.put("æ.docx")
        self.put("b.docx")
        done = exe("audit", *DATE, "--format", "json", "*.docx", cwd=self.work)
        self.same(native("audit", *DATE, "--format", "json", "b.docx", "æ.docx", cwd=self.work), done, "pattern")

    def test_files_dropped_on_the_icon(self):
        path = self.put("slippes her.docx")
        done = exe(letter(path), cwd=GIVEN.work)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        page = read(self.work, "klimakrav-rapport.html").decode()
        self.assertIn("slippes her.docx", page)
        self.assertIn("</html>", page)
        self.assertEqual(read(path), read(TEMPLATES, GIVEN.sample))

    def test_rules_of_ones_own(self):
        own = os.path.join(self.work, "egne krav")
        os.makedirs(own)
        with open(os.path.join(own, "krav.xml"), "w", encoding="utf-8") as file:
            file.write("<nonsense/>\n")
        done = exe("rules", "lint", "--rules", letter(own))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"krav.xml", done.stderr)

    def test_watch_says_that_it_is_left_out(self):
        done = exe("watch", letter(self.work), "--output-dir", letter(self.work))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"planlagt oppgave", done.stderr)


class Library(Case):
    def test_consumer_of_the_dll(self):
        program = os.path.join(self.work, "consumer.exe")
        build = subprocess.run([COMPILER, "-I", os.path.join(ROOT, "plugin", "include"), "-o", program,
                                os.path.join(ROOT, "tests", "api", "consumer.c"),
                                os.path.join(GIVEN.made, "bin", "klimakrav.dll")], capture_output=True)
        self.assertEqual(build.returncode, 0, build.stderr)
        for name in ("klimakrav.dll", "bank.kkb"):
            shutil.copyfile(os.path.join(GIVEN.made, "bin", name), os.path.join(self.work, name))
        done = exe(letter(self.work), letter(os.path.join(TEMPLATES, GIVEN.sample)), program=program)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout.decode(), r"^\d+\s*$")

    def test_dll_shows_what_the_library_shows(self):
        listed = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", os.path.join(GIVEN.made, "bin", "klimakrav.dll")],
                                capture_output=True, text=True, check=True).stdout
        table = listed.split("[Ordinal/Name Pointer] Table")[1].split("\n\n")[0]
        shown = {line.split()[-1] for line in table.splitlines() if line.lstrip().startswith("[")}
        with open(os.path.join(ROOT, "plugin", "core", "klimakrav.map"), encoding="utf-8") as file:
            wanted = {word.rstrip(";") for word in file.read().split() if word.startswith("kk_") and word.endswith(";")}
        self.assertEqual(sorted(shown)[:400], sorted(wanted))

    def test_nothing_to_install_beside_them(self):
        for name in ("klimakrav.exe", "klimakrav.dll"):
            listed = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", os.path.join(GIVEN.made, "bin", name)],
                                    capture_output=True, text=True, check=True).stdout
            needs = {line.split()[-1].lower() for line in listed.splitlines() if "DLL Name:" in line}
            self.assertLessEqual(needs, {"kernel32.dll", "msvcrt.dll", "advapi32.dll", "shell32.dll", "user32.dll",
                                         "ws2_32.dll"}, name)


def prepare():
    words = argparse.ArgumentParser()
    words.add_argument("--made", required=True)
    words.add_argument("--klimakrav", required=True)
    words.add_argument("names", nargs="*", help="Class or Class.test; all when left out")
    words.parse_args(namespace=GIVEN)
    GIVEN.wine = shutil.which("wine")
    built = os.path.join(GIVEN.made, "bin", "klimakrav.exe")
    for what, there in (("wine", GIVEN.wine), (COMPILER, shutil.which(COMPILER)), (built, os.path.exists(built))):
        if not there:
            print(f"{what} is missing (sh plugin/setup.sh windows installs what is needed)")
            sys.exit(77)
    GIVEN.work = tempfile.mkdtemp(prefix="kk-windows-")
    GIVEN.env = dict(os.environ, WINEPREFIX=os.path.join(GIVEN.work, "wine"), WINEDEBUG="-all", LC_ALL="C.UTF-8",
                     WINEDLLOVERRIDES="mscoree,mshtml=", DISPLAY="")
    # Away from the source tree: the bank must come out of the program.
    GIVEN.exe = os.path.join(GIVEN.work, "klimakrav.exe")
    shutil.copyfile(built, GIVEN.exe)
    GIVEN.hold = os.path.join(GIVEN.work, "hold.exe")
    subprocess.run([COMPILER, "-municode", "-static", "-o", GIVEN.hold,
                    os.path.join(ROOT, "tests", "windows", "hold.c")], check=True)
    GIVEN.sample = documents(TEMPLATES)[0]
    subprocess.run([GIVEN.wine, "wineboot", "--init"], env=GIVEN.env, timeout=300, capture_output=True)


if __name__ == "__main__":
    prepare()
    try:
        result = unittest.main(argv=[sys.argv[0], *GIVEN.names], verbosity=2, exit=False).result
    finally:
        subprocess.run(["wineserver", "-k"], env=GIVEN.env, capture_output=True)
        shutil.rmtree(GIVEN.work, ignore_errors=True)
    sys.exit(0 if result.wasSuccessful() else 1)
