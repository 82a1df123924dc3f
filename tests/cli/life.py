#!/usr/bin/env python3
"""The life of a clause from outside: put in, edited, outdated, upgraded, rejected, taken out, released; and the
receipts that tell of it.

  life.py --klimakrav BIN --fixtures DIR --schema FILE --receipt-schema FILE --bank DIR [--case NAME]
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "tools")]
import newer  # noqa: E402
from use import STAMP, World, digest, valid  # noqa: E402

CASES = []
MAL = "vaskeri-hegra.docx"
PARAGRAPHS, ROW = "FEL-KO-01", "FEL-TK-01"
BOTH = ["--clause", PARAGRAPHS, "--clause", ROW]
FILLED = [w for v in ("intervall=kvartal", "frist=10", "enhet=kg", "vekt=30", "vedlegg=2") for w in ("--set", v)]


def case(function):
    CASES.append(function)
    return function


def part(path, name="word/document.xml"):
    with zipfile.ZipFile(path) as z:
        return z.read(name).decode()


def rewrite(source, to, change, name="word/document.xml"):
    """A copy of a package with one part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, change(data) if info.filename == name else data)


def words(xml):
    """The accepted text, paragraphs apart, in one string."""
    xml = re.sub(r"<w:del [^>]*>.*?</w:del>", "", xml, flags=re.S)
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", xml))


def stands(world, *more):
    """A template with the two clauses accepted, and the path of it."""
    w, path = world, world.path("star.docx")
    w.run("insert", w.template(MAL), "-o", path, "--no-track", *BOTH, *more, *STAMP)
    return path


def bank_with(world, folder, **how):
    os.makedirs(world.path(folder), exist_ok=True)
    with open(os.path.join(world.path(folder), "newer.xml"), "w", encoding="utf-8") as f:
        f.write(newer.newer(world.bank, (PARAGRAPHS, ROW), **how))
    return world.path(folder)


def plan(world, path, *more):
    out = world.run("insert", path, "--dry-run", "--format", "json", *more, *STAMP).stdout
    return {c["clause"]: c for c in json.loads(out)["clauses"]}


# ---- receipts -------------------------------------------------------------------------------------

def with_receipt(w, *more):
    mal = w.template(MAL)
    w.run("insert", mal, "-o", w.path("ny.docx"), "--receipt", w.path("kvittering.json"), *BOTH, *more, *STAMP)
    return mal, w.path("ny.docx"), w.path("kvittering.json")


def verify(w, *words_, code=0):
    return w.run("receipt", "verify", *words_, "--lang", "nb", code=code).stdout.decode()


@case
def a_receipt_proves(w):
    mal, ny, slip = with_receipt(w)
    with open(slip, encoding="utf-8") as f:
        receipt = json.load(f)
    valid(receipt, w.receipt_schema, w.receipt_schema)
    assert receipt["input"]["sha256"] == digest(mal) and receipt["output"]["sha256"] == digest(ny)
    assert [c["clause"] for c in receipt["clauses"]] == [PARAGRAPHS, ROW]
    with zipfile.ZipFile(ny) as z:
        for c in receipt["changes"]:
            begin, end = c["new"]
            assert ("kk:" + c["clause"]).encode() in z.read(c["part"])[begin:end]
    assert "Bekreftet" in verify(w, mal, ny, slip)
    for name in ("withdraw", "release"):
        w.run("insert", mal, "-o", w.path("fylt.docx"), *BOTH, *FILLED, *STAMP)
        w.run(name, w.path("fylt.docx"), "-o", w.path("ut.docx"), "--receipt", w.path(name + ".json"))
        assert "Bekreftet" in verify(w, w.path("fylt.docx"), w.path("ut.docx"), w.path(name + ".json")), name


