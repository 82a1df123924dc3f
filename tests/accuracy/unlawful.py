#!/usr/bin/env python3
"""Does `rules lint` see a clause that must not be used, in a municipality's own folder of rules?

  unlawful.py --klimakrav BIN

Each row is one clause text with what the lint must say of it; a row without is a lawful twin, of which it
must say nothing worse than a note. Both language forms. Exit 0 good, 1 otherwise.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

KS, TK, KO, BG = "kravspesifikasjon", "tildelingskriterium", "kontraktsvilkar", "begrunnelse"
ROWS = [
    # what the lint must say, type, nb, nn
    ("lint-no-local-food", KS, "Minst 30 % av maten skal være kortreist.",
     "Minst 30 % av maten skal vere kortreist."),
    ("lint-no-local-food", TK, "Andel norskproduserte råvarer gir poeng: 30 %.",
     "Del norskproduserte råvarer gjev poeng: 30 %."),
    (None, KS, "Minst 30 % av råvarene skal være i sesong.", "Minst 30 % av råvarene skal vere i sesong."),
    ("lint-no-local-supplier", TK, "Leverandører med kontor i kommunen får 10 poeng.",
     "Leverandørar med kontor i kommunen får 10 poeng."),
    ("lint-award-no-certificate", TK, "Gyldig ISO 14001-sertifikat eller tilsvarende gir 10 poeng.",
     "ISO 14001 gjev 10 poeng, eller tilsvarande sertifikat."),
    (None, TK, "Vi vurderer hvordan miljøledelsen brukes i denne kontrakten, vekt 30 %.",
     "Vi vurderer korleis miljøleiinga blir brukt i denne kontrakten, vekt 30 %."),
    ("lint-no-hvo", KS, "Lastebilene skal bruke HVO100 på minst 50 % av turene.",
     "Lastebilane skal bruke HVO100 på minst 50 % av turane."),
    (None, KS, "Lastebilene skal bruke biogass på minst 50 % av turene.",
     "Lastebilane skal bruke biogass på minst 50 % av turane."),
    ("lint-no-energy-star", KS, "Skjermene skal ha merket Energy Star og bruke under 20 W.",
     "Skjermane skal ha merket Energy Star og bruke under 20 W."),
    ("lint-demand-no-soft", KS, "Leverandøren skal fortrinnsvis bruke elbil på 30 % av turene.",
     "Leverandøren skal helst bruke elbil på 30 % av turane."),
    ("eller tilsvarende", KS, "Alle produkter skal ha Svanemerket.", "Alle produkt skal ha Svanemerket."),
    (None, KS, "Alle produkter skal ha Svanemerket eller tilsvarende.",
     "Alle produkt skal ha Svanemerket eller tilsvarande."),
    ("lint-no-spoiled-equivalent", KS,
     "Alle produkter skal ha Svanemerket eller tilsvarende. Med tilsvarende menes et merke som er klart bedre.",
     "Alle produkt skal ha Svanemerket eller tilsvarande. Med tilsvarande meiner vi eit klart betre merke."),
    ("lint-no-car-ceiling", KS, "Personbilene skal slippe ut høyst 95 g/km.",
     "Personbilane skal sleppe ut høgst 95 g/km."),
    (None, KS, "Personbilene skal ha 0 g/km i utslipp.", "Personbilane skal ha 0 g/km i utslepp."),
    ("lint-no-oil-heat", KO, "Entreprenøren skal varme opp. Byggvarme kan skje med diesel inntil 10 dager.",
     "Entreprenøren skal varme opp. Byggvarme kan skje med diesel inntil 10 dagar."),
    (None, KO, "Byggvarmen skal være fossilfri i 100 % av tiden.", "Byggvarmen skal vere fossilfri i 100 % av tida."),
    ("a reason without a field", BG, "Anskaffelsen har etter sin art uvesentlig klimaavtrykk og miljøbelastning.",
     "Anskaffinga har etter sin art uvesentleg klimaavtrykk og miljøbelastning."),
    ("how is it measured", KS, "Leverandøren skal ha gode rutiner for klima.",
     "Leverandøren skal ha gode rutinar for klima."),
    ("no binding word", KS, "Leverandøren har elbil på 30 % av turene.", "Leverandøren har elbil på 30 % av turane."),
]


def clause(number, kind, nb, nn):
    body = "".join(f'<body xml:lang="{lang}"><p>{escape(text)}</p></body>' for lang, text in (("nb", nb), ("nn", nn)))
    both = "".join(f'<{tag} xml:lang="{lang}">Prøve</{tag}>' for tag in ("verifikat", "motive")
                   for lang in ("nb", "nn"))
    more = "".join(f'<{tag} xml:lang="{lang}">Noe annet</{tag}>' for tag in ("satisfied", "near-miss")
                   for lang in ("nb", "nn"))
    return (f'<clause id="T-{number:02d}" version="1.0" type="{kind}" status="draft" from="2024-01-01">'
            '<name xml:lang="nb">Prøve</name><name xml:lang="nn">Prøve</name><name xml:lang="en">Trial</name>'
            f'<place ref="spec"/>{body}{both}<basis ref="LOA § 5"/><source href="https://example.org" title="t"/>'
            f'<follow-up ref="FEL-KO-04"/>{more}</clause>')


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    p.add_argument("--klimakrav", required=True)
    binary = p.parse_args().klimakrav
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "own.xml"), "w", encoding="utf-8") as f:
            f.write('<bank xmlns="urn:klimakrav:rules:1" id="own">'
                    + "".join(clause(i, *row[1:]) for i, row in enumerate(ROWS)) + "</bank>")
        r = subprocess.run([binary, "rules", "lint", "--lang", "nb", "--rules", folder], capture_output=True,
                           timeout=300)
    said = {}
    for line in (r.stdout + r.stderr).decode("utf-8", "replace").splitlines():
        m = re.search(r"(error|warning): (T-\d\d): (.*)", line)
        if m:
            said.setdefault(m.group(2), []).append(m.group(3))
    wrong = 0
    for i, (want, kind, nb, nn) in enumerate(ROWS):
        lines = said.get(f"T-{i:02d}", [])
        forms = [sum(1 for x in lines if (want or "") in x and f" in {lang}" in x) for lang in ("nb", "nn")]
        if (want is None and lines) or (want is not None and 0 in forms):
            wrong += 1
            print(f"{kind}: {nb} | {nn}\n  wanted {want or 'nothing'}, got {lines or 'nothing'}")
    print(f"{len(ROWS)} clause texts in both language forms, {wrong} judged otherwise")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
