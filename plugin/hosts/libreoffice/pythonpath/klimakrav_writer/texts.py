"""What the extension itself says, in bokmål, nynorsk and English."""

TEXTS = {
    "title": ("klimakrav", "klimakrav", "klimakrav"),
    "not-writer": ("Åpne et Writer-dokument først.", "Opne eit Writer-dokument først.", "Open a Writer document first."),
    "none": ("Ingen funn. Dokumentet har det som reglene krever på denne datoen.",
             "Ingen funn. Dokumentet har det som reglane krev på denne datoen.",
             "No findings. The document has what the rules ask for on this date."),
    "nothing": ("Ingen klausul å sette inn.", "Ingen klausul å setje inn.", "No clause to insert."),
    "inserted": ("Satt inn som sporet endring: %s. Fyll ut feltene i hakeparentes.",
                 "Sett inn som spora endring: %s. Fyll ut felta i hakeparentes.",
                 "Inserted as a recorded change: %s. Fill in the fields in brackets."),
    "commented": ("%d funn står nå som kommentarer.", "%d funn står no som kommentarar.",
                  "%d findings now stand as comments."),
    "undo": ("Sett inn klimaklausul", "Set inn klimaklausul", "Insert climate clause"),
    "undo-comment": ("Kommenter funn", "Kommenter funn", "Comment findings"),
    "findings": ("Funn: %d feil, %d advarsler, %d opplysninger", "Funn: %d feil, %d åtvaringar, %d opplysningar",
                 "Findings: %d errors, %d warnings, %d notes"),
    "error": ("Feil", "Feil", "Error"),
    "warning": ("Advarsel", "Åtvaring", "Warning"),
    "info": ("Opplysning", "Opplysning", "Note"),
    "go": ("Gå til stedet", "Gå til staden", "Go to place"),
    "insert": ("Sett inn klausul", "Set inn klausul", "Insert clause"),
    "comment": ("Kommenter alle", "Kommenter alle", "Comment all"),
    "renew": ("Kontroller på nytt", "Kontroller på nytt", "Check again"),
    "close": ("Lukk", "Lukk", "Close"),
    "place": ("Sted", "Stad", "Place"),
    "why": ("Hvorfor", "Kvifor", "Why"),
    "basis": ("Hjemmel", "Heimel", "Legal basis"),
    "found": ("Funnet", "Funne", "Found"),
    "clause": ("Klausul", "Klausul", "Clause"),
    "settings": ("Innstillinger", "Innstillingar", "Settings"),
    "author": ("Navn på kommentarer", "Namn på kommentarar", "Name on comments"),
    "municipality": ("Kommune eller virksomhet", "Kommune eller verksemd", "Municipality or body"),
    "level": ("Ambisjonsnivå", "Ambisjonsnivå", "Level of ambition"),
    "date": ("Kunngjøringsdato (tom = i dag)", "Kunngjeringsdato (tom = i dag)", "Notice date (empty = today)"),
    "lang": ("Språk i vinduene", "Språk i vindauga", "Language of the windows"),
    "lang-": ("som i LibreOffice", "som i LibreOffice", "as in LibreOffice"),
    "lang-nb": ("bokmål", "bokmål", "bokmål"),
    "lang-nn": ("nynorsk", "nynorsk", "nynorsk"),
    "lang-en": ("engelsk", "engelsk", "English"),
    "bad-date": ("Datoen må skrives som 2026-11-23.", "Datoen må skrivast som 2026-11-23.",
                 "Write the date as 2026-11-23."),
    "save": ("Lagre", "Lagre", "Save"),
    "cancel": ("Avbryt", "Avbryt", "Cancel"),
    "draft": ("Klausulene er utkast og ikke gjennomgått av jurist.", "Klausulane er utkast og ikkje gjennomgått av jurist.",
              "The clauses are drafts and not reviewed by a lawyer."),
}
COLUMN = {"nb": 0, "nn": 1, "en": 2}


def say(lang, key, *values):
    text = TEXTS[key][COLUMN[lang]]
    return text % values if values else text
