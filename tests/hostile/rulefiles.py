"""A municipality's own folder of rules, written by somebody who means harm or knows no better."""
import re
import zipfile
from xml.sax.saxutils import escape

from kit import DATE, act
from rawzip import document, docx, paragraph

BANK = '<bank xmlns="urn:klimakrav:rules:1" id="egne">\n%s\n</bank>\n'
RULE = ('<pattern id="egen-p"><regex literals="klima">%s</regex></pattern>'
        '<rule id="EGEN-1" severity="warning" scope="paragraph" class="special" status="draft">'
        '<title xml:lang="nb">Prøve</title><title xml:lang="nn">Prøve</title><title xml:lang="en">Trial</title>'
        '<basis ref="LOA § 5"/><when><match pattern="egen-p"/></when>'
        '<message xml:lang="nb">Funnet</message><message xml:lang="nn">Funne</message>'
        '<message xml:lang="en">Found</message><why xml:lang="nb">Derfor</why><why xml:lang="nn">Difor</why>'
        '<why xml:lang="en">So</why>'
        '<example expect="fires" xml:lang="nb">klima</example><example expect="silent" xml:lang="nb">pris</example>'
        '<example expect="fires" xml:lang="nn">klima</example><example expect="silent" xml:lang="nn">pris</example>'
        '</rule>')


def with_pattern(w, pattern, text, word="klima"):
    w.write("egne/egne.xml", BANK % (RULE % escape(pattern)).replace('literals="klima"', 'literals="%s"' % word))
    mal = w.write("mal.docx", docx(document(paragraph(escape(text)) * 20)))
    return w.run("audit", "--format", "json", "--date", DATE, "--rules", w.path("egne"), mal)


def judged(r):
    """The document is read, or the pattern is stopped and that is told; never a hang, never silence."""
    told = r.code == 2 and r.reason in ("match-limit", "limit", "rule-file")
    assert told or (r.code in (0, 1) and b'"EGEN-1"' in r.out) or (r.code in (0, 1) and not r.err), (r.code, r.err)


@act()
def regex_nested_quantifiers(w):
    r = with_pattern(w, "klima(a+)+$", "klima" + "a" * 5000 + "!")
    judged(r)


@act()
def regex_alternatives_that_overlap(w):
    r = with_pattern(w, "klima(a|aa|aaa)*x", "klima" + "a" * 5000)
    judged(r)


@act()
def regex_back_references(w):
    r = with_pattern(w, r"klima(.*)(.*)(.*)\1\2\3x", "klima" + "ab" * 2000)
    judged(r)


@act()
def regex_recursion(w):
    r = with_pattern(w, r"klima(\((?:[^()]|(?1))*\))", "klima" + "(" * 20000)
    judged(r)


@act()
def regex_endless_recursion(w):
    r = with_pattern(w, r"klima(?R)?(?R)?(?R)?x", "klima" * 4000)
    judged(r)


@act()
def regex_repeats_of_repeats(w):
    """Compiles to far more than it says."""
    r = with_pattern(w, "klima((((a{1,100}){1,100}){1,100}){1,100})", "klima" + "a" * 100)
    assert r.code == 2 and r.reason == "rule-file", (r.code, r.err[:300])


@act()
def regex_deep_brackets(w):
    r = with_pattern(w, "klima" + "(" * 5000 + ")" * 5000, "klima")
    assert r.code == 2 and r.reason == "rule-file", (r.code, r.err[:300])


@act()
def regex_that_calls_out(w):
    """(?C) asks the host to be called, \\C cuts a character in two."""
    for pattern in (r"klima(?C1)x", r"klima\C", r"(*NO_JIT)klima", r"(*LIMIT_MATCH=4000000000)klima(a+)+$"):
        r = with_pattern(w, pattern, "klima" + "a" * 2000 + "ø")
        assert r.code in (0, 1, 2), r.err


@act()
def regex_empty_everywhere(w):
    r = with_pattern(w, "(klima)*", "klima " * 2000)
    judged(r)


@act()
def rules_with_laughs(w):
    laughs = '<!DOCTYPE bank [<!ENTITY a "%s">%s]>\n' % ("a" * 100, "".join(
        '<!ENTITY b%d "%s">' % (i, ("&b%d;" % (i - 1) if i else "&a;") * 10) for i in range(10)))
    w.write("egne/egne.xml", laughs + BANK % "&b9;")
    w.refused("audit", "--rules", w.path("egne"), w.write("mal.docx", docx()), reason="rule-file")


@act()
def rules_that_fetch(w):
    w.write("egne/egne.xml", '<!DOCTYPE bank SYSTEM "http://127.0.0.1:9/x.dtd">\n' + BANK % "")
    w.refused("audit", "--rules", w.path("egne"), w.write("mal.docx", docx()), reason="rule-file")


@act()
def rules_deeper_than_a_well(w):
    """Conditions within conditions, a hundred thousand of them."""
    deep = '<rule id="E" severity="info" scope="paragraph" class="special" status="draft"><when>' + "<all>" * 100000
    w.write("egne/egne.xml", BANK % deep)
    w.refused("audit", "--rules", w.path("egne"), w.write("mal.docx", docx()), reason="rule-file")


