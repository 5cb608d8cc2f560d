"""Every way a request can fail ends as a problem, never as a traceback."""

from collections.abc import Mapping
from typing import Any

import structlog
from flask import Flask
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from marshmallow import ValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from shared.kernel.errors import DomainError
from shared.web.api import BODY_BYTES_MAX
from shared.web.observing import request_id
from shared.web.problems import STATUS_OF, Problem, answer, problem_of, translated
from shared.web.words import LazyText

log = structlog.get_logger(__name__)

PLACES = frozenset({"json", "query", "form", "_schema"})
"""Where webargs looked is no part of a field's name."""


def tell_problems(app: Flask, refusal_texts: Mapping[str, LazyText]) -> None:
    """Register how every kind of failure is answered."""
    app.extensions["komek_refusal_texts"] = refusal_texts
    app.register_error_handler(DomainError, lambda error: answer(problem_of(error)))
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(ValidationError, _answer_validation)
    app.register_error_handler(OperationalError, _answer_busy)
    app.register_error_handler(InterfaceError, _answer_busy)
    app.register_error_handler(PoolTimeoutError, _answer_busy)
    app.register_error_handler(Exception, _answer_bug)


def _answer_http(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400:  # noqa: PLR2004  a redirect is no problem
        return error.get_response()
    if isinstance(error, CSRFError):
        return _refuse("csrf_failed", {}, str(error.description))
    errors = (getattr(error, "data", None) or {}).get("messages")
    if errors:
        return _answer_fields(errors)
    if error.code == 413:  # noqa: PLR2004  the code's own name is its number
        megabytes = BODY_BYTES_MAX // 1_000_000
        return _refuse("too_large", {"megabytes_max": megabytes}, "Too large.")
    return answer(_plain_http(error))


def _plain_http(error: HTTPException) -> Problem:
    codes = {400: "malformed", 422: "malformed"}
    codes |= {404: "not_found", 405: "method_not_allowed"}
    code = codes.get(error.code or 0, (error.name or "error").casefold())
    code = code.replace(" ", "_")
    status = STATUS_OF.get(code, error.code or 500)
    said = translated(code, {}, "") or str(error.description or error.name)
    return Problem(status, code, said)


def _answer_validation(error: ValidationError) -> AnyResponse:
    return _answer_fields(error.messages_dict)


def _answer_fields(errors: Mapping[str, Any]) -> AnyResponse:
    """Name each field that is wrong, by its place in the body."""
    named = dict(_flattened(errors))
    detail = " ".join(f"{place}: {' '.join(said)}" for place, said in named.items())
    return answer(Problem(422, "malformed", detail[:1000], {"errors": named}))


def _flattened(errors: Mapping[Any, Any], place: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in errors.items():
        part = "" if key in PLACES else str(key)
        here = ".".join(p for p in (place, part) if p)
        if isinstance(value, Mapping):
            found += _flattened(value, here)
        else:
            said = value if isinstance(value, list) else [value]
            found.append((here or "body", [str(one) for one in said]))
    return found


def _answer_busy(error: Exception) -> AnyResponse:
    log.warning("database_unavailable", error=str(error)[:300])
    return _refuse("try_again", {}, "The database is busy.", is_transient=True)


def _answer_bug(error: Exception) -> AnyResponse:
    log.error("request_failed", exc_info=error, request_id=request_id())
    return _refuse("internal_error", {"request_id": request_id()}, "Our mistake.")


def _refuse(
    code: str, facts: Mapping[str, Any], otherwise: str, *, is_transient: bool = False
) -> AnyResponse:
    detail = translated(code, facts, otherwise)
    return answer(Problem(STATUS_OF[code], code, detail, facts, is_transient))
