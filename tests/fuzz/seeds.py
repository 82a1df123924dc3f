#!/usr/bin/env python3
"""Makes the seed corpora of the fuzz targets from fixtures, the bank and the program itself.

  seeds.py --klimakrav BIN --bankc BIN --root DIR --out DIR

One folder per target below --out, made anew. Names of seeds say where they come from.
"""
import argparse
import base64
import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

STAMP = ["--date", "2026-11-23", "--timestamp", "2026-11-23T12:00:00Z", "--fail-on", "never"]
SMALL = 24 * 1024
CONFIG = """<klimakrav xmlns="urn:klimakrav:config:1">
<defaults lang="nn" clause-lang="nn" level="avansert" fail-on="warning" author="Kari" municipality="Lyngmo">
<rules folder="egne"/></defaults>
<suppressions><suppress rule="K01" decided-by="Ola" decided-on="2026-01-01" until="2027-01-01">
<scope path="maler/*" section="Tildeling*"/><reason>Avtalt</reason></suppress></suppressions>
</klimakrav>"""


def read(path):
    with open(path, "rb") as f:
        return f.read()


class Seeds:
    def __init__(self, o):
        self.o = o
        self.n = 0
        shutil.rmtree(o.out, ignore_errors=True)

    def path(self, *words):
        return os.path.join(self.o.root, *words)

    def glob(self, *words):
        found = sorted(glob.glob(self.path(*words)))
        assert found, "nothing at %s" % (words,)
        return found

    def put(self, target, name, data):
        folder = os.path.join(self.o.out, target)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)
        self.n += 1

    def run(self, *words):
        subprocess.run([self.o.klimakrav, *words, *STAMP], check=True, capture_output=True)


def head(options, fail=0):
    return bytes([1, options, fail & 255, fail >> 8])


def documents(s):
    whole = s.glob("fixtures", "templates", "*.docx")
    for path in s.glob("fixtures", "broken", "*.docx"):
        s.put("package", os.path.basename(path), read(path))
    small = [p for p in whole if os.path.getsize(p) <= 14000]
    for i, path in enumerate(small):
        for bit in range(7):
            fail = (40, 0, 0, 1500, 0, 5000, 0)[(i + bit) % 7]
            s.put("package", "%d-%s" % (bit, os.path.basename(path)), head(1 << bit, fail) + read(path))
    for i, path in enumerate(s.glob("fixtures", "traps", "*.docx") + small):
        try:
            with zipfile.ZipFile(path) as z:
                body = z.read("word/document.xml")
        except (zipfile.BadZipFile, KeyError):
            continue
        if len(body) <= SMALL:
            name = os.path.basename(path)[:-5] + ".xml"
            s.put("story", name, body)
            s.put("story", "way-" + name, head(1 << i % 7, i % 3 * 97 * i % 4000) + body)


def rules(s):
    s.put("rulefile", "small.xml", read(s.path("tests", "fuzz", "small.xml")))
    s.put("rulefile", "own-small.xml", head(1) + read(s.path("tests", "fuzz", "small.xml")))
    s.put("rulefile", "list.xml", read(s.path("tests", "laws", "bank", "list.xml")))
    chosen = random.Random(5)
    for path in s.glob("rules", "bank", "*.xml"):
        text = read(path).decode("utf-8")
        opening = re.search(r"<bank\b[^>]*>", text).group(0)
        name = os.path.basename(path)[:-4]
        whole = re.findall(r"^  <([\w-]+)\b[^>]*?(?:/>|>.*?^  </\1>|>[^\n]*</\1>)", text, re.M | re.S)
        kinds = {}
        for m in re.finditer(r"^  <([\w-]+)\b[^>]*?(?:/>|>.*?</\1>)", text, re.M | re.S):
            kinds.setdefault(m.group(1), []).append(m.group(0))
        assert whole, "no elements in " + path
        for kind, found in kinds.items():
            text = "%s%s</bank>" % (opening, chosen.choice(found))
            s.put("rulefile", "%s-%s.xml" % (name, kind), text.encode())
    with tempfile.TemporaryDirectory() as d:
        for name, path in (("small", s.path("tests", "fuzz", "small.xml")),):
            os.makedirs(os.path.join(d, name))
            shutil.copy(path, os.path.join(d, name, "small.xml"))
            image = os.path.join(d, name + ".kkb")
            subprocess.run([s.o.bankc, os.path.join(d, name), s.path("rules", "schema", "klimakrav.rng"), image],
                           check=True, capture_output=True)
            s.put("image", name, read(image))
            s.put("image", name + "-used", head(1) + read(image))


