"""Makes a folder of rule files with a later version of clauses of the bank, so that tests have something to
upgrade to: a word changed, a word added, a paragraph more with a field of its own.

  newer.py BANK OUT.xml [CLAUSE...]
"""
import glob
import os
import re
import sys

CLAUSE = re.compile(r'  <clause id="([^"]+)" version="([^"]+)".*?</clause>\n', re.S)
LAST_PARAGRAPH = re.compile(r"(<p>.*?</p>)(?!.*<p>)", re.S)
MORE = '\n      <p>Dette leddet er nytt og gjelder fra <field name="nydato"/>.</p>'


def newer_body(match):
    body = match.group(0).replace("skal", "må", 1).replace(" og ", " samt ", 1)
    return LAST_PARAGRAPH.sub(lambda m: m.group(1) + MORE, body, count=1)


def newer(bank, wanted=(), version="2.0", body=newer_body):
    """The text of a rule file."""
    out, head = [], None
    for path in sorted(glob.glob(os.path.join(bank, "clauses-*.xml"))):
        with open(path, encoding="utf-8") as f:
            text = f.read()
        head = head or re.search(r"^.*?<bank[^>]*>", text, re.S).group(0)
        for m in CLAUSE.finditer(text):
            if not wanted or m.group(1) in wanted:
                clause = m.group(0).replace('version="%s"' % m.group(2), 'version="%s"' % version, 1)
                out.append(re.sub(r'<body xml:lang="n.">.*?</body>', body, clause, flags=re.S))
    return re.sub(r'id="[^"]*"', 'id="newer"', head, count=1) + "\n" + "".join(out) + "</bank>\n"


if __name__ == "__main__":
    with open(sys.argv[2], "w", encoding="utf-8") as to:
        to.write(newer(sys.argv[1], sys.argv[3:]))
