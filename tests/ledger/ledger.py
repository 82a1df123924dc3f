#!/usr/bin/env python3
"""The ledger from outside: what is recorded, several processes at once, an older file, foreign files,
what was rejected, and that nobody's name gets in.

  ledger.py --klimakrav BIN --fixtures DIR --work DIR
"""
import argparse
import json
import os
import shutil
import sqlite3

from kit import TIME, Kit

FEW = ["it-drift*", "kantine*", "mobler*", "reinhald*"]


def recorded(k):
    """Rows agree with what the program itself says in JSON."""
    k.copy("maler", FEW)
    _, out, _ = k.run("audit", "maler", "--format", "json", "--date", "2026-09-01", "--ledger", "a.sqlite",
                      "--timestamp", TIME % "2026-09-01", "--author", "Innkjøp")
    said = json.loads(out)
    rows = dict((r[0], r[1:]) for r in k.sql("a.sqlite", """
        SELECT path, sha256, satisfied, route, weight, n_error, n_warning, n_info,
               (SELECT count(*) FROM category c WHERE c.snapshot=s.id),
               (SELECT coalesce(sum(n), 0) FROM finding f WHERE f.snapshot=s.id)
        FROM snapshot s JOIN template t ON t.id=s.template"""))
    k.check("documents", len(rows) == len(said["documents"]) == 4, rows.keys())
    for d in said["documents"]:
        v = d["verdict"]
        levels = [sum(f["level"] == x for f in d["findings"]) for x in ("error", "warning", "info")]
        satisfied = None if v["satisfied"] is None else int(v["satisfied"])
        want = (d["sha256"], satisfied, v["route"], v["weight"], *levels, len(d["categories"]), sum(levels))
        k.check("row", rows.get(d["path"]) == want, "%s: %s, not %s" % (d["path"], rows.get(d["path"]), want))
    run = k.sql("a.sqlite", "SELECT command, started, date, author, exit FROM run")
    k.check("run", run == [("audit", TIME % "2026-09-01", "2026-09-01", "Innkjøp", 1)], run)
    k.check("wal", k.one("a.sqlite", "PRAGMA journal_mode") == "wal")


def edits(k):
    """insert is two snapshots and an event; what was rejected is not put back; withdraw is one more."""
    k.copy("b", ["it-drift*"])
    path = "b/it-drift-indre-sund.docx"
    original = open(k.path(path), "rb").read()
    common = ["--ledger", "b.sqlite", "--date", "2026-09-01", "--fail-on", "never"]
    k.run("insert", path, "--in-place", "--no-backup", *common, "--timestamp", TIME % "2026-09-01", expect=0)
    events = k.sql("b.sqlite", "SELECT clause, kind FROM event")
    k.check("inserted", len(events) == 1 and events[0][1] == "inserted", events)
    phases = k.sql("b.sqlite", "SELECT phase, n_error FROM snapshot ORDER BY id")
    k.check("phases", [p for p, _ in phases] == ["before", "after"] and phases[0][1] > phases[1][1], phases)
    clause = events[0][0]
    _, out, _ = k.run("insert", path, "--dry-run", *common, expect=0)
    k.check("nothing new", clause not in out or "+" not in out, out)
    # A person takes it out by hand and changes something else, so that it is no longer the first document.
    hand = edited(k, original)
    open(k.path(path), "wb").write(hand)
    k.run("insert", path, "--in-place", "--no-backup", *common, "--timestamp", TIME % "2026-09-02", expect=0)
    k.check("rejected stays out", open(k.path(path), "rb").read() == hand)
    _, out, _ = k.run("insert", path, "-o", "b/named.docx", "--clause", clause, *common, expect=0)
    k.check("named goes in", open(k.path("b/named.docx"), "rb").read() != hand, out)
    origin = k.sql("b.sqlite", "SELECT o.path FROM template t JOIN template o ON o.id=t.origin")
    k.check("origin", origin == [(path,)], origin)
    k.run("withdraw", "b/named.docx", "--in-place", "--no-backup", *common, expect=0)
    kinds = [r[0] for r in k.sql("b.sqlite", "SELECT kind FROM event ORDER BY id")]
    k.check("withdrawn", kinds == ["inserted", "inserted", "withdrawn"], kinds)
    # update asks the same ledger.
    before = open(k.path(path), "rb").read()
    k.run("update", path, "--in-place", "--no-backup", *common, expect=0)
    k.check("update leaves it out", open(k.path(path), "rb").read() == before)


