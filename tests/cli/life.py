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
    xml = re.sub(r"<w:(del|ins) [^>]*/>", "", xml)
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


# ---- upgrades -------------------------------------------------------------------------------------

@case
def an_older_version_is_told_and_upgraded_when_asked(w):
    star, rules = stands(w), ["--rules", bank_with(w, "bank")]
    told = plan(w, star, *rules, "--clause", PARAGRAPHS)[PARAGRAPHS]
    assert told["action"] == "outdated" and told["standing"] == "1.0" and any("[-" in d for d in told["diff"])
    w.run("insert", star, "-o", w.path("ut.docx"), *rules, "--clause", PARAGRAPHS, *STAMP)
    assert digest(star) == digest(w.path("ut.docx"))
    w.run("update", star, "--output-dir", w.path("ut"), *rules, *STAMP)
    xml = part(os.path.join(w.path("ut"), "star.docx"))
    assert "kk:%s@2.0" % PARAGRAPHS in xml and "kk:%s@2.0" % ROW in xml and "<w:delText" in xml
    assert "gjelder fra " in words(xml) and "Leverandøren må hvert" in words(xml)
    w.run("update", w.path("ut"), "--output-dir", w.path("ut2"), *rules, *STAMP)
    assert digest(os.path.join(w.path("ut2"), "star.docx")) == digest(os.path.join(w.path("ut"), "star.docx"))


@case
def filled_fields_keep_their_values(w):
    star, rules = stands(w, *FILLED), ["--rules", bank_with(w, "bank")]
    w.run("insert", star, "-o", w.path("ut.docx"), *rules, *BOTH, "--take-ours", "--set", "frist=99",
          "--set", "nydato=1. mai", *STAMP)
    text = words(part(w.path("ut.docx")))
    assert "senest 10 dager" in text and "gjelder fra 1. mai." in text


@case
def hand_made_edits_are_kept_and_shown(w):
    star, rules = stands(w), ["--rules", bank_with(w, "bank")]
    rewrite(star, w.path("rørt.docx"), lambda d: d.replace("oppnådd nivå og avvik".encode(), "oppnådd nivå".encode()))
    told = plan(w, w.path("rørt.docx"), *rules, "--clause", PARAGRAPHS)[PARAGRAPHS]
    assert told["action"] == "edited" and any("{+ og avvik+}" in d for d in told["diff"]), told["diff"]
    said = w.run("insert", w.path("rørt.docx"), "--dry-run", *rules, "--clause", PARAGRAPHS, *STAMP).stdout.decode()
    assert "{+ og avvik+}" in re.sub(r"\s+", " ", said)
    w.run("update", w.path("rørt.docx"), "--output-dir", w.path("ut"), *rules, *STAMP)
    xml = part(os.path.join(w.path("ut"), "rørt.docx"))
    assert "kk:%s@1.0" % PARAGRAPHS in xml and "oppnådd nivå, og" in words(xml)
    w.run("insert", w.path("rørt.docx"), "-o", w.path("vår.docx"), *rules, "--clause", PARAGRAPHS, "--take-ours", *STAMP)
    assert "kk:%s@2.0" % PARAGRAPHS in part(w.path("vår.docx"))
    assert "oppnådd nivå og avvik" in words(part(w.path("vår.docx")))


@case
def a_rejected_upgrade_is_not_offered_again(w):
    star, rules = stands(w), ["--rules", bank_with(w, "bank")]
    w.run("insert", star, "-o", w.path("ny.docx"), *rules, "--clause", PARAGRAPHS, "--take-ours", "--no-track", *STAMP)
    tag = re.search(r"kk:%s@2.0#\w+" % PARAGRAPHS, part(w.path("ny.docx"))).group(0)
    rewrite(star, w.path("avvist.docx"), lambda d: re.sub(rb"kk:%s@1.0#\w+" % PARAGRAPHS.encode(), tag.encode(), d))
    told = plan(w, w.path("avvist.docx"), *rules, "--clause", PARAGRAPHS)[PARAGRAPHS]
    assert told["action"] == "rejected" and "1.0" in told["message"], told
    w.run("update", w.path("avvist.docx"), "--output-dir", w.path("ut"), *rules, *STAMP)
    assert "kk:%s@2.0" % PARAGRAPHS in part(os.path.join(w.path("ut"), "avvist.docx"))
    assert "Leverandøren skal hvert" in words(part(os.path.join(w.path("ut"), "avvist.docx")))


