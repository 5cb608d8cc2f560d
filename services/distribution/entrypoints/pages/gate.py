"""The gate and the ward as an app: opened without a network, on a shared phone.

The page a service worker keeps is the same for everybody and holds nothing about
anybody; the script fills it from what the phone knows.
"""

from typing import Any

from flask import Blueprint, Response, abort, render_template, url_for
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]

from services.distribution.domain.handover import ReceiverPolicy
from services.distribution.entrypoints.words.gate import WORDS
from services.distribution.entrypoints.words.terms import (
    CATEGORIES,
    OVER_REASONS,
    RECEIVER_ROLES,
    REFUSAL_REASONS,
)
from shared.identity.accounts import LANGUAGES
from shared.web import offline
from shared.web.assets import asset, unnamed
from shared.web.auth import EVERYONE, allow, current_principal
from shared.web.languages import current_language, speaking
from shared.web.words import _l

gate = Blueprint("gate", __name__)

ASSETS = (
    *("komek.css", "komek.js", "icons.svg", "logo.svg"),
    *("distribution/distribution.css", "distribution/field.js"),
)


@gate.get("/gate/session")
@allow("coordinator", "outreach")
def session() -> Response:
    """Tell a page from the phone's memory who is signed in now."""
    return offline.who_is_here()


@gate.get("/gate/shell/<language>")
@allow(EVERYONE)
def shell(language: str) -> Response:
    """Show the gate without a person or a delivery in it."""
    return offline.kept_page(_drawn(_known(language)))


@gate.get("/gate/words/<language>")
@allow(EVERYONE)
def words(language: str) -> Response:
    """Give the words of the scripts."""
    return offline.kept_words(offline.words_of(WORDS, _known(language)))


@gate.get("/gate/<language>/komek.webmanifest")
@allow(EVERYONE)
def web_manifest(language: str) -> Response:
    """Describe the app to the phone."""
    start = url_for("home.start")
    card = offline.AppCard(
        start=start,
        scope=start,
        name=_l("Komek: at the gate and in the ward"),
        short_name=_l("Komek gate"),
        description=_l("Ask for goods and hand them over, also without a network."),
    )
    return offline.manifest(card, _known(language))


@gate.get("/service-worker.js")
@allow(EVERYONE)
def service_worker() -> Response:
    """Serve the service worker, headed by what it has to keep."""
    drawn = [_drawn(language) for language in LANGUAGES]
    drawn += [offline.words_of(WORDS, language) for language in LANGUAGES]
    return offline.worker(
        "distribution/service-worker.js",
        drawn,
        shells=_folder("gate.shell"),
        words=_folder("gate.words"),
        assets=[asset(name) for name in ASSETS] + unnamed(".woff2"),
    )


def gate_facts(**more: Any) -> dict[str, Any]:
    """Give what the script on a page of the signed-in reader has to know."""
    principal = current_principal()
    return {
        "language": current_language(),
        "is_shell": False,
        "account": str(principal.account_id),
        "name": principal.display_name,
        "csrf_token": generate_csrf(),
        "words_at": url_for("gate.words", language=current_language()),
        **more,
    }


def _folder(endpoint: str) -> str:
    """Give an address without the language at its end."""
    return url_for(endpoint, language="ru").removesuffix("/ru")


def _known(language: str) -> str:
    if language not in LANGUAGES:
        abort(404)
    return language


def _drawn(language: str) -> str:
    facts = {
        "language": language,
        "is_shell": True,
        "account": "",
        "name": "",
        "words_at": url_for("gate.words", language=language),
        "categories": list(CATEGORIES),
    }
    with speaking(language):
        return render_template(
            "distribution/gate_shell.html",
            **offline.for_nobody(url_for("home.start")),
            gate_facts=facts,
            reasons=REFUSAL_REASONS,
            over_reasons=OVER_REASONS,
            receiver_roles=RECEIVER_ROLES,
            receiver_policy=ReceiverPolicy.OPTIONAL.value,
        )
