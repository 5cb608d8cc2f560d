"""How large a request may be: the same for all, but for views that take pictures."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from shared.web.api import BODY_BYTES_MAX

_DECLARED = "_komek_body_bytes_max"

View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(bytes_max: int) -> Callable[[View], View]:
    """Let a view take a larger body than others; stands below the route decorator."""

    def declare(view: View) -> View:
        setattr(view, _DECLARED, bytes_max)
        return view

    return declare


def limit_body() -> None:
    """Refuse a body that is too large before anything reads it."""
    view = current_app.view_functions.get(request.endpoint or "")
    limit = getattr(view, _DECLARED, BODY_BYTES_MAX)
    if (request.content_length or 0) > limit:
        raise RequestEntityTooLarge
    request.max_content_length = limit
