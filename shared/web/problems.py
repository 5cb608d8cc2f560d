"""The one table from a refusal's code to its HTTP status, and how it is told.

Programs get RFC 9457 problem bodies, people a page in their language. No view
catches a refusal itself.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from shared.kernel.errors import (
    DomainError,
    ForbiddenError,
    MalformedError,
    NotFoundError,
)
from shared.web import formats
from shared.web.auth import NotSignedInError
from shared.web.languages import current_language
from shared.web.returning import sign_in_address
from shared.web.words import LazyText, _l

STATUS_OF = {
    "not_signed_in": 401,
    "wrong_credentials": 401,
    "forbidden": 403,
    "csrf_failed": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "too_large": 413,
    "malformed": 422,
    "weak_password": 422,
    "too_many_attempts": 429,
    "internal_error": 500,
    "try_again": 503,
    "too_many_streams": 503,
}
"""Every other code is a rule that refuses: 409."""

STATUS_OF_KIND: Mapping[type[Exception], int] = {
    NotFoundError: 404,
    MalformedError: 422,
    ForbiddenError: 403,
}
"""A service's own subclass keeps the status of the kind it refines."""

REFUSED = 409
RETRY_AFTER_SECONDS = 2
MEMBERS = frozenset({"type", "title", "status", "detail", "code", "instance"})

TITLES = {
    401: _l("Not signed in"),
    403: _l("Not allowed"),
    404: _l("Not found"),
    405: _l("Not possible here"),
    409: _l("A rule stands against it"),
    413: _l("Too large"),
    422: _l("Something in it is not right"),
    429: _l("Too many attempts"),
    500: _l("Our mistake"),
    503: _l("Try again in a moment"),
}

TEXTS: dict[str, LazyText] = {
    "not_signed_in": _l("Sign in first."),
    "not_found": _l("There is nothing here, or it is not yours to see."),
    "method_not_allowed": _l("This address does not do that."),
    "wrong_credentials": _l("The e-mail and password do not match."),
    "forbidden": _l(
        "Your account may not do this. Ask a coordinator or an administrator."
    ),
    "csrf_failed": _l("This page is too old. Load it again and repeat."),
    "too_many_attempts": _l(
        "Too many attempts for this e-mail. Minutes to wait: %(minutes)s."
    ),
    "too_large": _l(
        "More was sent than is taken at once: %(megabytes_max)s MB. Send it in parts."
    ),
    "account_exists": _l(
        "There is already an account for %(email)s. Reset its password instead."
    ),
    "weak_password": _l("The password is too short. Characters needed: %(chars_min)s."),
    "internal_error": _l(
        "This should not have happened. Nothing was changed. "
        "If it happens again, tell us this number: %(request_id)s"
    ),
    "try_again": _l("The books are busy. Nothing was changed. Try again in a moment."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal on its way to whoever asked; ``detail`` is in their language."""

    status: int
    code: str
    detail: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_transient: bool = False

    @property
    def title(self) -> str:
        return str(TITLES.get(self.status, self.code))

    def body(self) -> dict[str, Any]:
        """Give the RFC 9457 members with the facts beside them.

        A fact that is called like a member of the standard is prefixed.
        """
        facts = {_beside(name): fact for name, fact in self.facts.items()}
        return {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "transient": self.is_transient,
            **facts,
        }


def _beside(name: str) -> str:
    return f"fact_{name}" if name in MEMBERS else name


def problem_of(error: DomainError) -> Problem:
    """Look a refusal up in the table."""
    return Problem(
        status=status_of(error),
        code=error.code,
        detail=problem_text(error),
        facts=error.facts,
        is_transient=error.transient,
    )


def status_of(error: DomainError) -> int:
    """Give the HTTP status: the code's own, else its kind's, else 409."""
    if error.code in STATUS_OF:
        return STATUS_OF[error.code]
    kinds = (s for kind, s in STATUS_OF_KIND.items() if isinstance(error, kind))
    return next(kinds, REFUSED)


def problem_text(error: DomainError) -> str:
    """Say a refusal in the reader's language; in English where none is known."""
    return translated(error.code, error.facts, error.detail)


def translated(code: str, facts: Mapping[str, Any], otherwise: str) -> str:
    """Say the sentence of a code, or the one given where it has none."""
    known: Mapping[str, LazyText] = current_app.extensions["komek_refusal_texts"]
    text = known.get(code) or TEXTS.get(code)
    if text is None or (code == "not_found" and otherwise):
        return otherwise
    try:
        return str(text) % {name: _spoken(fact) for name, fact in facts.items()}
    except (KeyError, ValueError, TypeError):
        # a refusal raised without a fact its sentence needs is still told
        return otherwise


def _spoken(fact: object) -> str:
    language = current_language()
    if isinstance(fact, int) and not isinstance(fact, bool):
        return formats.number(fact, language)
    if isinstance(fact, datetime):
        return formats.moment(fact, language)
    if isinstance(fact, date):
        return formats.day(fact, language)
    if isinstance(fact, (list, tuple, set, frozenset)):
        return ", ".join(_spoken(one) for one in fact)
    return str(fact)


def answer(problem: Problem) -> AnyResponse:
    """Tell a problem in the form its reader can use."""
    if problem.code == NotSignedInError.code and not _wants_json():
        return redirect(sign_in_address(), 303)
    response = _as_json(problem) if _wants_json() else _as_page(problem)
    if problem.status == 401:  # noqa: PLR2004  the status is its own best name
        response.headers["WWW-Authenticate"] = "Bearer"
        response.headers["HX-Redirect"] = sign_in_address()
    if problem.status in {429, 503}:
        seconds = problem.facts.get("retry_after_seconds", RETRY_AFTER_SECONDS)
        response.headers["Retry-After"] = str(seconds)
    return response


def _wants_json() -> bool:
    if "/api/" in request.path or "HX-Request" in request.headers:
        return True
    best = request.accept_mimetypes.best_match(
        ["text/html", "application/json", "application/problem+json"], "text/html"
    )
    return best != "text/html"


def _as_json(problem: Problem) -> Response:
    text = json.dumps(problem.body(), default=_plain, ensure_ascii=False)
    return Response(text, problem.status, content_type="application/problem+json")


def _plain(fact: object) -> object:
    if isinstance(fact, (date, datetime)):
        return fact.isoformat()
    if isinstance(fact, (set, frozenset)):
        return sorted(fact, key=str)
    return str(fact)


def _as_page(problem: Problem) -> Response:
    page = render_template("shared/error.html", problem=problem)
    return Response(page, problem.status)
