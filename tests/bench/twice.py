#!/usr/bin/env python3
"""Writes a bank with every pattern, recogniser, category and rule twice or more often, for the question what twice
the rules cost.

  twice.py --words same|other [--times 2] RULES OUT

RULES holds bank/ and schema/. With `same` the further ones look for the same words by other regexes, so that every
hit is found twice: the worst case. With `other` their words are spelt backwards: rules about something else, which
is how banks grow. Ids get the
prefix "two." or "three.".
"""
import argparse
import os
import re
import shutil
import sys
import xml.etree.ElementTree as ET

NS = "{urn:klimakrav:rules:1}"
TOPS = {"pattern", "recogniser", "category", "rule"}
# Attributes that hold ids of elements that are doubled, by element.
REFS = {"use": ["ref"], "match": ["pattern"], "near": ["pattern-a", "pattern-b"], "heading": ["pattern"],
        "cell": ["pattern"], "evidence": ["pattern"], "category": ["ref"], "applies": ["categories"],
        "remedy": ["category"]}
LETTERS = re.compile(r"(?<!\\)(?<![?(<\[])\b[a-zæøå]{4,}")


def local(node):
    return node.tag.replace(NS, "")


def turn(word, by):
    return word[::-1] if by == "two." else word[len(word) // 2:] + word[:len(word) // 2]


def other(text, is_regex, by):
    if not is_regex:
        return " ".join(turn(w, by) for w in text.split(" "))
    return LETTERS.sub(lambda m: turn(m.group(0), by), text)


def rename(node, known, words, by):
    for at in node.iter():
        name = local(at)
        for attr in REFS.get(name, []):
            if at.get(attr) and not (at is node and attr == "ref"):
                at.set(attr, " ".join(by + i if i in known else i for i in at.get(attr).split()))
        if name in ("word", "regex") and at.text and at.text.strip():
            text = at.text.strip()
            if words == "other":
                at.text = other(text, name == "regex", by)
                if at.get("literals"):
                    at.set("literals", other(at.get("literals"), False, by))
            elif name == "regex":
                # Another regex that matches the same, with the same literals.
                at.text = text.replace("\\b", "\\b\\b" if by == "two." else "\\b\\b\\b") + "(?:)"
            else:
                at.set("forms", {"two.": "adj", "three.": "verb"}[by])
    node.set("id", by + node.get("id"))
    if node.get("parent"):
        node.set("parent", by + node.get("parent"))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--words", choices=["same", "other"], required=True)
    ap.add_argument("--times", type=int, choices=[2, 3], default=2)
    ap.add_argument("rules")
    ap.add_argument("out")
    o = ap.parse_args()
    ET.register_namespace("", "urn:klimakrav:rules:1")
    folder = os.path.join(o.rules, "bank")
    os.makedirs(os.path.join(o.out, "bank"))
    shutil.copytree(os.path.join(o.rules, "schema"), os.path.join(o.out, "schema"))
    trees = {n: ET.parse(os.path.join(folder, n)) for n in sorted(os.listdir(folder)) if n.endswith(".xml")}
    known = {e.get("id") for t in trees.values() for e in t.getroot() if local(e) in TOPS}
    n = 0
    for name, tree in trees.items():
        root = tree.getroot()
        first = [e for e in root if local(e) in TOPS]
        for by in ("two.", "three.")[:o.times - 1]:
            for e in first:
                copy = ET.fromstring(ET.tostring(e))
                rename(copy, known, o.words, by)
                root.append(copy)
        n += len(first)
        tree.write(os.path.join(o.out, "bank", name), encoding="utf-8", xml_declaration=True)
    shutil.copy(os.path.join(folder, "cpv.tsv"), os.path.join(o.out, "bank"))
    print("%d elements, %d times" % (n, o.times), file=sys.stderr)


if __name__ == "__main__":
    main()
