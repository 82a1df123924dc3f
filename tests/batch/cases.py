#!/usr/bin/env python3
"""update, --shard and --files-from from outside: what is written where, what is refused, what is said.

  cases.py --klimakrav BIN --fixtures DIR --schema FILE [--case NAME]
"""
import argparse
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import batchkit as kit  # noqa: E402
import maketree  # noqa: E402
from use import valid  # noqa: E402

CASES = []
LINE = re.compile(r"^klimakrav: .+; .+ \[[a-z0-9-]+\]$")


def case(function):
    CASES.append(function)
    return function


class World:
    def __init__(self, options, made, folder):
        self.tool, self.dir, self.fixtures, self.schema = options.klimakrav, folder, options.fixtures, options.tables
        self.tree = kit.copy(made, os.path.join(folder, "maler"))
        self.old = kit.tree(self.tree)
        self.backup = os.path.join(folder, "kopier")
        self.journal = os.path.join(self.tree, kit.JOURNAL)

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def update(self, *words, code=(0, 1), **more):
        r = kit.run(self.tool, "update", *words, *kit.STAMP, code=code, **more)
        if code == 2:
            lines = [l for l in r.stderr.decode().splitlines() if l]
            assert lines and all(LINE.match(l) for l in lines), lines[:3]
        return r

    def undo(self, code=0):
        return kit.run(self.tool, "update", "--undo", self.journal, "--lang", "en", code=code)

    def json(self, *words, code=(0, 1)):
        found = json.loads(self.update("--format", "json", *words, code=code).stdout)
        valid(found, self.schema, self.schema)
        return found


# ---- plan and run -----------------------------------------------------------------------------------

@case
def plan_says_what_the_run_does(w):
    plan = w.json(w.tree, "--dry-run")
    assert kit.tree(w.tree, every=True) == w.old and not os.path.exists(w.journal)
    text = w.update(w.tree, "--dry-run").stdout.decode()
    done = w.json(w.tree, "--in-place", "--backup", w.backup)
    assert [d["path"] for d in plan["documents"]] == [d["path"] for d in done["documents"]]
    for a, b in zip(plan["documents"], done["documents"]):
        assert (a["outcome"], a.get("after"), a["changes"]) == (b["outcome"], b.get("after"), b["changes"]), a["path"]
        assert a["path"] in text
        for c in a["changes"]:
            if c["action"] == "insert":
                assert c["clause"] in text and c["place"] and (c["why"] or not c["rules"])
    now = kit.tree(w.tree)
    for d in done["documents"]:
        name = os.path.relpath(d["path"], w.tree)
        assert now[name] == d.get("after", w.old[name]) and d["before"] == w.old[name]
    assert plan["summary"]["changed"] > 3


@case
def run_twice_is_run_once(w):
    w.update(w.tree, "--in-place", "--backup", w.backup)
    first = kit.tree(w.tree)
    again = w.json(w.tree, "--in-place", "--backup", w.backup)
    assert again["summary"]["changed"] == 0 and kit.tree(w.tree) == first
    assert os.path.exists(w.journal + ".1"), "the finished journal was not set aside"
    kit.run(w.tool, "update", "--undo", w.journal + ".1", code=0)
    assert kit.tree(w.tree) == w.old


@case
def same_for_any_number_of_threads(w):
    seen = set()
    for jobs in ("1", "2", "7"):
        tree = kit.copy(w.tree, w.path("j"))
        r = w.update(tree, "--in-place", "--backup", w.path("b" + jobs), "--jobs", jobs)
        text = r.stdout.decode()
        seen.add((text, tuple(sorted(kit.tree(tree).items()))))
    assert len(seen) == 1


@case
def backups_keep_the_tree_and_the_time(w):
    some = sorted(w.old)[0]
    os.utime(os.path.join(w.tree, some), (1000000000, 1000000000))
    w.update(w.tree, "--in-place", "--backup", w.backup)
    now, kept = kit.tree(w.tree), kit.tree(w.backup)
    changed = {n for n in now if now[n] != w.old[n]}
    assert set(kept) == changed and all(kept[n] == w.old[n] for n in kept)
    w.undo()
    assert kit.tree(w.tree) == w.old
    assert os.stat(os.path.join(w.tree, some)).st_mtime == 1000000000


@case
def without_a_folder_the_copy_lies_beside(w):
    w.update(w.tree, "--in-place")
    now = kit.tree(w.tree)
    for name in now:
        beside = os.path.join(w.tree, name + ".bak")
        assert os.path.exists(beside) == (now[name] != w.old[name])
        assert not os.path.exists(beside) or kit.digest(beside) == w.old[name]
    w.undo()
    assert kit.tree(w.tree) == w.old


