"""The scan station as an app of its own: installed, opened without a network.

Everything here is the same for everybody and holds nothing about anybody, so a
service worker may keep it on a phone that several people share.
"""

import json
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, url_for
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]

from services.inventory.entrypoints.pages.scan_context import (
    ScanContext,
    shell_facts,
)
from services.inventory.entrypoints.words.station import station_words
from shared.identity.accounts import LANGUAGES
from shared.web.assets import asset, built_text, unnamed
from shared.web.auth import EVERYONE, allow, current_principal
from shared.web.languages import speaking
from shared.web.packing import packed
from shared.web.security import allow_wasm
from shared.web.words import _

MODES = ("receive", "move", "pick", "count", "look")
SHELL_ASSETS = (
    *("komek.css", "komek.js", "icons.svg", "logo.svg"),
    *("inventory/inventory.css", "inventory/scan.js"),
)
ICONS = (("icon-192.png", 192), ("icon-512.png", 512))
AWAY = "away"
MANIFEST_TYPE = "application/manifest+json"


class StationPages:
    """``/inventory/scan/shell``, the web manifest and the service worker."""

    def __init__(self, substitutes: tuple[str, ...]) -> None:
        self._substitutes = substitutes
        self._version = ""

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
        response = packed(self._drawn(language, mode))
        response.cache_control.no_cache = True
        return response

    @allow(EVERYONE)
    def words(self, language: str) -> Response:
        """Give the script's words: as heavy as the page, but kept for longer."""
        if language not in LANGUAGES:
            abort(404)
        response = packed(_words_of(language))
        response.mimetype = "application/json"
        response.cache_control.no_cache = True
        return response

    @allow("volunteer", "coordinator")
    def session(self) -> Response:
        """Tell a page from the phone's memory who is signed in now."""
        principal = current_principal()
        return jsonify(
            account_id=str(principal.account_id),
            display_name=principal.display_name,
            csrf_token=generate_csrf(),
        )

    @allow(EVERYONE)
    def manifest(self, language: str) -> Response:
        """Describe the app to the phone, in one language."""
        if language not in LANGUAGES:
            abort(404)
        with speaking(language):
            described = {
                "id": "/inventory/scan",
                "name": _("Komek: scanning in the warehouse"),
                "short_name": _("Komek scan"),
                "description": _("Scan goods in and out, with or without a network."),
                "lang": language,
                "start_url": url_for("pages.scan"),
                "scope": url_for("pages.scan").removesuffix("scan"),
                "display": "standalone",
                "background_color": "#0b4f71",
                "theme_color": "#0b4f71",
                "icons": _icons(),
            }
        response = Response(json.dumps(described, ensure_ascii=False))
        response.mimetype = MANIFEST_TYPE
        response.cache_control.no_cache = True
        return response

    @allow(EVERYONE)
    def worker(self) -> Response:
        """Serve the service worker, headed by what it has to keep."""
        kept = {
            "version": self._version_of_shells(),
            "shells": url_for("pages.scan") + "/shell",
            "words": url_for("pages.scan") + "/words",
            "assets": [asset(name) for name in SHELL_ASSETS] + unnamed(".woff2"),
            "camera": [asset("inventory/camera.js"), *unnamed(".wasm")],
        }
        head = f"self.KEPT = {json.dumps(kept)};\n"
        response = Response(head + built_text("inventory/service-worker.js"))
        response.mimetype = "text/javascript"
        response.cache_control.no_cache = True
        return response

    def _version_of_shells(self) -> str:
        """Change whenever a kept page or a part it names changes."""
        if not self._version:
            drawn = [
                self._drawn(language, mode)
                for language in LANGUAGES
                for mode in (*MODES, AWAY)
            ]
            drawn += map(_words_of, LANGUAGES)
            self._version = sha256("".join(drawn).encode()).hexdigest()[:16]
        return self._version

    def _drawn(self, language: str, mode: str) -> str:
        nobody: dict[str, Any] = {
            "principal": None,
            "navigation": [],
            "navigation_current": "",
            "home": url_for("pages.scan"),
            "theme": "system",
            "csrf_token": str,
            "toasts": list,
        }
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


def _words_of(language: str) -> str:
    with speaking(language):
        return json.dumps(station_words(), ensure_ascii=False)


def _icons() -> list[dict[str, str]]:
    drawn = {"src": asset("logo-app.svg"), "sizes": "any", "type": "image/svg+xml"}
    painted = [
        {
            "src": asset(name),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, side in ICONS
        for purpose in ("any", "maskable")
    ]
    return [drawn, *painted]