@case
def a_version_known_by_its_hash_is_recognised(w):
    """The upgrade from 1.5 to 2.0 was rejected; the bank has only the fingerprint of 1.5 left."""
    def half(match):
        return match.group(0).replace("skal", "bør", 1)
    w.run("insert", w.template(MAL), "-o", w.path("en.docx"), "--no-track", *BOTH, *STAMP,
          "--rules", bank_with(w, "half", version="1.5", body=half))
    shown = json.loads(w.run("rules", "show", PARAGRAPHS, "--format", "json", "--rules", w.path("half")).stdout)
    hashes = [v for k, v in flat(shown) if k in ("hash_nb", "hash_nn")]
    rules = ["--rules", bank_with(w, "bank")]
    w.run("insert", w.template(MAL), "-o", w.path("to.docx"), "--no-track", *BOTH, *rules, *STAMP)
    tag = re.search(r"kk:%s@2.0#\w+" % PARAGRAPHS, part(w.path("to.docx"))).group(0)
    rewrite(w.path("en.docx"), w.path("avvist.docx"),
            lambda d: re.sub(rb"kk:%s@1.5#\w+" % PARAGRAPHS.encode(), tag.encode(), d))
    assert plan(w, w.path("avvist.docx"), *rules, "--clause", PARAGRAPHS)[PARAGRAPHS]["action"] == "edited"
    path = os.path.join(w.path("bank"), "newer.xml")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    earlier = "".join('<earlier version="1.5" hash="%s"/>' % h for h in hashes)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text.replace("<satisfied-by>", earlier + "<satisfied-by>", 1))
    told = plan(w, w.path("avvist.docx"), *rules, "--clause", PARAGRAPHS)[PARAGRAPHS]
    assert told["action"] == "rejected" and "1.5" in told["message"], told
    with open(path, "w", encoding="utf-8") as f:
        f.write(text.replace("<satisfied-by>", '<earlier version="1" hash="xyz"/><satisfied-by>', 1))
    assert b"[rule" in w.run("audit", w.path("en.docx"), *rules, code=2).stderr


def flat(value, key=None):
    if isinstance(value, dict):
        for k, v in value.items():
            yield from flat(v, k)
    elif isinstance(value, list):
        for v in value:
            yield from flat(v, key)
    else:
        yield key, value


@case
def a_second_copy_is_told(w):
    star = stands(w)

    def twice(data):
        control = re.search(rb'<w:sdt><w:sdtPr><w:alias [^>]*><w:tag w:val="kk:%s.*?</w:p></w:sdtContent></w:sdt>'
                            % PARAGRAPHS.encode(), data, re.S).group(0)
        return data.replace(control, control + control)

    rewrite(star, w.path("to.docx"), twice)
    out = w.run("insert", w.path("to.docx"), "--dry-run", "--format", "json", "--clause", PARAGRAPHS, *STAMP).stdout
    actions = [c["action"] for c in json.loads(out)["clauses"] if c["clause"] == PARAGRAPHS]
    assert actions == ["current", "duplicate"], actions


@case
def a_newer_version_is_left(w):
    rules = ["--rules", bank_with(w, "bank")]
    w.run("insert", w.template(MAL), "-o", w.path("ny.docx"), "--no-track", *rules, *BOTH, *STAMP)
    w.run("update", w.path("ny.docx"), "--output-dir", w.path("ut"), *STAMP)
    assert "kk:%s@2.0" % PARAGRAPHS in part(os.path.join(w.path("ut"), "ny.docx"))


# ---- without marking ------------------------------------------------------------------------------

def unmarked(w, name, to="umerket.docx"):
    """What a program leaves that knows no content controls: the words, and nothing around them."""
    def strip(data):
        data = re.sub(rb"<w:sdtPr>.*?</w:sdtPr>", b"", data, flags=re.S)
        return re.sub(rb"</?w:sdt(Content)?>", b"", data)
    rewrite(name, w.path(to), strip)
    return w.path(to)


def untagged(w, name, to="uten-tag.docx"):
    """What LibreOffice leaves: the controls, without their tags."""
    rewrite(name, w.path(to), lambda d: re.sub(rb'<w:tag w:val="kkf?:[^>]*/>', b"", d))
    return w.path(to)


@case
def a_clause_whose_tag_was_lost_is_withdrawn_with_its_control(w):
    bare = untagged(w, stands(w, *FILLED))
    w.run("withdraw", bare, "-o", w.path("ut.docx"), *BOTH)
    xml = part(w.path("ut.docx"))
    assert words(xml) == words(part(w.template(MAL))) and "Rapportering på klima og miljø" not in xml
    assert xml.count("<w:sdt>") == part(w.template(MAL)).count("<w:sdt>"), "an empty control stays behind"