def edited(k, original):
    """The document with another word in it, by zipfile."""
    import io
    import zipfile
    source = zipfile.ZipFile(io.BytesIO(original))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                at = data.index(b"</w:t>")
                data = data[:at] + b" (ny)" + data[at:]
            target.writestr(entry, data)
    return out.getvalue()


def processes(k):
    """Four processes write a new ledger at once; nothing is lost, nothing stands twice."""
    for i in range(4):
        k.copy("p%d" % i, FEW)
    runs = [k.start("audit", "p%d" % i, "--ledger", "p.sqlite", "--date", "2026-09-01", "--jobs", "1")
            for i in range(4)]
    for r in runs:
        _, err = r.communicate(timeout=300)
        k.check("process", r.returncode == 1, err.decode("utf-8", "replace"))
    k.check("runs", k.one("p.sqlite", "SELECT count(*) FROM run WHERE exit=1") == 4)
    k.check("templates", k.one("p.sqlite", "SELECT count(*) FROM template") == 16)
    k.check("snapshots", k.one("p.sqlite", "SELECT count(*) FROM snapshot") == 16)
    per = k.sql("p.sqlite", "SELECT run, count(*) FROM snapshot GROUP BY run")
    k.check("each its own", sorted(n for _, n in per) == [4, 4, 4, 4], per)
    k.check("integrity", k.one("p.sqlite", "PRAGMA integrity_check") == "ok")
    k.check("no orphans", k.sql("p.sqlite", "PRAGMA foreign_key_check") == [])


def version_1(k, source):
    """A file as version 1 wrote it: the tables by the first step in schema.c, rows by hand."""
    text = open(source, encoding="utf-8").read()
    text = text[text.index("static const char version_1[]"):text.index("static const char version_2[]")]
    code = "".join(part for line in text.split("\n") if '"' in line for part in line.split('"')[1::2])
    connection = sqlite3.connect(k.path("old.sqlite"))
    connection.executescript(code)
    connection.executescript("""
        INSERT INTO run VALUES(1,'audit','2025-03-01T08:00:00Z','2025-03-01','0.0.9','aaaabbbbcccc',NULL,1);
        INSERT INTO template VALUES(1,'maler/it-drift-indre-sund.docx',NULL);
        INSERT INTO snapshot VALUES(1,1,1,'audit','ab','nn','tender',0,'silent',NULL,'FOA § 7-9 (2)',2,1,0);
        INSERT INTO category VALUES(1,'ikt',5.0,0);
        INSERT INTO finding VALUES(1,'0123456789abcdef','K01',2,3);
        INSERT INTO clause VALUES(1,'FEL-TK-01','1.0','current',0,1);
        INSERT INTO event VALUES(1,1,1,'FEL-TK-01','1.0','inserted','aa','ab');
        PRAGMA user_version=1; PRAGMA application_id=1802202212;""")
    connection.commit()
    connection.close()
    shutil.copy(k.path("old.sqlite"), k.path("old-copy.sqlite"))
    k.run("audit", "maler", "--ledger", "old.sqlite", "--date", "2026-09-01", "--timestamp", TIME % "2026-09-01",
          expect=1)
    k.check("version", k.one("old.sqlite", "PRAGMA user_version") == 2)
    old = k.sql("old.sqlite", "SELECT fingerprint, held, rule, level, n FROM finding WHERE snapshot=1")
    k.check("old findings", old == [("0123456789abcdef", "", "K01", 2, 3)], old)
    row = k.sql("old.sqlite", "SELECT satisfied, n_error, n_criteria, procurement FROM snapshot WHERE id=1")
    k.check("old snapshot", row == [(0, 2, None, None)], row)
    k.check("same template", k.one("old.sqlite", "SELECT count(*) FROM snapshot WHERE template=1") == 2)
    k.check("fresh equals migrated", tables(k, "old.sqlite") == tables(k, "a.sqlite"))


def tables(k, file):
    names = [r[0] for r in k.sql(file, "SELECT name FROM sqlite_schema WHERE type IN ('table','index') ORDER BY 1")]
    return [(n, k.sql(file, "PRAGMA table_info(%s)" % n)) for n in names]


