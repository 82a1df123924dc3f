#!/usr/bin/env python3
"""serve --stdio: the answers are those of the command line, nonsense gets an error and never ends the program.

  serve.py --klimakrav BIN --fixtures DIR --schema FILE
"""
import argparse
import base64
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile

from use import valid

STAMP = ["--date", "2026-11-23", "--timestamp", "2026-11-23T12:00:00Z", "--lang", "en"]
LACKS = "kontorrekvisita-fjordheim.docx"


class Server:
    def __init__(self, o, *words):
        self.schema = o.tables
        self.p = subprocess.Popen([o.klimakrav, "serve", "--stdio", *STAMP, *words], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def raw(self, line):
        self.p.stdin.write(line + b"\n")
        self.p.stdin.flush()
        out = self.p.stdout.readline()
        assert out.endswith(b"\n"), "no answer: " + self.p.stderr.read().decode()
        answer = json.loads(out)
        valid(answer, self.schema["$defs"]["answer"], self.schema)
        assert ("error" in answer) == (not answer["ok"])
        return answer

    def ask(self, **request):
        valid(request, self.schema["$defs"]["request"], self.schema)
        request["id"] = random.randint(0, 1 << 30)
        answer = self.raw(json.dumps(request).encode())
        assert answer["id"] == request["id"]
        return answer

    def close(self):
        out, err = self.p.communicate()
        assert self.p.returncode == 0 and out == b"", (self.p.returncode, err)


def cli(o, *words):
    return subprocess.run([o.klimakrav, *words, *STAMP[:2], "--lang", "en"], capture_output=True, check=False)


def same_as_command_line(o, s, folder):
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".docx"):
            continue
        path = os.path.join(folder, name)
        with open(path, "rb") as f:
            data = f.read()
        wanted = json.loads(cli(o, "audit", "--format", "json", path).stdout)
        assert s.ask(command="audit", path=path)["result"] == wanted, name
        by_bytes = s.ask(command="audit", bytes=base64.b64encode(data).decode(), name=path)["result"]
        assert by_bytes == wanted, name
    path = os.path.join(folder, LACKS)
    assert s.ask(command="audit", path=path, format="csv")["result"]["text"].encode() == \
        cli(o, "audit", "--format", "csv", path).stdout
    assert s.ask(command="text", path=path)["result"] == json.loads(cli(o, "text", "--format", "json", path).stdout)
    assert s.ask(command="classify", path=path)["result"] == \
        json.loads(cli(o, "classify", "--format", "json", path).stdout)
    sets = [os.path.join(folder, n) for n in sorted(os.listdir(folder)) if n.startswith("skole-") and
            n.endswith(".docx")]
    assert s.ask(command="check", documents=[{"path": p} for p in sets])["result"] == \
        json.loads(cli(o, "check", "--format", "json", *sets).stdout)


def insert_gives_the_same_bytes(o, s, folder, d):
    path, out = os.path.join(folder, LACKS), os.path.join(d, "ut.docx")
    subprocess.run([o.klimakrav, "insert", path, "-o", out, *STAMP], stdout=subprocess.DEVNULL, check=False)
    with open(out, "rb") as f:
        wanted = f.read()
    r = s.ask(command="insert", path=path)["result"]
    assert base64.b64decode(r["bytes"], validate=True) == wanted
    assert r["sha256"] == hashlib.sha256(wanted).hexdigest() and r["changed"] > 0
    assert len([c for c in r["plan"]["clauses"] if c["action"] == "insert"]) == r["changed"]
    nn = s.ask(command="insert", path=path, clauseLang="nn", track=False, values={"andel": 40})["result"]
    assert nn["plan"]["language"] == "nn" and nn["sha256"] != r["sha256"]
    assert s.ask(command="insert", path=path, clauses=["FINNES-IKKE"])["ok"] is False