@act()
def rules_deep_and_closed(w):
    n = 5000
    deep = (RULE % "klima").replace('<match pattern="egen-p"/>', "<all>" * n + '<match pattern="egen-p"/>' +
                                    "</all>" * n)
    w.write("egne/egne.xml", BANK % deep)
    w.refused("audit", "--rules", w.path("egne"), w.write("mal.docx", docx()), reason="rule-file")


@act()
def rules_that_use_each_other(w):
    ring = "".join('<pattern id="p%d"><use ref="p%d"/></pattern>' % (i, (i + 1) % 50) for i in range(50))
    w.write("egne/egne.xml", BANK % ring)
    w.refused("audit", "--rules", w.path("egne"), w.write("mal.docx", docx()), reason="rule-file")


@act()
def rules_not_utf8(w):
    w.write("egne/egne.xml", (BANK % "<!-- bl\xe5 -->").encode("latin-1"))
    w.refused("audit", "--rules", w.path("egne"), w.write("mal.docx", docx()), reason="rule-file")


@act()
def rules_as_a_bank_image(w):
    """A compiled bank that is rubbish, alone in the folder, or with the XML."""
    for data in (b"", b"KKB", b"\0" * 4096, b"KKBANK" + b"\xff" * 4096):
        w.write("egne/bank.kkb", data)
        w.refused("audit", "--rules", w.path("egne"), w.write("mal.docx", docx()))


@act()
def rule_words_with_escapes(w):
    """Messages of rules go to a terminal: control characters by number cannot come that far."""
    bad = (RULE % "klima").replace("Funnet", "Funnet&#x9b;31m&#x202e;evil")
    w.write("egne/egne.xml", BANK % bad)
    r = w.run("audit", "--rules", w.path("egne"), w.write("mal.docx", docx()))
    shown = r.out.decode("utf-8")
    assert "\x9b" not in shown and "\u202e" not in shown, repr(shown[:500])


# ---- clause text that wants out of its place ------------------------------------------------------

BREAKOUT = ['</w:t></w:r></w:p><w:p/>', ']]>', '<!--', '&amp;lt;', '"/><w:altChunk r:id="rId1"/>', "'\"<>&",
            '{{mustache}}', '%s%n%x', '</w:sdtContent>', '<?xml?>', 'a\u2028b', 'DDEAUTO c:\\\\x', '=cmd|x!A0']


def clause(words):
    body = "".join('<body xml:lang="%s"><p>Leverandøren skal bruke %s på 30 %%.</p></body>' % (lang, escape(words))
                   for lang in ("nb", "nn"))
    both = "".join('<%s xml:lang="%s">%s</%s>' % (tag, lang, escape(words), tag) for tag in ("verifikat", "motive")
                   for lang in ("nb", "nn"))
    more = "".join('<%s xml:lang="%s">Noe annet</%s>' % (tag, lang, tag) for tag in ("satisfied", "near-miss")
                   for lang in ("nb", "nn"))
    name = "".join('<name xml:lang="%s">%s</name>' % (lang, escape(words)) for lang in ("nb", "nn", "en"))
    return ('<clause id="EGEN-KS-01" version="1.0" type="kravspesifikasjon" status="draft" from="2024-01-01">%s'
            '<place ref="spec"/>%s%s<basis ref="LOA § 5"/><source href="https://example.org" title="t"/>'
            '<follow-up ref="FEL-KO-04"/>%s</clause>' % (name, body, both, more))


@act()
def clause_that_breaks_out(w):
    """What is inserted stays text: the same words come back out, and the main part stays well-formed."""
    from xml.dom import minidom
    head = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Kravspesifikasjon</w:t></w:r></w:p>'
    for words in BREAKOUT:
        mal = w.write("mal.docx", docx(document(head + paragraph("Varene skal leveres hver uke."))))
        w.write("egne/egne.xml", BANK % clause(words))
        w.fine("insert", mal, "-o", w.path("ny.docx"), "--clause", "EGEN-KS-01", "--rules", w.path("egne"),
               "--no-track", "--date", DATE)
        with zipfile.ZipFile(w.path("ny.docx")) as z:
            main = z.read("word/document.xml")
        tree = minidom.parseString(main)
        said = "".join(t.firstChild.data for t in tree.getElementsByTagName("w:t") if t.firstChild)
        assert words in said, (words, said)
        names = {e.tagName for e in tree.getElementsByTagName("*")}
        assert not names & {"w:altChunk", "w:fldSimple", "w:instrText", "script"}, names


@act()
def value_that_breaks_out(w):
    """The same from --set, author and categories of a form's fields."""
    from xml.dom import minidom
    body = clause("x").replace("bruke x på", 'bruke <field name="sats" default="1"/> på')
    w.write("egne/egne.xml", BANK % body)
    for words in BREAKOUT[:6]:
        mal = w.write("mal.docx", docx())
        w.run("insert", mal, "-o", w.path("ny.docx"), "--clause", "EGEN-KS-01", "--rules", w.path("egne"),
              "--set", "sats=" + words, "--author", words, "--date", DATE)
        if w.last.code == 2:
            assert w.last.reason in ("values", "usage", "author", "value"), w.last.err
            continue
        with zipfile.ZipFile(w.path("ny.docx")) as z:
            main = z.read("word/document.xml")
        tree = minidom.parseString(main)
        assert not tree.getElementsByTagName("w:altChunk")
        assert not re.search(rb"<!--", main), main
