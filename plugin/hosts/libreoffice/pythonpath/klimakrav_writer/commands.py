"""What the extension can do with the open document. No windows here: dialog.py shows, this acts."""
import os

import uno

from . import document, insert, notes, settings
from .library import Failure, Library
from .texts import say

IDENTIFIER = "no.klimakrav.writer"
_library = None


def _folder(context):
    provider = context.getByName("/singletons/com.sun.star.deployment.PackageInformationProvider")
    return uno.fileUrlToSystemPath(provider.getPackageLocation(IDENTIFIER))


def library(context):
    global _library
    if _library is None:
        folder = _folder(context)
        _library = Library(os.path.join(folder, "lib", "libklimakrav.so"), os.path.join(folder, "rules"))
    _library.lang = settings.language(context)
    return _library


class Session:
    """The commands on one document, with the settings and language of the moment."""

    def __init__(self, context, model):
        self.context, self.model = context, model
        self.lib = library(context)
        self.values = settings.load(context)
        self.date, self.level = settings.date(self.values), self.values["level"]
        if not document.is_writer(model):
            raise Failure(self.say("not-writer"))

    def say(self, key, *values):
        return say(self.lib.lang, key, *values)

    def open(self):
        name, data = document.as_docx(self.model)
        return self.lib.open(data, name)

    def check(self):
        with self.open() as doc:
            return doc.check(self.date, self.level)

    def report(self, form="json", gate=False):
        """The same bytes that the command line writes for the file."""
        with self.open() as doc:
            doc.check(self.date, self.level)
            return doc.report(form, self.date, gate).decode("utf-8")

    def preview(self, clause):
        with self.open() as doc:
            return doc.preview(self.date, self.level, [clause])

    def insert(self, clauses=()):
        """Inserts the clauses, or what the findings ask for. Returns the plan's items."""
        with self.open() as doc:
            if not clauses:
                doc.check(self.date, self.level)
            items, data = doc.plan(self.date, self.level, clauses)
            if data is doc.data:
                return []
            before = doc.paragraphs()
            with self.lib.open(data, doc.name) as result:
                after = result.paragraphs()
        inserter = insert.Inserter(self.model, before, after)
        insert.recorded(self.model, self.say("undo"), inserter.run)
        return [i for i in items if i["insert"]]

    def comment(self):
        """Findings as comments; returns how many."""
        with self.open() as doc:
            findings = doc.check(self.date, self.level)
            texts = [p.text for p in doc.paragraphs()]
        found, places = notes.places_of(self.model, texts)
        author = settings.author(self.context, self.values)
        undo = self.model.getUndoManager()
        undo.enterUndoContext(self.say("undo-comment"))
        try:
            return notes.put(self.model, findings, found, places, author)
        finally:
            undo.leaveUndoContext()

    def go(self, finding):
        """Selects the words of a finding in the window. False when it has no place in the body."""
        with self.open() as doc:
            texts = [p.text for p in doc.paragraphs()]
        found, places = notes.places_of(self.model, texts)
        k = finding["paragraph"]
        if finding["story"] != "body" or k >= len(found) or found[k] is None:
            return False
        _, cursor = notes.words(places[found[k]], finding["evidence"])
        self.model.getCurrentController().select(cursor)
        return True