def plain_xml(s):
    s.put("config", "most.xml", CONFIG.encode())
    s.put("config", "least.xml", b'<klimakrav xmlns="urn:klimakrav:config:1"/>')
    for path in s.glob("fixtures", "notices", "*.xml") + s.glob("fixtures", "notices", "refused", "*.xml"):
        s.put("notice", os.path.basename(path), read(path))


def lines(s):
    small = read(s.path("fixtures", "templates", "snorydding-moen.docx"))
    document = {"name": "a.docx", "bytes": base64.b64encode(small).decode()}
    paragraphs = {"text": "Laveste pris vinner. Klima teller 30 %."}
    for i, command in enumerate(("audit", "check", "text", "classify", "requirements", "version", "insert", "x")):
        s.put("serve", command + ".json", json.dumps({"id": i, "command": command, "lang": "nn",
                                                      **paragraphs}).encode())
        s.put("serve", command + "-doc.json", json.dumps(
            {"id": "a", "command": command, "documents": [document], "date": "2026-11-23",
             "clauses": ["FELLES-KV-01"], "values": {"andel": 30}, "track": True}).encode())
    s.put("serve", "deep.json", b"[" * 300)
    for path in s.glob("fixtures", "templates", "*.expect.json"):
        words = json.loads(read(path)).get("evidence", [])
        s.put("match", os.path.basename(path)[:-12], json.dumps(words, ensure_ascii=False).encode())
    for path in s.glob("fixtures", "templates", "*.docx"):
        text = subprocess.run([s.o.klimakrav, "text", "--format", "json", path], check=True, capture_output=True)
        rows = [p["text"] for p in json.loads(text.stdout)["paragraphs"] if p["text"]]
        for part in range(0, min(len(rows), 160), 40):
            s.put("match", "%s-%d" % (os.path.basename(path), part), "\n".join(rows[part:part + 40]).encode())


def made_by_us(s):
    with tempfile.TemporaryDirectory() as d:
        tree = os.path.join(d, "maler")
        os.makedirs(tree)
        for name in ("snorydding-moen.docx", "vaskeri-hegra.docx", "kontorrekvisita-fjordheim.docx"):
            shutil.copy(s.path("fixtures", "templates", name), tree)
            receipt = os.path.join(d, "receipt.json")
            s.run("insert", os.path.join(tree, name), "-o", os.path.join(d, name), "--receipt", receipt)
            if os.path.exists(receipt):
                s.put("receipt", name + ".json", read(receipt))
                os.remove(receipt)
        journal = os.path.join(d, "journal")
        s.run("update", tree, "--in-place", "--journal", journal)
        s.put("journal", "done", read(journal))
        subprocess.run([s.o.klimakrav, "update", "--undo", journal], check=True, capture_output=True)
        s.put("journal", "undone", read(journal))


def round_trips(s):
    chosen = random.Random(3)
    for i in range(96):
        n = chosen.choice((0, 1, 2, 4, 8))
        s.put("roundtrip", "%02d" % i, bytes([i % 12, i // 2 % 8, i % 16]) + chosen.randbytes(4 * n))


def main():
    ap = argparse.ArgumentParser()
    for name in ("klimakrav", "bankc", "root", "out"):
        ap.add_argument("--" + name, required=True)
    s = Seeds(ap.parse_args())
    for make in (documents, rules, plain_xml, lines, made_by_us, round_trips):
        make(s)
    print("%d seeds" % s.n)
    return 0


if __name__ == "__main__":
    sys.exit(main())