@case
def a_clause_without_marking_is_withdrawn_by_name(w):
    star = stands(w, *FILLED)
    bare = unmarked(w, star)
    assert plan(w, bare, "--clause", PARAGRAPHS)[PARAGRAPHS]["action"] == "untagged"
    w.run("withdraw", bare, "-o", w.path("ut.docx"))
    assert digest(w.path("ut.docx")) == digest(bare), "words that nobody named are the template's own"
    for more in ([], ["--track", "--timestamp", "2026-11-23T12:00:00Z"]):
        w.run("withdraw", bare, "-o", w.path("ut.docx"), *BOTH, *more, "--receipt", w.path("k.json"))
        assert "Bekreftet" in verify(w, bare, w.path("ut.docx"), w.path("k.json"))
        os.unlink(w.path("k.json"))
        before, after = words(part(w.template(MAL))).split("\n"), words(part(w.path("ut.docx"))).split("\n")
        assert [t for t in after if t] == [t for t in before if t], more
    w.run("insert", w.template(MAL), "-o", w.path("ny.docx"), "--no-track", "--receipt", w.path("k.json"), *BOTH, *STAMP)
    r = w.run("withdraw", unmarked(w, w.path("ny.docx")), "-o", w.path("ut.docx"), "--receipt", w.path("k.json"),
              "--lang", "nb")
    assert "2 klausuler tatt ut." in r.stdout.decode(), "the receipt knows that they were put in"


@case
def an_older_clause_without_marking_is_replaced_and_marked(w):
    bare = unmarked(w, stands(w, *FILLED))
    rules = ["--rules", bank_with(w, "bank")]
    assert plan(w, bare, *rules, "--clause", PARAGRAPHS)[PARAGRAPHS]["action"] == "outdated"
    w.run("update", bare, "--output-dir", w.path("ut"), *rules, *STAMP)
    new = os.path.join(w.path("ut"), os.path.basename(bare))
    text = words(part(new))
    assert "kk:%s@2.0" % PARAGRAPHS in part(new) and text.count("Leverandøren må hvert") == 1
    assert "senest 10 dager" in text, "what was filled in stays"
    assert "Leverandøren skal hvert kvartal" not in text and "<w:delText" in part(new)
    w.run("update", w.path("ut"), "--output-dir", w.path("ut2"), *rules, *STAMP)
    assert digest(new) == digest(os.path.join(w.path("ut2"), os.path.basename(bare)))


@case
def words_with_a_note_in_them_are_left(w):
    bare = unmarked(w, stands(w))
    rewrite(bare, w.path("note.docx"), lambda d: d.replace(
        "Leverandøren skal hvert </w:t>".encode(),
        b'</w:t></w:r><w:r><w:commentReference w:id="9"/></w:r><w:r><w:t xml:space="preserve">'
        + "Leverandøren skal hvert </w:t>".encode(), 1))
    r = w.run("withdraw", w.path("note.docx"), "-o", w.path("ut.docx"), "--clause", PARAGRAPHS, code=2)
    assert b"[place-ambiguous]" in r.stderr and not os.path.exists(w.path("ut.docx"))


# ---- comments -------------------------------------------------------------------------------------

@case
def findings_as_comments(w):
    for name in ("kontorrekvisita-fjordheim.docx", "renovasjon-ostre-skog.docx", "matvarer-sjohaug.docx"):
        mal = w.template(name)
        before = digest(mal)
        first = w.audit(mal, "--comments", w.path("en"))["documents"][0]["findings"]
        second = w.audit(os.path.join(w.path("en"), name), "--comments", w.path("to"))["documents"][0]["findings"]
        assert [f["fingerprint"] for f in first] == [f["fingerprint"] for f in second], "our words were judged"
        rewritten = os.path.join(w.path("to"), name)
        comments = part(os.path.join(w.path("en"), name), "word/comments.xml")
        assert comments.count('w:initials="kk-') == len(first) and digest(mal) == before
        assert comments == part(rewritten, "word/comments.xml")
        for f in first:
            assert f["message"].replace("&", "&amp;").replace('"', "&quot;") in comments, f["message"]
            if f["evidence"] and f["place"]["story"] == "body":
                assert on_words(os.path.join(w.path("en"), name), f["evidence"]), f["evidence"]