@case
def tampering_shows(w):
    mal, ny, slip = with_receipt(w)

    def flip(data):
        at = data.rindex(b"</w:t>") - 1
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]

    rewrite(ny, w.path("feil.docx"), flip)
    said = verify(w, mal, w.path("feil.docx"), slip, code=1)
    assert "word/document.xml: en byte utenom" in said
    rewrite(ny, w.path("feil.docx"), lambda d: d + b"\n", "word/styles.xml")
    assert "word/styles.xml: delen er endret" in verify(w, mal, w.path("feil.docx"), slip, code=1)
    assert "originalen er en annen fil" in verify(w, ny, ny, slip, code=1)
    with zipfile.ZipFile(ny) as z, zipfile.ZipFile(w.path("feil.docx"), "w", zipfile.ZIP_DEFLATED) as to:
        for info in z.infolist():
            to.writestr(info, z.read(info))
        to.writestr("word/media/ny.bin", b"x")
    assert "word/media/ny.bin: delen er ny" in verify(w, mal, w.path("feil.docx"), slip, code=1)


@case
def a_receipt_changed_by_hand_is_refused(w):
    mal, ny, slip = with_receipt(w)
    with open(slip, encoding="utf-8") as f:
        text = f.read()
    for before, after in (('"bank": "', '"bank": "0'), ('"new": [', '"new": [1'), ("Z", "Y")):
        with open(w.path("endra.json"), "w", encoding="utf-8") as f:
            f.write(text.replace(before, after, 1))
        r = w.run("receipt", "verify", mal, ny, w.path("endra.json"), code=2)
        assert b"[receipt-seal]" in r.stderr, r.stderr
    with open(w.path("endra.json"), "w", encoding="utf-8") as f:
        json.dump(json.loads(text), f)   # other white space is no change
    verify(w, mal, ny, w.path("endra.json"))
    for other in (mal, w.path("finst-ikkje.json")):
        assert w.run("receipt", "verify", mal, ny, other, code=2).stderr.startswith(b"klimakrav: ")


@case
def another_bank_shows(w):
    mal, ny, slip = with_receipt(w)
    said = verify(w, mal, ny, slip, "--rules", bank_with(w, "bank"), code=1)
    assert "kvitteringen er laget med bank" in said
    w.run("insert", mal, "-o", ny, "--receipt", w.path("k2.json"), *BOTH, *STAMP, "--rules", w.path("bank"))
    r = w.run("receipt", "verify", mal, ny, w.path("k2.json"), "--lang", "nb", code=0)
    assert b"laget med bank" in r.stderr and b"Bekreftet" in r.stdout


@case
def a_receipt_never_overwrites_something_else(w):
    mal = w.template(MAL)
    before = digest(mal)
    r = w.run("insert", mal, "-o", w.path("ny.docx"), "--receipt", mal, *BOTH, *STAMP, code=2)
    assert b"[receipt]" in r.stderr and digest(mal) == before and not os.path.exists(w.path("ny.docx"))


# ---- rejected -------------------------------------------------------------------------------------

@case
def what_was_rejected_is_not_put_back(w):
    mal, slip = w.template("kontorrekvisita-fjordheim.docx"), w.path("k.json")
    w.run("insert", mal, "-o", w.path("ny.docx"), "--receipt", slip, *STAMP)
    with open(slip, encoding="utf-8") as f:
        put_in = [c["clause"] for c in json.load(f)["clauses"]]
    assert put_in
    # the same command again gives the same file: this is the original, nobody rejected anything in it
    w.run("insert", mal, "-o", w.path("ny2.docx"), "--receipt", slip, *STAMP)
    assert digest(w.path("ny.docx")) == digest(w.path("ny2.docx"))
    # a person rejects everything, and Word writes the file anew
    rewrite(mal, w.path("avvist.docx"), lambda d: d)
    r = w.run("insert", w.path("avvist.docx"), "-o", w.path("ut.docx"), "--receipt", slip, "--lang", "nb", *STAMP)
    assert digest(w.path("ut.docx")) == digest(w.path("avvist.docx"))
    assert all(("%s: ble avvist tidligere" % c) in r.stdout.decode() for c in put_in), r.stdout.decode()
    r = w.run("insert", w.path("avvist.docx"), "-o", w.path("ut.docx"), "--receipt", slip, *STAMP,
              "--clause", put_in[0])
    assert "kk:" + put_in[0] in part(w.path("ut.docx"))


