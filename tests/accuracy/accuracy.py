#!/usr/bin/env python3
"""Measures the bank on text that contracting authorities wrote: requirements and categories.

  accuracy.py --klimakrav BIN [--data DIR] [--floors FILE] [--misses FILE] [--rules DIR]...

DIR holds clauses-dev.tsv, notices-dev.tsv and category-cpv.tsv (default: $KLIMAKRAV_DATA, else the folder
shared/data beside the source tree). passages.tsv beside this file holds passages of our own, written without looking at the rules; they are measured
the same way. Only the two doors for single texts are used, as any host would.
Prints precision, recall and F1 with counts, and the accuracy of the categories; --misses writes what
was answered otherwise than the label says, for reading. With --floors the program fails when a figure
falls below its floor. Exit 0 good, 1 below a floor, 2 cannot run, 77 no data (skipped).
"""
import argparse
import collections
import datetime
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "..", "shared", "data")
FILES = ("clauses-dev.tsv", "notices-dev.tsv", "category-cpv.tsv")
SKIPPED = 77


def read_table(path):
    with open(path, encoding="utf-8") as f:
        names = f.readline().rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in f if line.strip()]


def ask(options, words, rows):
    """Answers of one door: {id: [cells after the id]}. rows: (id, text) pairs."""
    lines = "".join(f"{key}\t{text}\n" for key, text in rows)
    command = [options.klimakrav, *words, "--tsv", "--lang", "nb"]
    for folder in options.rules:
        command += ["--rules", folder]
    r = subprocess.run(command, input=lines.encode("utf-8"), capture_output=True, timeout=600)
    if r.returncode != 0:
        sys.exit(f"accuracy: {' '.join(words)}: exit code {r.returncode}\n"
                 f"{r.stderr.decode('utf-8', 'replace')}")
    out = {}
    for line in r.stdout.decode("utf-8").splitlines():
        cells = line.split("\t")
        out[cells[0]] = cells[1:]
    if len(out) != len(rows):
        sys.exit(f"accuracy: {' '.join(words)}: {len(rows)} questions, {len(out)} answers")
    return out


# ---- requirements ---------------------------------------------------------------------------

class Count:
    """Right and wrong answers to yes/no questions."""

    def __init__(self):
        self.tp = self.fp = self.fn = self.tn = 0

    def add(self, gold, said):
        if said:
            self.tp, self.fp = self.tp + gold, self.fp + (not gold)
        else:
            self.fn, self.tn = self.fn + gold, self.tn + (not gold)

    def precision(self):
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    def recall(self):
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    def f1(self):
        both = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / both if both else 1.0

    def specificity(self):
        return self.tn / (self.tn + self.fp) if self.tn + self.fp else 1.0


def print_count(name, c):
    print(f"  {name:<22} precision {c.precision():.3f}  recall {c.recall():.3f}  F1 {c.f1():.3f}"
          f"   (hit {c.tp}, wrong {c.fp}, missed {c.fn}, silent {c.tn})")


def print_slice(name, c):
    print(f"  {name:<22} specificity {c.specificity():.3f}   ({c.tn} of {c.tn + c.fp} silent)")


def measure_label(options, rows, label, words, misses):
    """Counts by language and by the kind of negative; in misses what was answered otherwise."""
    answers = ask(options, words, [(r["id"], r["text"]) for r in rows])
    counts = collections.defaultdict(Count)
    for r in rows:
        gold, said = r[label] == "yes", answers[r["id"]][0] == "yes"
        names = [r["lang"]] + (["Norwegian"] if r["lang"] in ("nb", "nn") else [])
        for name in names:
            counts[name].add(gold, said)
            if not gold and r["note"].startswith(("hard:", "subject:")):
                counts[r["note"].split(":")[0] + ": " + name].add(gold, said)
        if gold != said and r["lang"] in ("nb", "nn"):
            misses.append(f"{label}\t{r['id']}\t{'missed' if gold else 'wrong'}\t"
                          f"{' '.join(answers[r['id']])}\t{r['note']}\t{r['text']}")
    return counts


def measure_requirements(options, path, prefix, misses):
    rows = read_table(path)
    figures = {}
    for label, words in (("is_env", ["requirements"]),
                         ("is_climate", ["requirements", "--strict-climate"])):
        counts = measure_label(options, rows, label, words, misses)
        print(f"requirements, {label}, {os.path.basename(path)}")
        for name in ("Norwegian", "nb", "nn", "en"):
            if name in counts:
                print_count(name, counts[name])
        for kind in ("hard", "subject"):
            for name in ("Norwegian", "nb", "nn"):
                if f"{kind}: {name}" in counts:
                    print_slice(f"{kind}: {name}", counts[f"{kind}: {name}"])
        whole = counts["Norwegian"]
        figures[f"{prefix}{label}.precision"] = whole.precision()
        figures[f"{prefix}{label}.recall"] = whole.recall()
        figures[f"{prefix}{label}.f1"] = whole.f1()
        for kind in ("hard", "subject"):
            figures[f"{prefix}{label}.{kind}"] = counts[f"{kind}: Norwegian"].specificity()
    return figures


# ---- categories -----------------------------------------------------------------------------

def category_finder(path):
    prefixes = collections.defaultdict(list)
    for r in read_table(path):
        prefixes[r["cpv_prefix"]].append(r["category"])

    def find(code):
        for n in range(len(code), 1, -1):
            if code[:n] in prefixes:
                return prefixes[code[:n]]
        return []
    return find


