"""The gate as an app of its own: opened without a network, on a shared phone.

The page a service worker keeps is the same for everybody and holds nothing about
anybody; the script fills it from what the phone knows.
"""

import json
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, url_for
from flask_wtf.csrf import generate_csrf  # type: ignore[import-untyped]

from services.distribution.domain.handover import ReceiverPolicy
from services.distribution.entrypoints.words.gate import gate_words
from services.distribution.entrypoints.words.terms import (
    RECEIVER_ROLES,
    REFUSAL_REASONS,
)
from shared.identity.accounts import LANGUAGES
from shared.web.assets import asset, built_text, unnamed
from shared.web.auth import EVERYONE, allow, current_principal
from shared.web.languages import current_language, speaking

gate = Blueprint("gate", __name__)

ASSETS = (
    *("komek.css", "komek.js", "icons.svg", "logo.svg"),
    *("distribution/distribution.css", "distribution/gate.js"),
)


@gate.get("/gate/session")
@allow("coordinator", "outreach")
def session() -> Response:
    """Tell a page from the phone's memory who is signed in now."""
    principal = current_principal()
    return jsonify(
        account_id=str(principal.account_id),
        display_name=principal.display_name,
        csrf_token=generate_csrf(),
    )


@gate.get("/gate/shell/<language>")
@allow(EVERYONE)
def shell(language: str) -> Response:
    """Show the gate without a person or a delivery in it."""
    if language not in LANGUAGES:
        abort(404)
    response = Response(_drawn(language))
    response.cache_control.no_cache = True
    return response


@gate.get("/service-worker.js")
@allow(EVERYONE)
def service_worker() -> Response:
    """Serve the service worker, headed by what it has to keep."""
    drawn = "".join(_drawn(language) for language in LANGUAGES)
    kept = {
        "version": sha256(drawn.encode()).hexdigest()[:16],
        "shells": url_for("gate.shell", language="ru").removesuffix("/ru"),
        "assets": [asset(name) for name in ASSETS] + unnamed(".woff2"),
    }
    head = f"self.KEPT = {json.dumps(kept)};\n"
    response = Response(head + built_text("distribution/service-worker.js"))
    response.mimetype = "text/javascript"
    response.cache_control.no_cache = True
    return response


def gate_facts(**more: Any) -> dict[str, Any]:
    """Give what the script on a page of the signed-in reader has to know."""
    principal = current_principal()
    return {
        "language": current_language(),
        "is_shell": False,
        "account": str(principal.account_id),
        "name": principal.display_name,
        "csrf_token": generate_csrf(),
        "words": gate_words(),
        **more,
    }


def _drawn(language: str) -> str:
    with speaking(language):
        facts = {
            "language": language,
            "is_shell": True,
            "account": "",
            "name": "",
            "words": gate_words(),
        }
        return render_template(
            "distribution/gate_shell.html",
            principal=None,
            navigation=[],
            navigation_current="",
            home=url_for("consignments.index"),
            theme="system",
            csrf_token=str,
            toasts=list,
            gate_facts=facts,
            reasons=REFUSAL_REASONS,
            receiver_roles=RECEIVER_ROLES,
            receiver_policy=ReceiverPolicy.OPTIONAL.value,
        )