@case
def what_was_withdrawn_is_not_put_back(w):
    mal, slip = w.template("kontorrekvisita-fjordheim.docx"), w.path("k.json")
    w.run("insert", mal, "-o", w.path("ny.docx"), "--receipt", slip, *STAMP)
    w.run("withdraw", w.path("ny.docx"), "-o", w.path("uten.docx"), "--receipt", slip)
    r = w.run("insert", w.path("uten.docx"), "-o", w.path("ut.docx"), "--receipt", slip, "--lang", "nb", *STAMP)
    assert "ble tatt ut tidligere" in r.stdout.decode()
    assert digest(w.path("ut.docx")) == digest(w.path("uten.docx"))


@case
def a_tracked_withdrawal_is_done_once(w):
    star = stands(w)
    w.run("withdraw", star, "-o", w.path("ut.docx"), "--track", "--timestamp", "2026-11-23T12:00:00Z")
    w.run("withdraw", w.path("ut.docx"), "-o", w.path("ut2.docx"), "--track")
    assert digest(w.path("ut.docx")) == digest(w.path("ut2.docx")) != digest(star)
    assert plan(w, w.path("ut.docx"), "--take-ours")[PARAGRAPHS]["action"] == "withdrawn" \
        if PARAGRAPHS in plan(w, w.path("ut.docx"), "--take-ours") else True


# ---- release --------------------------------------------------------------------------------------

@case
def release_waits_for_the_fields(w):
    mal, ny = w.template(MAL), w.path("ny.docx")
    w.run("insert", mal, "-o", ny, *BOTH, *STAMP)
    r = w.run("release", ny, "-o", w.path("ut.docx"), "--lang", "nb", code=2)
    said = r.stderr.decode()
    assert "[unfilled]" in said and not os.path.exists(w.path("ut.docx"))
    for field in ("intervall", "frist", "enhet", "vekt", "vedlegg"):
        assert "feltet %s er ikke fylt ut" % field in said, said
    assert "tabell rad" in said


@case
def release_leaves_plain_text(w):
    mal, ny = w.template(MAL), w.path("ny.docx")
    for track in ([], ["--no-track"]):
        w.run("insert", mal, "-o", ny, *BOTH, *FILLED, *track, *STAMP)
        w.run("release", ny, "-o", w.path("ut.docx"))
        xml = part(w.path("ut.docx"))
        assert "kk:" not in xml and "kkf:" not in xml and 'w:author="klimakrav"' not in xml
        assert words(xml) == words(part(ny))
        w.run("release", w.path("ut.docx"), "-o", w.path("ut2.docx"))
        assert digest(w.path("ut.docx")) == digest(w.path("ut2.docx"))
    w.run("release", mal, "-o", w.path("ut.docx"))
    assert digest(w.path("ut.docx")) == digest(mal)


@case
def release_leaves_others_alone(w):
    mal, ny = w.template(MAL), w.path("ny.docx")
    w.run("insert", mal, "-o", ny, *BOTH, *FILLED, *STAMP)
    stranger = b'<w:ins w:id="990001" w:author="Kari" w:date="2026-01-01T00:00:00Z"><w:r><w:t>Lagt til</w:t></w:r></w:ins>'
    rewrite(ny, w.path("to.docx"), lambda d: d.replace(b"</w:p>", stranger + b"</w:p>", 1))
    w.run("release", w.path("to.docx"), "-o", w.path("ut.docx"))
    xml = part(w.path("ut.docx"))
    assert 'w:author="klimakrav"' not in xml and 'w:author="Kari"' in xml
    assert xml.count("<w:ins ") == part(mal).count("<w:ins ") + 1


def main():
    parser = argparse.ArgumentParser()
    for name in ("klimakrav", "fixtures", "schema", "receipt-schema", "bank"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--case")
    options = parser.parse_args()
    failed = 0
    for function in CASES:
        if options.case and options.case != function.__name__:
            continue
        with tempfile.TemporaryDirectory(prefix="kk-life-") as folder:
            world = World(options, folder)
            world.bank = options.bank
            with open(options.receipt_schema, encoding="utf-8") as f:
                world.receipt_schema = json.load(f)
            try:
                function(world)
                print("ok   " + function.__name__)
            except (AssertionError, OSError, ValueError, KeyError, IndexError, StopIteration,
                    subprocess.TimeoutExpired) as e:
                failed += 1
                print("FAIL %s: %s: %s" % (function.__name__, type(e).__name__, str(e)[:900]))
    print("%d cases, %d failed" % (len(CASES), failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