def texts(s):
    r = s.ask(command="requirements", text="Kjøretøyene skal være nullutslippskjøretøy.")["result"]
    assert r["requirement"] and r["climate"] and r["rules"]
    assert not s.ask(command="requirements", text="Møtet er på tirsdag.")["result"]["requirement"]
    found = s.ask(command="classify", text="Rammeavtale for kontorrekvisita og papir")["result"]["categories"]
    assert found and found[0]["score"] > 0
    assert s.ask(command="version")["result"]["abi"] == 1


def nonsense(o, s, rng):
    wreck = os.path.join(o.fixtures, "broken", "encrypted-office.docx")
    codes = {
        b"{": "json", b"[]": "json", b"3": "json", b'"x"': "json", b"\xff\xfe": "json", b'{"a":1,"a":2}': "json",
        b"{}": "usage", b'{"command":3}': "usage", b'{"command":"slett"}': "usage", b'{"command":"audit"}': "usage",
        b'{"command":"audit","documents":[{}]}': "usage", b'{"command":"audit","bytes":"%%%"}': "usage",
        b'{"command":"audit","bytes":"QUJD"}': "not-word", b'{"command":"audit","path":"/finnes/ikke"}': "io",
        b'{"command":"audit","text":"a\\u0000b"}': "json", b'{"command":"requirements"}': "usage",
        b'{"command":"audit","lang":"de","bytes":""}': "usage",
        json.dumps({"command": "audit", "path": wreck}).encode(): "encrypted",
        json.dumps({"command": "audit", "path": wreck, "date": "i dag"}).encode(): "encrypted",
        b"[" * 100000: "json", b'{"command":"audit","categories":[1],"bytes":""}': "usage",
    }
    for line, code in codes.items():
        a = s.raw(line)
        assert not a["ok"] and a["error"]["code"] == code, (line[:80], a)
        assert "; " in a["error"]["message"], a
    good = json.dumps({"id": "å", "command": "version"}).encode()
    for _ in range(300):
        line = bytearray(good)
        for _ in range(rng.randint(1, 4)):
            line[rng.randrange(len(line))] = rng.choice([i for i in range(256) if i != 10])
        if line.strip(b" \t\r"):
            s.raw(bytes(line))
    assert s.raw(good)["ok"]


def long_line(s):
    """Over the limit: passed over to its end, answered, and the next one is read."""
    s.p.stdin.write(b'{"bytes":"')
    for _ in range(97):
        s.p.stdin.write(b"A" * (1 << 20))
    a = s.raw(b'"}')
    assert a["error"]["code"] == "limit"
    assert s.ask(command="version")["ok"]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--klimakrav", required=True)
    ap.add_argument("--fixtures", required=True)
    ap.add_argument("--schema", required=True)
    o = ap.parse_args()
    with open(o.schema, encoding="utf-8") as f:
        o.tables = json.load(f)
    seed = int.from_bytes(os.urandom(3), "big")
    print("seed %d" % seed)
    folder = os.path.join(o.fixtures, "templates")
    s = Server(o)
    with tempfile.TemporaryDirectory() as d:
        same_as_command_line(o, s, folder)
        insert_gives_the_same_bytes(o, s, folder, d)
    texts(s)
    nonsense(o, s, random.Random(seed))
    long_line(s)
    s.p.stdin.write(b'\n  \r\n{"id":1,"command":"version"}')  # blank lines; a last line without its end
    s.p.stdin.close()
    assert json.loads(s.p.stdout.read())["id"] == 1 and s.p.wait() == 0
    s = Server(o, "--no-paths")
    assert s.ask(command="audit", path=os.path.join(folder, LACKS))["error"]["code"] == "usage"
    s.p.terminate()
    assert s.p.wait() == 0
    wrong = subprocess.run([o.klimakrav, "serve"], capture_output=True, check=False)
    assert wrong.returncode == 2
    print("answers equal the command line; nonsense answered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