def on_words(path, evidence):
    """Is there a comment range whose text is this?"""
    xml = part(path)
    for m in re.finditer(r'<w:commentRangeStart w:id="(\d+)"/>', xml):
        end = xml.index('<w:commentRangeEnd w:id="%s"/>' % m.group(1))
        text = words(xml[m.end():end])
        flat = re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&amp;", "&")).strip()
        if re.sub(r"\s+", " ", evidence).strip() == flat:
            return True
    return False


@case
def comments_of_others_stay_and_old_ones_go(w):
    mal = w.template("kontorrekvisita-fjordheim.docx")
    w.audit(mal, "--comments", w.path("en"))
    copy = os.path.join(w.path("en"), os.path.basename(mal))
    kari = '<w:comment w:id="77" w:author="Kari" w:initials="K"><w:p><w:r><w:t>Hei</w:t></w:r></w:p></w:comment>'

    def add(data):
        return data.decode().replace("</w:comments>", kari + "</w:comments>").encode()

    rewrite(copy, w.path("kari.docx"), add, "word/comments.xml")
    w.run("insert", w.path("kari.docx"), "-o", w.path("bedre.docx"), *STAMP)
    n = len(w.audit(w.path("bedre.docx"), "--comments", w.path("to"))["documents"][0]["findings"])
    comments = part(os.path.join(w.path("to"), "bedre.docx"), "word/comments.xml")
    assert kari in comments and comments.count('w:initials="kk-') == n
    w.run("release", os.path.join(w.path("to"), "bedre.docx"), "-o", w.path("ut.docx"), code=(0, 2))
    w.run("withdraw", os.path.join(w.path("to"), "bedre.docx"), "-o", w.path("uten.docx"))
    w.run("release", w.path("uten.docx"), "-o", w.path("ut.docx"))
    comments = part(w.path("ut.docx"), "word/comments.xml")
    assert kari in comments and "kk-" not in comments and "Kari" in comments


@case
def comments_never_touch_the_original(w):
    mal = w.template(MAL)
    before = digest(mal)
    r = w.run("audit", mal, "--comments", w.dir, *STAMP, code=2)
    assert digest(mal) == before and b"[usage]" in r.stderr


# ---- values, errors, pipes ------------------------------------------------------------------------

@case
def values_are_checked(w):
    mal = w.template(MAL)
    rows = (("vket=30", "vket"), ("vekt=30 %", "bare et tall"), ("vekt=130", "100 prosent"), ("vekt=mye", "bare et tall"))
    for value, said in rows:
        r = w.run("insert", mal, "-o", w.path("ut.docx"), *BOTH, "--set", value, "--lang", "nb", *STAMP, code=2)
        assert said in r.stderr.decode() and "[field]" in r.stderr.decode(), r.stderr
        with open(w.path("v.json"), "w", encoding="utf-8") as f:
            json.dump(dict([value.split("=")]), f)
        r = w.run("insert", mal, "-o", w.path("ut.docx"), *BOTH, "--values", w.path("v.json"), "--lang", "nb", *STAMP,
                  code=2)
        assert said in r.stderr.decode(), r.stderr
    assert not os.path.exists(w.path("ut.docx"))
    w.run("insert", mal, "-o", w.path("ut.docx"), *BOTH, "--set", "vekt=32,5", "--set", "frist=10–15", *STAMP)
    assert "32,5" in part(w.path("ut.docx"))


@case
def rule_errors_speak_the_readers_language(w):
    os.makedirs(w.path("feil"))
    with open(w.path("feil/x.xml"), "w", encoding="utf-8") as f:
        f.write('<bank xmlns="urn:klimakrav:rules:1" id="x"><foo/></bank>')
    for lang, said in (("nb", "regelfilen har en feil"), ("nn", "regelfila har ein feil")):
        r = w.run("audit", w.template(MAL), "--rules", w.path("feil"), "--lang", lang, code=2)
        assert said in r.stderr.decode() and "x.xml:1:" in r.stderr.decode()


@case
def a_reader_that_leaves_is_no_failure(w):
    for words_ in (["rules", "list", "--format", "html"], ["audit", w.templates, "--format", "json"]):
        p = subprocess.Popen([w.tool, *words_], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        p.stdout.read(10)
        p.stdout.close()
        said = p.stderr.read()
        assert p.wait(timeout=120) in (0, 1) and said == b"", said
    with open("/dev/full", "wb") as full:
        p = subprocess.run([w.tool, "rules", "list"], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert p.returncode == 2 and b"[io]" in p.stderr


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