@case
def backup_folder_inside_the_tree_is_no_input(w):
    inside = os.path.join(w.tree, "original")
    w.update(w.tree, "--in-place", "--backup", inside)
    n = len(kit.tree(inside))
    r = w.json(w.tree, "--in-place", "--backup", inside)
    assert n > 3 and len(r["documents"]) == len(w.old) and len(kit.tree(inside)) == n


@case
def output_folder_gets_the_whole_tree(w):
    out = w.path("nye")
    w.update(w.tree, "--output-dir", out)
    new = kit.tree(out)
    assert set(new) == set(w.old) and kit.tree(w.tree) == w.old
    assert any(new[n] != w.old[n] for n in new) and any(new[n] == w.old[n] for n in new)
    w.undo()
    assert kit.tree(out) == {} and kit.tree(w.tree) == w.old


@case
def several_folders_keep_their_names(w):
    other = kit.copy(w.tree, w.path("andre"))
    out = w.path("nye")
    w.update(w.tree, other, "--output-dir", out)
    assert set(kit.tree(out)) == {p + "/" + n for p in ("maler", "andre") for n in w.old}


@case
def a_bad_file_never_stops_the_rest(w):
    for name in ("encrypted-office.docx", "dtd-document.docx", "truncated.docx"):
        shutil.copy(os.path.join(w.fixtures, "broken", name), os.path.join(w.tree, name))
    before = kit.tree(w.tree)
    r = w.json(w.tree, "--in-place", "--backup", w.backup, code=2)
    assert r["summary"]["failed"] == 3 and r["summary"]["changed"] > 3 and not r["summary"]["stopped"]
    now = kit.tree(w.tree)
    assert all(now[n] == before[n] for n in before if "/" not in n and n.split(".")[0].split("-")[0] in
               ("encrypted", "dtd", "truncated"))


# ---- journal ----------------------------------------------------------------------------------------

@case
def journal_of_other_options_is_refused(w):
    w.update(w.tree, "--in-place", "--backup", w.backup)
    state = kit.tree(w.tree, every=True)
    for words in (["--level", "spydspiss"], ["--no-track"], ["--clause", "FEL-TK-01"], ["--author", "Kari"]):
        r = w.update(w.tree, "--in-place", "--backup", w.backup, "--resume", *words, code=2)
        assert "[journal-other]" in r.stderr.decode()
    rules = w.path("regler")
    shutil.copytree(os.path.join(w.fixtures, "..", "rules", "bank"), w.path("bank", "bank"))
    shutil.copytree(os.path.join(w.fixtures, "..", "rules", "schema"), w.path("bank", "schema"))
    with open(w.path("bank", "bank", "law.xml"), "a", encoding="utf-8") as f:
        f.write("<!-- another bank -->\n")
    r = w.update(w.tree, "--in-place", "--backup", w.backup, "--resume", code=2,
                 env={**os.environ, "KLIMAKRAV_BANK": w.path("bank")})
    assert "[journal-other]" in r.stderr.decode() and not os.path.exists(rules)
    assert kit.tree(w.tree, every=True) == state
    r = w.json(w.tree, "--in-place", "--backup", w.backup, "--resume")
    assert r["summary"]["earlier"] == len(w.old)


