"""The scanner test: scan a printed code, read what the scanner gets wrong."""

from flask import Blueprint, Response, abort, render_template

from services.inventory.entrypoints.pages.scanner_sheet import CODES, drawing
from services.inventory.entrypoints.words.scanners import FINDINGS, MAKERS, SUBJECTS
from shared.web.auth import allow

KEPT_SECONDS = 24 * 3600
PEOPLE = ("volunteer", "reviewer", "coordinator", "admin")


class ScannerTestPages:
    """``/inventory/scanner-test``; what is scanned here stays in the browser."""

    def register(self, pages: Blueprint) -> None:
        """Put the addresses on the blueprint."""
        pages.add_url_rule("/scanner-test", "scanner_test", self.show)
        pages.add_url_rule(
            "/scanner-test/<name>.svg", "scanner_test_code", self.picture
        )

    @allow(*PEOPLE)
    def show(self) -> str:
        """Show the codes, the field and every sentence the script may need."""
        return render_template(
            "inventory/scanner_test.html",
            codes=CODES,
            probes=[{"name": code.name, "text": code.text} for code in CODES],
            findings=FINDINGS,
            subjects=SUBJECTS,
            makers=MAKERS,
        )

    @allow(*PEOPLE)
    def picture(self, name: str) -> Response:
        """Draw one code."""
        drawn = drawing(name)
        if drawn is None:
            abort(404)
        answer = Response(drawn, content_type="image/svg+xml")
        answer.cache_control.private = True
        answer.cache_control.max_age = KEPT_SECONDS
        return answer