def foreign(k):
    """Files that are no ledger, or of a newer program, are refused and stay as they are."""
    cases = {"text.sqlite": b"dette er ikke en database, bare en tekst som er lang nok\n" * 40}
    connection = sqlite3.connect(k.path("other.sqlite"))
    connection.executescript("CREATE TABLE penger(kr); INSERT INTO penger VALUES(1);")
    connection.close()
    shutil.copy(k.path("a.sqlite"), k.path("newer.sqlite"))
    connection = sqlite3.connect(k.path("newer.sqlite"))
    connection.executescript("PRAGMA user_version=99; PRAGMA journal_mode=DELETE;")
    connection.close()
    for name, data in cases.items():
        open(k.path(name), "wb").write(data)
    for name, code in (("text.sqlite", "ledger-foreign"), ("other.sqlite", "ledger-foreign"),
                       ("newer.sqlite", "ledger-newer")):
        content = dump(k, name)
        _, _, err = k.run("audit", "maler", "--ledger", name, expect=2)
        k.check(name, "[%s]" % code in err and name in err, err)
        k.check(name + " untouched", dump(k, name) == content)
    _, _, err = k.run("audit", "maler", "--ledger", "no/such/folder/l.sqlite", expect=2)
    k.check("folder", "no/such/folder" in err, err)
    _, _, err = k.run("audit", "maler", "--ledger", "t.sqlite", "--timestamp", "i går", expect=2)
    k.check("timestamp", "[timestamp]" in err, err)


def dump(k, name):
    try:
        connection = sqlite3.connect(k.path(name))
        lines = list(connection.iterdump())
        connection.close()
        return lines
    except sqlite3.DatabaseError:
        return open(k.path(name), "rb").read()


def private(k):
    """No folder above the ledger, no user name, no host name, no time zone in the file."""
    data = open(k.path("a.sqlite"), "rb").read()
    if os.path.exists(k.path("a.sqlite-wal")):
        data += open(k.path("a.sqlite-wal"), "rb").read()
    k.check("no absolute path", os.path.dirname(k.work).encode() not in data)
    k.check("author only", k.sql("a.sqlite", "SELECT DISTINCT author FROM run") == [("Innkjøp",)])
    paths = [r[0] for r in k.sql("a.sqlite", "SELECT path FROM template")]
    k.check("relative", all(p.startswith("maler/") for p in paths), paths)


def decisions(k):
    """Who decided which suppression is recorded once, and findings point to it."""
    with open(k.path("klimakrav.xml"), "w", encoding="utf-8") as f:
        f.write('<klimakrav xmlns="urn:klimakrav:config:1"><suppressions>'
                '<suppress rule="K01" decided-by="Innkjøpssjefen" decided-on="2026-08-01" until="2027-01-01">'
                '<scope path="maler"/><reason>Ny mal på nyåret</reason></suppress></suppressions>'
                '<municipalities><municipality name="Færder"><folder path="maler/it*"/></municipality>'
                '</municipalities></klimakrav>')
    for day in ("2026-09-01", "2026-09-02"):
        k.run("audit", "maler", "--ledger", "d.sqlite", "--date", day, "--timestamp", TIME % day)
    rows = k.sql("d.sqlite", "SELECT rule, decided_by, decided_on, until, first_run, last_run FROM suppression")
    k.check("decision", rows == [("K01", "Innkjøpssjefen", "2026-08-01", "2027-01-01", 1, 2)], rows)
    held = k.one("d.sqlite", "SELECT count(*) FROM finding f JOIN suppression s ON s.id=f.held WHERE f.rule='K01'")
    loose = k.one("d.sqlite", "SELECT count(*) FROM finding WHERE rule='K01' AND held=''")
    k.check("held", held > 0 and loose == 0, (held, loose))
    towns = k.sql("d.sqlite", "SELECT DISTINCT municipality FROM snapshot WHERE municipality IS NOT NULL")
    k.check("municipality", towns == [("Færder",)], towns)
    os.remove(k.path("klimakrav.xml"))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--klimakrav", required=True)
    p.add_argument("--fixtures", required=True)
    p.add_argument("--source", required=True, help="plugin/ledger")
    p.add_argument("--work", required=True)
    a = p.parse_args()
    k = Kit(a.klimakrav, a.fixtures, os.path.abspath(a.work))
    recorded(k)
    edits(k)
    processes(k)
    version_1(k, os.path.join(a.source, "schema.c"))
    foreign(k)
    private(k)
    decisions(k)
    k.done()


if __name__ == "__main__":
    main()
