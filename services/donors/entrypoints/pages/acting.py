"""What happens when a form is sent: done and said, or shown again as it was filled."""

from collections.abc import Callable

from flask import redirect
from werkzeug.wrappers import Response

from services.donors.entrypoints.words.refusals import refusal_text
from shared.kernel.errors import DomainError
from shared.web.pages import toast
from shared.web.problems import status_of

Shown = str | tuple[str, int] | Response
"""A page, a page with a refusal's status, or the way to another page."""


def shown_again(act: Callable[[], Shown], show: Callable[[str], str]) -> Shown:
    """Do what a form wishes, or show it again with the refusal in words."""
    try:
        return act()
    except DomainError as refusal:
        return show(refusal_text(refusal)), status_of(refusal)


def done(act: Callable[[], str], back: str, show: Callable[[str], str]) -> Shown:
    """Do what a form wishes, say how it went and go back; or show it again."""

    def act_and_go_back() -> Response:
        toast(act())
        return redirect(back, 303)

    return shown_again(act_and_go_back, show)