@case
def unfinished_journal_wants_resume_or_undo(w):
    p = subprocess.Popen([w.tool, "update", w.tree, "--in-place", "--jobs", "1", *kit.STAMP],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not os.path.exists(w.journal) or b"begin" not in open(w.journal, "rb").read():
        time.sleep(0.005)
    p.send_signal(signal.SIGINT)
    assert p.wait() == 2
    words = kit.journal_lines(w.journal)
    assert words[-1][0] == b"stop", words[-1]
    assert sum(l[0] == b"begin" for l in words) == sum(l[0] == b"done" for l in words)
    r = w.update(w.tree, "--in-place", code=2)
    assert "[journal-open]" in r.stderr.decode()
    r = w.json(w.tree, "--in-place", "--resume")
    assert r["summary"]["earlier"] > 0 and r["summary"]["changed"] > 0
    w.undo()
    assert kit.tree(w.tree) == w.old
    r = w.update(w.tree, "--in-place", "--resume", code=2)
    assert "[journal-undone]" in r.stderr.decode()


@case
def resume_keeps_date_and_time(w):
    """Without --date and --timestamp the second half must bear those of the first."""
    p = subprocess.Popen([w.tool, "update", w.tree, "--in-place", "--jobs", "1"], stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    while not os.path.exists(w.journal) or b"\ndone\t" not in open(w.journal, "rb").read():
        time.sleep(0.002)
    p.send_signal(signal.SIGTERM)
    assert p.wait() == 2
    time.sleep(1.1)
    kit.run(w.tool, "update", w.tree, "--in-place", "--resume")
    run = next(l for l in kit.journal_lines(w.journal) if l[0] == b"run")
    stamps = set()
    for name in kit.tree(w.tree):
        if kit.digest(os.path.join(w.tree, name)) != w.old[name]:
            with maketree.zipfile.ZipFile(os.path.join(w.tree, name)) as z:
                stamps |= set(re.findall(rb'w:author="klimakrav" w:date="([^"]+)"', z.read("word/document.xml")))
    assert stamps == {run[5]}, (stamps, run)


@case
def what_is_no_journal_is_left_alone(w):
    for content in (b"kari\n", b"\0" * 50, b"klimakrav-journal\t1\t00000000\n"):
        with open(w.journal, "wb") as f:
            f.write(content)
        for words in ((w.tree, "--in-place"), (w.tree, "--in-place", "--resume")):
            assert "[journal-damaged]" in w.update(*words, code=2).stderr.decode()
        assert "[journal-damaged]" in w.undo(code=2).stderr.decode()
        with open(w.journal, "rb") as f:
            assert f.read() == content
    assert kit.tree(w.tree) == w.old


@case
def two_runs_at_once_are_refused(w):
    fifo = w.path("svar")
    os.mkfifo(fifo)
    p = subprocess.Popen([w.tool, "update", w.tree, "--in-place", "--interactive", *kit.STAMP],
                         stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while b"Insert?" not in p.stderr.readline() + p.stderr.peek():
        pass
    assert "[journal-busy]" in w.update(w.tree, "--in-place", "--resume", code=2).stderr.decode()
    p.stdin.write(b"s\n")
    p.communicate()
    assert p.returncode == 2


# ---- undo -------------------------------------------------------------------------------------------

@case
def undo_leaves_what_was_changed_since(w):
    r = w.json(w.tree, "--in-place", "--backup", w.backup)
    mine = next(d for d in r["documents"] if d["outcome"] == "changed")
    with open(mine["path"], "ab") as f:
        f.write(b"x")
    broken = [d for d in r["documents"] if d["outcome"] == "changed"][1]
    with open(broken["backup"], "ab") as f:
        f.write(b"x")
    touched = kit.digest(mine["path"])
    r = w.undo(code=2)
    lines = r.stderr.decode()
    assert mine["path"] in lines and "[changed]" in lines and "[backup-changed]" in lines
    now = kit.tree(w.tree)
    assert kit.digest(mine["path"]) == touched
    assert all(now[n] == w.old[n] for n in now
               if os.path.join(w.tree, n) not in (mine["path"], broken["path"]))
    shutil.copy(os.path.join(w.fixtures, "templates", "tomt-dokument.docx"), broken["backup"])
    w.undo(code=2)


@case
def without_backups_there_is_no_undo_and_it_is_said(w):
    r = w.update(w.tree, "--in-place", "--no-backup")
    assert "cannot be taken back" in r.stderr.decode()
    now = kit.tree(w.tree, every=True)
    assert "[no-undo]" in w.undo(code=2).stderr.decode()
    assert kit.tree(w.tree, every=True) == now and set(now) == set(w.old)


# ---- paths ------------------------------------------------------------------------------------------

@case
def tricks_with_output_paths_are_refused(w):
    out, away = w.path("nye"), w.path("annet")
    os.makedirs(out)
    os.makedirs(away)
    folder = next(n.split("/")[0] for n in sorted(w.old) if "/" in n)
    os.symlink(away, os.path.join(out, folder))
    plain = next(n for n in sorted(w.old) if "/" not in n)
    os.symlink(os.path.join(away, "ut.docx"), os.path.join(out, plain))
    r = w.update(w.tree, "--output-dir", out, code=2)
    assert "[target-link]" in r.stderr.decode() and os.listdir(away) == []
    names = w.path("liste")
    inner = w.path("maler", "indre")
    os.makedirs(inner)
    with open(names, "w", encoding="utf-8") as f:
        f.write("../%s\n" % plain)
    r = w.update("--files-from", names, "--output-dir", w.path("nye2"), "--journal", w.path("j"), code=2, cwd=inner)
    assert "[target-outside]" in r.stderr.decode()
    assert not os.path.exists(w.path(plain)) and kit.tree(w.tree) == w.old


@case
def names_equal_but_for_case_are_refused(w):
    tree = w.path("store")
    os.makedirs(os.path.join(tree, "ÅS"))
    os.makedirs(os.path.join(tree, "ås"))
    source = os.path.join(w.tree, sorted(w.old)[0])
    for name in ("ÅS/mal.docx", "ås/Mal.docx", "ås/annen.docx"):
        shutil.copy(source, os.path.join(tree, name))
    r = w.update(tree, "--output-dir", w.path("nye"), code=2)
    assert r.stderr.decode().count("[target-twice]") == 1
    assert len(kit.tree(w.path("nye"))) == 2


@case
def nothing_there_is_overwritten(w):
    out = w.path("nye")
    name = sorted(w.old)[-1]
    os.makedirs(os.path.dirname(os.path.join(out, name)))
    with open(os.path.join(out, name), "w", encoding="utf-8") as f:
        f.write("mitt")
    for words in (["--dry-run"], []):
        r = w.update(w.tree, "--output-dir", out, *words, code=2)
        assert r.stderr.decode().count("[target-exists]") == 1
    with open(os.path.join(out, name), encoding="utf-8") as f:
        assert f.read() == "mitt"
    w.update(w.tree, "--output-dir", w.tree, code=2)
    assert kit.tree(w.tree) == w.old


@case
def a_file_reached_twice_is_done_once(w):
    name = sorted(w.old)[0]
    os.symlink(os.path.join(w.tree, name), os.path.join(w.tree, "0-lenke.docx"))
    r = w.json(w.tree, os.path.join(w.tree, name), "--in-place", "--backup", w.backup)
    assert len(r["documents"]) == len(w.old)
    assert os.path.islink(os.path.join(w.tree, "0-lenke.docx"))


@case
def shards_are_a_partition(w):
    whole = w.json(w.tree, "--dry-run")["documents"]
    parts = [w.json(w.tree, "--dry-run", "--shard", "%d/3" % i)["documents"] for i in (1, 2, 3)]
    assert all(parts) and sorted(d["path"] for p in parts for d in p) == sorted(d["path"] for d in whole)
    moved = kit.copy(w.tree, w.path("flyttet"))
    there = [d["path"] for d in w.json(moved, "--dry-run", "--shard", "2/3")["documents"]]
    assert [os.path.relpath(p, moved) for p in there] == [os.path.relpath(d["path"], w.tree) for d in parts[1]]
    out = w.path("nye")
    runs = [subprocess.Popen([w.tool, "update", w.tree, "--output-dir", out, "--shard", "%d/3" % i, *kit.STAMP],
                             stdout=subprocess.DEVNULL) for i in (1, 2, 3)]
    assert all(p.wait() in (0, 1) for p in runs)
    assert set(kit.tree(out)) == set(w.old)
    for wrong in ("0/3", "4/3", "2", "a/b", "1/"):
        w.update(w.tree, "--dry-run", "--shard", wrong, code=2)
    audits = [json.loads(kit.run(w.tool, "audit", w.tree, "--format", "json", "--shard", "%d/2" % i).stdout)
              for i in (1, 2)]
    assert sum(len(a["documents"]) for a in audits) == len(w.old)


@case
def names_from_a_list_keep_their_paths(w):
    names = sorted(w.old)[:5]
    for text in ("\n".join(names) + "\n", "\0".join(names), "\r\n".join("./" + n for n in names)):
        shutil.rmtree(w.path("nye"), ignore_errors=True)
        kit.run(w.tool, "update", "--files-from", "-", "--output-dir", w.path("nye"), "--journal",
                w.path("j%d" % len(text)), *kit.STAMP, input=text.encode(), cwd=w.tree)
        assert set(kit.tree(w.path("nye"))) == set(names)
    r = kit.run(w.tool, "audit", "--files-from", "-", "--format", "json", input="\n".join(names).encode(), cwd=w.tree)
    assert [d["path"] for d in json.loads(r.stdout)["documents"]] == names
    w.update("--files-from", os.devnull, "--in-place", code=2)


# ---- a person at the keyboard -----------------------------------------------------------------------

def answers(w, text, code):
    r = kit.run(w.tool, "update", w.tree, "--in-place", "--backup", w.backup, "--interactive", "--format", "json",
                *kit.STAMP, input=text, code=code)
    return json.loads(r.stdout), r.stderr.decode()


@case
def asks_for_each_clause(w):
    plan = w.json(w.tree, "--dry-run")
    wanted = [c for d in plan["documents"] for c in d["changes"] if c["selected"]]
    done, said = answers(w, b"n\n" * 500, (0, 1))
    assert said.count("Insert?") == len(wanted) and kit.tree(w.tree) == w.old
    os.remove(w.journal)
    text = b"hva\ny\n" + b"n\n" * 500
    done, said = answers(w, text, (0, 1))
    assert done["summary"]["clauses"] == 1 and said.count("Insert?") == len(wanted) + 1
    w.undo()
    os.remove(w.journal)
    done, said = answers(w, b"a\n" * 500, (0, 1))
    assert done["summary"]["clauses"] == len(wanted)
    assert said.count("Insert?") == sum(1 for d in plan["documents"] if any(c["selected"] for c in d["changes"]))


@case
def end_of_answers_means_stop(w):
    done, _ = answers(w, b"y\n", 2)
    assert done["summary"]["stopped"] and done["summary"]["changed"] <= 1
    done = w.json(w.tree, "--in-place", "--backup", w.backup, "--resume")
    assert not done["summary"]["stopped"] and done["summary"]["left"] == 0


@case
def bar_on_a_terminal_plain_lines_elsewhere(w):
    lines = w.update(w.tree, "--dry-run", "--progress", "always").stderr.decode().splitlines()
    assert lines[-1].startswith("%d/%d " % (len(w.old), len(w.old)))
    assert w.update(w.tree, "--dry-run").stderr == b""
    try:
        master, slave = pty.openpty()
    except OSError as x:  # a bare root without /dev/pts has no terminals to lend
        print("     the bar itself was not tried: %s" % x)
        return
    p = subprocess.Popen([w.tool, "update", w.tree, "--dry-run", "--jobs", "1", *kit.STAMP],
                         stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    seen = b""
    while True:
        ready, _, _ = select.select([master], [], [], 60)
        try:
            piece = os.read(master, 4096) if ready else b""
        except OSError:
            break
        if not piece:
            break
        seen += piece
    p.wait()
    os.close(master)
    assert re.search(rb"\[#*\.*\] \d+/%d  \d+/s  left \d+:\d\d  \S" % len(w.old), seen), seen[-300:]
    assert seen.endswith(b"\r\x1b[K")


@case
def check_and_wrong_use(w):
    w.update(w.tree, "--check", code=1)
    assert kit.tree(w.tree, every=True) == w.old
    for words in ([w.tree], [w.tree, "--in-place", "--output-dir", "x"], [w.tree, "--output-dir", "x", "--no-backup"],
                  [w.tree, "--in-place", "--backup", "x", "--no-backup"], ["--in-place"],
                  [w.tree, "--undo", "x"], [w.tree, "--in-place", "--clause", "FINNES-IKKE"],
                  [w.path("borte"), "--in-place"], [w.tree, "--in-place", "--timestamp", "nå"]):
        extra = [] if "--timestamp" in words else kit.STAMP
        r = kit.run(w.tool, "update", *words, "--lang", "en", *[x for x in extra if x not in ("--lang", "en")], code=2)
        assert LINE.match(r.stderr.decode().splitlines()[-1]), r.stderr
        for left in (w.journal, w.journal + ".1"):
            if os.path.exists(left):
                assert "borte" in words[0], words
                os.remove(left)
    assert kit.tree(w.tree, every=True) == w.old


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--fixtures", required=True)
    ap.add_argument("--schema", required=True)
    ap.add_argument("--case")
    o = ap.parse_args()
    o.klimakrav, o.fixtures = os.path.abspath(o.klimakrav), os.path.abspath(o.fixtures)
    with open(o.schema, encoding="utf-8") as f:
        o.tables = json.load(f)
    failed = 0
    with tempfile.TemporaryDirectory() as base:
        made = os.path.join(base, "maler")
        maketree.make(o.fixtures, made, 24, 3)
        for function in CASES:
            if o.case and function.__name__ != o.case:
                continue
            with tempfile.TemporaryDirectory() as d:
                try:
                    function(World(o, made, d))
                    print("ok   " + function.__name__, flush=True)
                except Exception as why:  # noqa: BLE001 - one case never hides the others
                    failed += 1
                    at = why.__traceback__
                    while at.tb_next:
                        at = at.tb_next
                    print("FAIL %s, line %d: %r" % (function.__name__, at.tb_lineno, why), flush=True)
    print("%d cases, %d failed" % (len(CASES), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
