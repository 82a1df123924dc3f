"""Entry points of the extension: the menu (trigger) and scripts or tests (execute). Everything else is in
pythonpath/klimakrav_writer.
"""
import json

import unohelper
from com.sun.star.task import XJob, XJobExecutor

NAME = "no.klimakrav.Writer"


def _model(context):
    desktop = context.getServiceManager().createInstanceWithContext("com.sun.star.frame.Desktop", context)
    return desktop.getCurrentComponent()


class Writer(unohelper.Base, XJobExecutor, XJob):
    def __init__(self, context):
        self.context = context

    def trigger(self, command):
        """A menu entry was chosen."""
        from klimakrav_writer import dialog
        dialog.run(self.context, _model(self.context), command)

    def execute(self, arguments):
        """For scripts: arguments `document`, `command` and what the command takes. Returns JSON."""
        from klimakrav_writer.commands import Session
        from klimakrav_writer.library import Failure
        given = {a.Name: a.Value for a in arguments}
        try:
            session = Session(self.context, given.get("document") or _model(self.context))
            if given.get("date"):
                session.date = given["date"]
            command = given.get("command", "check")
            if command == "report":
                return session.report(given.get("format", "json"), bool(given.get("gate")))
            if command == "check":
                return json.dumps(session.check(), ensure_ascii=False)
            if command == "insert":
                clauses = [c for c in given.get("clauses", "").split(",") if c]
                return json.dumps(session.insert(clauses), ensure_ascii=False)
            if command == "comment":
                return json.dumps(session.comment())
            if command == "preview":
                return session.preview(given["clause"])
            return json.dumps({"error": "unknown command: " + command})
        except Failure as failure:
            return json.dumps({"error": str(failure)}, ensure_ascii=False)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Writer, NAME, (NAME,))
