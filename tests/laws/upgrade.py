#!/usr/bin/env python3
"""The laws of an upgrade, on templates and clauses drawn from a seed: once is enough; accepting gives the new
version and nothing else; rejecting gives what stood there; nothing outside the receipt's ranges moves.

  upgrade.py --klimakrav BIN --resolve BIN --templates DIR --bank DIR [--pairs N] [--seed N] [--keep DIR]
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tools"))
import newer  # noqa: E402

STAMP = ["--date", "2026-11-23", "--timestamp", "2026-11-23T12:00:00Z", "--lang", "nb"]
BLOCK = r"<(p|item)>.*?</\1>"


def fewer(match):
    body = match.group(0).replace(" og ", " samt ", 2)
    blocks = [m.group(0) for m in re.finditer(BLOCK, body, re.S)]
    return body.replace(blocks[-1], "", 1) if len(blocks) > 1 else body


def other(match):
    """The first paragraph says something else altogether."""
    def say(m):
        return "<%s>Helt ny ordlyd uten likhet, med 40 prosent og bot.</%s>" % (m.group(1), m.group(1))
    return re.sub(BLOCK, say, match.group(0), count=1, flags=re.S)


def middle(match):
    new = r'\g<0>\n<\1>Et ledd midt inne, med <b>fet</b> skrift og <field name="nytt" unit="kr" default="100"/> kr.</\1>'
    return re.sub(BLOCK, new, match.group(0), count=1, flags=re.S)


def cells(match):
    def change(m):
        cell = m.group(0).replace(" og ", " samt ").replace("skal", "må", 1)
        return cell.replace("</cell>", " Nytt ledd i cellen.</cell>") if "requirement" in cell else cell
    return re.sub(r"<cell [^>]*>.*?</cell>", change, match.group(0), flags=re.S)


KINDS = {"more": newer.newer_body, "fewer": fewer, "other": other, "middle": middle, "cells": cells}


class Law:
    def __init__(self, options, folder):
        self.o, self.dir = options, folder

    def path(self, name):
        return os.path.join(self.dir, name)

    def run(self, *words, code=(0, 1)):
        r = subprocess.run([str(w) for w in words], capture_output=True, timeout=120)
        assert r.returncode in code, "%s: %s" % (" ".join(words[:3]), r.stderr.decode()[-500:])
        return r.stdout.decode()

    def tool(self, *words, **more):
        return self.run(self.o.klimakrav, *words, *STAMP, **more)

    def text(self, name, resolve=None):
        path = self.path(name)
        if resolve:
            path = self.path(resolve + ".docx")
            self.run(self.o.resolve, resolve, self.path(name), path)
        out = self.run(self.o.klimakrav, "text", "--format", "json", path)
        return [re.sub(r"\s+", " ", p["text"]).strip() for p in json.loads(out)["paragraphs"]]

    def read(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()


def check(law, pair):
    names = [w for c in pair["clauses"] for w in ("--clause", c)]
    rules = ["--rules", law.path(pair["kind"])]
    before, after, slip = law.path("before.docx"), law.path("after.docx"), law.path("slip.json")
    if os.path.exists(slip):
        os.unlink(slip)
    how = ["--no-track"] if pair["untracked"] else []
    law.tool("insert", before, "-o", after, *names, *rules, *how, "--take-ours", "--receipt", slip)
    law.run(law.o.klimakrav, "receipt", "verify", before, after, slip, *rules, code=(0,))
    assert law.read("before.docx") != law.read("after.docx"), "nothing was done"
    law.tool("insert", after, "-o", law.path("again.docx"), *names, *rules, "--take-ours")
    assert law.read("after.docx") == law.read("again.docx"), "a second run changes something"
    fresh = ["--clause-lang", pair["lang"], "--no-track"]
    law.tool("insert", pair["template"], "-o", law.path("fresh.docx"), *names, *rules, *fresh)
    wanted = [t for t in law.text("fresh.docx", "accept") if t]
    found = [t for t in law.text("after.docx", "accept") if t]
    assert found == wanted, "accepted: %s, not %s" % ([t for t in found if t not in wanted][:2],
                                                      [t for t in wanted if t not in found][:2])
    if pair["pending"] or not pair["untracked"]:
        assert law.text("after.docx", "reject") == law.text("before.docx", "reject"), "rejecting"


def draw(law, rng, templates, clauses):
    """A template with two clauses that have a place in it."""
    while True:
        pair = {"template": rng.choice(templates), "clauses": rng.sample(clauses, 2),
                "kind": rng.choice(sorted(KINDS)), "pending": rng.random() < 0.4,
                "untracked": rng.random() < 0.2, "lang": rng.choice(["nb", "nn"])}
        names = [w for c in pair["clauses"] for w in ("--clause", c)]
        how = [] if pair["pending"] else ["--no-track"]
        try:
            law.tool("insert", pair["template"], "-o", law.path("before.docx"), *names, *how,
                     "--clause-lang", pair["lang"])
            return pair
        except AssertionError:
            continue   # refused: an ambiguous place is no business of this law


def main():
    parser = argparse.ArgumentParser()
    for name in ("klimakrav", "resolve", "templates", "bank"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    o = parser.parse_args()
    rng, failed = random.Random(o.seed), 0
    templates = sorted(os.path.join(o.templates, n) for n in os.listdir(o.templates) if n.endswith(".docx"))
    with tempfile.TemporaryDirectory(prefix="kk-upgrade-") as folder:
        law = Law(o, folder)
        clauses = set()
        for kind, body in KINDS.items():
            os.makedirs(law.path(kind))
            text = newer.newer(o.bank, (), body=body)
            clauses.update(re.findall(r'<clause id="([^"]+)"', text))
            with open(os.path.join(law.path(kind), "newer.xml"), "w", encoding="utf-8") as f:
                f.write(text)
        for i in range(o.pairs):
            pair = draw(law, rng, templates, sorted(clauses))
            try:
                check(law, pair)
            except (AssertionError, OSError, ValueError, subprocess.TimeoutExpired) as e:
                failed += 1
                print("FAIL %s: %s" % (pair, e))
                if o.keep:
                    for name in ("before.docx", "after.docx"):
                        shutil.copy(law.path(name), os.path.join(o.keep, "%d-%s" % (i, name)))
    print("%d pairs, %d failed" % (o.pairs, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
