"""The scan station as an app of its own: installed, opened without a network.

Everything here is the same for everybody and holds nothing about anybody, so a
service worker may keep it on a phone that several people share.
"""

from flask import Blueprint, Response, abort, render_template, url_for

from services.inventory.entrypoints.pages.scan_context import (
    ScanContext,
    shell_facts,
)
from services.inventory.entrypoints.words.station import WORDS
from shared.identity.accounts import LANGUAGES
from shared.web import offline
from shared.web.assets import asset, unnamed
from shared.web.auth import EVERYONE, allow
from shared.web.languages import speaking
from shared.web.security import allow_wasm
from shared.web.words import _l

MODES = ("receive", "move", "pick", "count", "look")
SHELL_ASSETS = (
    *("komek.css", "komek.js", "icons.svg", "logo.svg"),
    *("inventory/inventory.css", "inventory/scan.js"),
)
AWAY = "away"


class StationPages:
    """``/inventory/scan/shell``, the web manifest and the service worker."""

    def __init__(self, substitutes: tuple[str, ...]) -> None:
        self._substitutes = substitutes
        self._drawn_all: list[str] = []

    def register(self, pages: Blueprint) -> None:
        """Put the addresses on the blueprint."""
        pages.add_url_rule("/scan/shell/<language>/<mode>", "scan_shell", self.shell)
        pages.add_url_rule("/scan/session", "scan_session", self.session)
        pages.add_url_rule(
            "/scan/<language>/komek.webmanifest", "scan_manifest", self.manifest
        )
        pages.add_url_rule("/scan/words/<language>", "scan_words", self.words)
        pages.add_url_rule("/service-worker.js", "service_worker", self.worker)

    @allow(EVERYONE)
    def shell(self, language: str, mode: str) -> Response:
        """Show the station without a person in it; the script fills it in."""
        if language not in LANGUAGES or mode not in (*MODES, AWAY):
            abort(404)
        allow_wasm()
        return offline.kept_page(self._drawn(language, mode))

    @allow(EVERYONE)
    def words(self, language: str) -> Response:
        """Give the script's words: as heavy as the page, but kept for longer."""
        return offline.kept_words(offline.words_of(WORDS, _known(language)))

    @allow("volunteer", "coordinator")
    def session(self) -> Response:
        """Tell a page from the phone's memory who is signed in now."""
        return offline.who_is_here()

    @allow(EVERYONE)
    def manifest(self, language: str) -> Response:
        """Describe the app to the phone, in one language."""
        start = url_for("pages.scan")
        card = offline.AppCard(
            start=start,
            scope=start.removesuffix("scan"),
            name=_l("Komek: scanning in the warehouse"),
            short_name=_l("Komek scan"),
            description=_l("Scan goods in and out, with or without a network."),
        )
        return offline.manifest(card, _known(language))

    @allow(EVERYONE)
    def worker(self) -> Response:
        """Serve the service worker, headed by what it has to keep."""
        return offline.worker(
            "inventory/service-worker.js",
            self._everything(),
            shells=url_for("pages.scan") + "/shell",
            words=url_for("pages.scan") + "/words",
            assets=[asset(name) for name in SHELL_ASSETS] + unnamed(".woff2"),
            later=[asset("inventory/camera.js"), *unnamed(".wasm")],
        )

    def _everything(self) -> list[str]:
        """Draw every kept page and its words, once a process."""
        if not self._drawn_all:
            self._drawn_all = [
                self._drawn(language, mode)
                for language in LANGUAGES
                for mode in (*MODES, AWAY)
            ]
            self._drawn_all += [offline.words_of(WORDS, one) for one in LANGUAGES]
        return self._drawn_all

    def _drawn(self, language: str, mode: str) -> str:
        nobody = offline.for_nobody(url_for("pages.scan"))
        with speaking(language):
            if mode == AWAY:
                return render_template("inventory/away.html", **nobody)
            return render_template(
                "inventory/scan.html",
                **nobody,
                **shell_facts(ScanContext(mode=mode)),
                substitutes=self._substitutes,
                is_shell=True,
            )


def _known(language: str) -> str:
    if language not in LANGUAGES:
        abort(404)
    return language
