"""The C library through ctypes: only what Writer needs of klimakrav.h, and Python objects out of it.

Knows nothing of the office. Every handle is freed by the object that opened it (use `with`).
"""
import ctypes
from ctypes import POINTER, byref, c_bool, c_char, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p

ABI = 1
NONE = 0xFFFFFFFF
LANG = {"nb": 1, "nn": 2, "en": 3}
LEVELS = ("info", "warning", "error")
FORMAT = {"text": 0, "json": 1, "html": 2}
SPAN_BOLD, SPAN_PLACEHOLDER = 6, 7
PARA_LIST = 1 << 1


class Failure(Exception):
    """What the library refused, as one line in the user's language."""


class Str(ctypes.Structure):
    _fields_ = [("ptr", c_void_p), ("len", c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.ptr, self.len).decode("utf-8") if self.len else ""


class Error(ctypes.Structure):
    _fields_ = [("status", c_int), ("line", c_uint32), ("offset", c_uint64), ("reason", c_char * 24),
                ("part", c_char * 160), ("message", c_char * 480)]


class Info(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("abi", c_uint32), ("name", c_char_p), ("version", c_char_p),
                ("licence", c_char_p)]


class Bytes(ctypes.Structure):
    _fields_ = [("ptr", c_void_p), ("len", c_size_t)]


class Sized(ctypes.Structure):
    """A struct of the ABI whose first member is its size."""

    def __init__(self, **values):
        super().__init__(size=ctypes.sizeof(type(self)), **values)


class BankOptions(Sized):
    _fields_ = [("size", c_size_t), ("folder", c_char_p), ("extra", c_void_p), ("n_extra", c_size_t)]


class AuditOptions(Sized):
    _fields_ = [("size", c_size_t), ("date", c_char_p), ("lang", c_int), ("level", c_char_p)]


class Place(ctypes.Structure):
    _fields_ = [("part", Str), ("story", c_char_p), ("paragraph", c_uint32), ("row", c_uint32), ("column", c_uint32),
                ("begin", c_uint32), ("end", c_uint32), ("headings", POINTER(Str)), ("n_headings", c_size_t),
                ("label", Str)]


class Finding(Sized):
    _fields_ = [("size", c_size_t), ("document", c_size_t), ("rule", Str), ("severity", c_int), ("message", Str),
                ("why", Str), ("basis", POINTER(Str)), ("n_basis", c_size_t), ("place", Place), ("evidence", Str),
                ("paragraph", Str), ("remedy", Str), ("remedy_title", Str), ("insertable", c_bool), ("help", Str),
                ("fingerprint", Str)]


class ReportOptions(Sized):
    _fields_ = [("size", c_size_t), ("format", c_int), ("lang", c_int), ("date", c_char_p), ("colour", c_bool),
                ("gate", c_bool), ("procurement", c_bool), ("classify", c_bool)]


class PlanOptions(Sized):
    _fields_ = [("size", c_size_t), ("date", c_char_p), ("lang", c_int), ("clause_lang", c_int), ("level", c_char_p),
                ("clauses", POINTER(c_char_p)), ("n_clauses", c_size_t), ("values", c_void_p), ("n_values", c_size_t),
                ("values_json", Str), ("only_reviewed", c_bool), ("untracked", c_bool), ("drop_signature", c_bool),
                ("author", c_char_p), ("timestamp", c_char_p), ("settle", POINTER(AuditOptions))]


class PlanItem(Sized):
    _fields_ = [("size", c_size_t), ("action", c_int), ("selected", c_bool), ("as_row", c_bool), ("clause", Str),
                ("version", Str), ("title", Str), ("type", Str), ("place", Str), ("after", c_uint32),
                ("rules", POINTER(Str)), ("n_rules", c_size_t), ("reason", Str), ("message", Str),
                ("candidates", POINTER(Str)), ("n_candidates", c_size_t), ("unfilled", POINTER(Str)),
                ("n_unfilled", c_size_t), ("note", Str)]


class Para(ctypes.Structure):
    _fields_ = [("begin", c_uint32), ("end", c_uint32), ("story", c_uint32), ("cell", c_uint32), ("control", c_uint32),
                ("managed", c_uint32), ("flags", c_uint32), ("heading", c_uint8), ("list_level", c_uint8),
                ("lang", c_uint8), ("number", Str), ("style", Str)]


class Story(ctypes.Structure):
    _fields_ = [("kind", c_int), ("para_begin", c_uint32), ("para_end", c_uint32), ("part", Str)]


class Table(ctypes.Structure):
    _fields_ = [("story", c_uint32), ("n_rows", c_uint32), ("n_cols", c_uint32), ("cell_begin", c_uint32),
                ("cell_end", c_uint32), ("para_begin", c_uint32), ("para_end", c_uint32), ("parent_cell", c_uint32)]


class Cell(ctypes.Structure):
    _fields_ = [("table", c_uint32), ("row", c_uint32), ("col", c_uint32), ("col_span", c_uint32),
                ("row_span", c_uint32), ("para_begin", c_uint32), ("para_end", c_uint32), ("flags", c_uint32)]


class Span(ctypes.Structure):
    _fields_ = [("begin", c_uint32), ("end", c_uint32), ("kind", c_int), ("text", Str), ("author", Str)]


class Text(ctypes.Structure):
    _fields_ = [("utf8", c_void_p), ("len", c_uint32), ("facts", c_uint32), ("paras", POINTER(Para)),
                ("stories", POINTER(Story)), ("tables", POINTER(Table)), ("cells", POINTER(Cell)),
                ("controls", c_void_p), ("spans", POINTER(Span)), ("managed", c_void_p), ("n_paras", c_uint32),
                ("n_stories", c_uint32), ("n_tables", c_uint32), ("n_cells", c_uint32), ("n_controls", c_uint32),
                ("n_spans", c_uint32), ("n_managed", c_uint32)]


class Paragraph:
    """One paragraph of TEXT as Python sees it. cell = (table, row, column) or None; bold and open (fields that
    somebody must fill in) are ranges of characters."""

    def __init__(self, text, heading, listed, style):
        self.text, self.heading, self.listed, self.style = text, heading, listed, style
        self.cell, self.span, self.bold, self.open = None, 1, [], []


def _ranges(spans, whole, begin, end):
    """The parts of byte spans that lie in [begin, end), as character ranges from begin."""
    out = []
    for s in spans:
        first, last = max(s[0], begin), min(s[1], end)
        if first < last:
            out.append((len(whole[begin:first].decode("utf-8")), len(whole[begin:last].decode("utf-8"))))
    return out


def paragraphs(text):
    """The body of TEXT as a list of Paragraph, in reading order."""
    whole = ctypes.string_at(text.utf8, text.len)
    spans = {kind: [(s.begin, s.end) for s in text.spans[:text.n_spans] if s.kind == kind]
             for kind in (SPAN_BOLD, SPAN_PLACEHOLDER)}
    body = text.stories[0]
    out = []
    for p in text.paras[body.para_begin:body.para_end]:
        one = Paragraph(whole[p.begin:p.end].decode("utf-8"), p.heading, bool(p.flags & PARA_LIST), str(p.style))
        if p.cell != NONE:
            c = text.cells[p.cell]
            one.cell, one.span = (c.table, c.row, c.col), c.col_span
        if p.managed != NONE:  # only what klimakrav puts in is ever written from here
            one.bold = _ranges(spans[SPAN_BOLD], whole, p.begin, p.end)
            one.open = _ranges(spans[SPAN_PLACEHOLDER], whole, p.begin, p.end)
        out.append(one)
    return out


class Library:
    """libklimakrav and the bank. One per process."""

    def __init__(self, path, folder, lang="nb"):
        self.lang = lang
        self.c = ctypes.CDLL(path)
        self.c.kk_plugin_describe.restype = POINTER(Info)
        info = self.c.kk_plugin_describe().contents
        if info.abi != ABI:
            raise Failure("libklimakrav: ABI %d, wanted %d" % (info.abi, ABI))
        self.version = info.version.decode()
        for name in ("kk_audit_count", "kk_audit_count_at", "kk_plan_count", "kk_plan_changes", "kk_plan_refusals"):
            getattr(self.c, name).restype = c_size_t
            getattr(self.c, name).argtypes = [c_void_p] + ([c_int] if name.endswith("_at") else [])
        self.c.kk_doc_text.restype = POINTER(Text)
        self.c.kk_doc_text.argtypes = [c_void_p]
        self.c.kk_error_describe.argtypes = [POINTER(Error), c_int, c_char_p, c_size_t]
        for kind in ("audit", "doc", "auditor", "bank", "plan", "report"):
            free = getattr(self.c, "kk_%s_free" % kind)
            free.argtypes, free.restype = [c_void_p], None
        self.bank, self.auditor = c_void_p(), c_void_p()
        self.call("kk_bank_load", byref(self.bank), byref(BankOptions(folder=folder.encode())))
        self.call("kk_auditor_new", byref(self.auditor), self.bank, None)

    def call(self, name, *arguments):
        error = Error()
        if getattr(self.c, name)(*arguments, byref(error)) != 0:
            line = ctypes.create_string_buffer(1024)
            self.c.kk_error_describe(byref(error), LANG[self.lang], line, len(line))
            raise Failure(line.value.decode("utf-8", "replace"))

    def take(self, out):
        data = ctypes.string_at(out.ptr, out.len)
        self.c.kk_bytes_free(byref(out))
        return data

    def open(self, data, name):
        return Document(self, data, name)


class Document:
    """One document in the library, from DOCX bytes."""

    def __init__(self, library, data, name):
        self.lib, self.name, self.data = library, name, data
        self.doc, self.audit = c_void_p(), c_void_p()
        keep = ctypes.create_string_buffer(data, len(data))
        view = Str(ctypes.cast(keep, c_void_p), len(data))
        library.call("kk_doc_open_memory", byref(self.doc), view, name.encode(), None)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.lib.c.kk_audit_free(self.audit)
        self.lib.c.kk_doc_free(self.doc)
        self.audit, self.doc = c_void_p(), c_void_p()

    def paragraphs(self):
        return paragraphs(self.lib.c.kk_doc_text(self.doc).contents)

    def how(self, date, level):
        return AuditOptions(date=date.encode(), lang=LANG[self.lib.lang], level=level.encode())

    def check(self, date, level):
        """Audits; returns the findings as dictionaries, in the library's order."""
        how = self.how(date, level)
        self.lib.call("kk_audit_run", byref(self.audit), self.lib.auditor, byref(self.doc), c_size_t(1), byref(how))
        out = []
        for i in range(self.lib.c.kk_audit_count(self.audit)):
            f = Finding()
            if self.lib.c.kk_audit_finding(self.audit, c_size_t(i), byref(f)) == 0:
                out.append({
                    "rule": str(f.rule), "level": LEVELS[f.severity], "message": str(f.message), "why": str(f.why),
                    "basis": [str(b) for b in f.basis[:f.n_basis]], "place": str(f.place.label),
                    "story": (f.place.story or b"").decode(), "paragraph": f.place.paragraph,
                    "evidence": str(f.evidence), "text": str(f.paragraph), "remedy": str(f.remedy),
                    "title": str(f.remedy_title), "insertable": bool(f.insertable), "help": str(f.help),
                    "fingerprint": str(f.fingerprint)})
        return out

    def report(self, form, date, gate=False):
        """The library's own report over the audit, as bytes."""
        report, out = c_void_p(), Bytes()
        how = ReportOptions(format=FORMAT[form], lang=LANG[self.lib.lang], date=date.encode(), gate=gate)
        self.lib.call("kk_report_new", byref(report), self.lib.bank, byref(how))
        try:
            self.lib.call("kk_report_add", report, self.audit)
            self.lib.call("kk_report_finish", report, byref(out))
            return self.lib.take(out)
        finally:
            self.lib.c.kk_report_free(report)

    def plan(self, date, level, clauses=()):
        """What insertion would do: (items, new DOCX bytes). Without clauses: what the findings ask for."""
        how = self.how(date, level)
        names = (c_char_p * max(1, len(clauses)))(*[c.encode() for c in clauses])
        options = PlanOptions(date=date.encode(), lang=LANG[self.lib.lang], level=level.encode(), clauses=names,
                              n_clauses=len(clauses), untracked=True)
        if not clauses:
            options.settle = ctypes.pointer(how)
        plan, out = c_void_p(), Bytes()
        self.lib.call("kk_plan_new", byref(plan), self.lib.auditor, self.doc, self.audit, byref(options))
        try:
            items = []
            for i in range(self.lib.c.kk_plan_count(plan)):
                item = PlanItem()
                self.lib.c.kk_plan_get(plan, c_size_t(i), byref(item))
                items.append({"clause": str(item.clause), "title": str(item.title), "place": str(item.place),
                              "insert": item.action == 0, "message": str(item.message), "note": str(item.note),
                              "unfilled": [str(u) for u in item.unfilled[:item.n_unfilled]]})
            if self.lib.c.kk_plan_changes(plan) == 0:
                return items, self.data
            self.lib.call("kk_plan_apply", plan, byref(out))
            return items, self.lib.take(out)
        finally:
            self.lib.c.kk_plan_free(plan)

    def preview(self, date, level, clauses):
        """The plan for people, with the clause text."""
        names = (c_char_p * len(clauses))(*[c.encode() for c in clauses])
        options = PlanOptions(date=date.encode(), lang=LANG[self.lib.lang], level=level.encode(), clauses=names,
                              n_clauses=len(clauses), untracked=True)
        plan, out = c_void_p(), Bytes()
        self.lib.call("kk_plan_new", byref(plan), self.lib.auditor, self.doc, self.audit, byref(options))
        try:
            self.lib.call("kk_plan_print", plan, FORMAT["text"], byref(out))
            return self.lib.take(out).decode("utf-8")
        finally:
            self.lib.c.kk_plan_free(plan)