def gold_of(row, find):
    """Categories of the main code, and of any code."""
    main = find(row["cpv_main"])
    return main, set(main).union(*[find(c) for c in row["cpv_additional"].split()])


def said_of(cells):
    """Best first; a sub-category "ikt.drift" stands for its parent."""
    out = []
    for name in cells[0].split(","):
        top = name.split(".")[0]
        if top not in ("", "-") and top not in out:
            out.append(top)
    return out


def judge(rows, answers, find):
    """One record per notice: (row, gold of main code, gold of any code, answer)."""
    return [(r, *gold_of(r, find), said_of(answers[r["id"]])) for r in rows]


def share(part, whole):
    return part / whole if whole else 0.0


def accuracy(records):
    inside = [x for x in records if x[1]]
    top = sum(1 for _, main, _, said in inside if said and said[0] in main)
    some = sum(1 for _, _, wide, said in inside if any(c in wide for c in said[:3]))
    unknown = sum(1 for x in inside if not x[3])
    return inside, top, some, unknown


def print_categories(inside):
    total, right = collections.Counter(), collections.Counter()
    said_n, confused = collections.Counter(), collections.Counter()
    for _, main, _, said in inside:
        first = said[0] if said else "unknown"
        said_n[first] += 1
        for c in main:
            total[c] += 1
            right[c] += first in main
        if first not in main:
            confused[("/".join(main), first)] += 1
    print("  by category (right of all with that code; answered so)")
    for c in sorted(total):
        print(f"    {c:<22} {right[c]:>4} of {total[c]:>4}   {said_n[c]:>4}")
    print("  confusions (code says > first answer)")
    for (gold, said), n in confused.most_common(15):
        print(f"    {n:>3}  {gold} > {said}")


def measure_categories(options, misses):
    find = category_finder(os.path.join(options.data, "category-cpv.tsv"))
    rows = [r for r in read_table(os.path.join(options.data, "notices-dev.tsv"))
            if r["description"].strip()]
    tabbed = ask(options, ["classify"], [(r["id"], r["title"] + "\t" + r["description"])
                                         for r in rows])
    joined = ask(options, ["classify"], [(r["id"], r["title"] + " " + r["description"])
                                         for r in rows])
    records = judge(rows, tabbed, find)
    inside, top, some, unknown = accuracy(records)
    outside = [x for x in records if not x[1]]
    silent = sum(1 for x in outside if not x[3])
    n = len(inside)
    print("classify, codes hidden, title and description")
    print(f"  first answer right     {share(top, n):.3f}   ({top} of {n})")
    print(f"  any of first three     {share(some, n):.3f}   ({some} of {n})")
    print(f"  left unknown           {share(unknown, n):.3f}   ({unknown} of {n})")
    print(f"  out of scope           {len(outside)} notices, {silent} left unknown; answered: "
          + ", ".join(f"{c} {k}" for c, k in collections.Counter(
              x[3][0] for x in outside if x[3]).most_common(8)))
    plain = accuracy(judge(rows, joined, find))
    print(f"  without the tab between title and description: first {share(plain[1], n):.3f}, "
          f"any {share(plain[2], n):.3f}, unknown {share(plain[3], n):.3f}")
    print_categories(inside)
    for r, main, wide, said in inside:
        if not said or said[0] not in main:
            near = "any" if any(c in wide for c in said[:3]) else "none"
            misses.append(f"category\t{r['id']}\t{r['cpv_main']} {'/'.join(main)}\t"
                          f"{','.join(said[:3]) or '-'}\t{near}\t{r['title']} | {r['description']}")
    return {"category.top1": share(top, n), "category.any": share(some, n),
            "category.known": 1 - share(unknown, n), "category.top1.joined": share(plain[1], n)}


# ---- the whole ------------------------------------------------------------------------------

def version_of(options):
    r = subprocess.run([options.klimakrav, "--version"], capture_output=True, timeout=60)
    return " ".join(r.stdout.decode("utf-8", "replace").split())


def below_floors(figures, path):
    with open(path, encoding="utf-8") as f:
        floors = json.load(f)
    low = []
    for name, floor in sorted(floors.items()):
        if name not in figures:
            low.append(f"{name}: no such figure")
        elif figures[name] < floor:
            low.append(f"{name}: {figures[name]:.3f} is below {floor:.3f}")
    return low


def arguments():
    p = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    p.add_argument("--klimakrav", required=True)
    p.add_argument("--data", default=os.environ.get("KLIMAKRAV_DATA") or DATA)
    p.add_argument("--floors")
    p.add_argument("--misses")
    p.add_argument("--rules", action="append", default=[])
    return p.parse_args()


def main():
    options = arguments()
    options.data = os.path.abspath(options.data)
    missing = [f for f in FILES if not os.path.exists(os.path.join(options.data, f))]
    if missing:
        print(f"SKIPPED: no development data in {options.data} ({', '.join(missing)} missing)")
        return SKIPPED
    misses = []
    print(f"{datetime.date.today().isoformat()}  {version_of(options)}")
    figures = measure_requirements(options, os.path.join(options.data, "clauses-dev.tsv"), "", misses)
    figures.update(measure_requirements(options, os.path.join(HERE, "passages.tsv"), "own.", misses))
    figures.update(measure_categories(options, misses))
    if options.misses:
        with open(options.misses, "w", encoding="utf-8") as f:
            f.write("".join(m + "\n" for m in misses))
    low = below_floors(figures, options.floors) if options.floors else []
    for line in low:
        print(f"BELOW THE FLOOR  {line}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
