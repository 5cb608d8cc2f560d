"""What happens when a form is sent: done and said, or shown again as it was filled."""

from collections.abc import Callable

from flask import redirect
from werkzeug.wrappers import Response

from services.donors.entrypoints.words.refusals import refusal_text
from shared.kernel.errors import DomainError
from shared.web.pages import toast
from shared.web.problems import status_of
from shared.web.returning import stand_at

Shown = str | tuple[str, int] | Response
"""A page, a page with a refusal's status, or the way to another page."""


def shown_again(act: Callable[[], Shown], show: Callable[[str], str]) -> Shown:
    """Do what a form wishes, or show it again with the refusal in words."""
    try:
        return act()
    except DomainError as refusal:
        return show(refusal_text(refusal)), status_of(refusal)


def do_and_go(act: Callable[[], str], to: str) -> Response:
    """Do what a form wishes, say how it went, and go on."""
    toast(act())
    return redirect(to, 303)


def done(act: Callable[[], str], page: str, show: Callable[[str], str]) -> Shown:
    """Do what a form wishes and go back to its page; or show that with the refusal.

    Links of a page shown again lead to it, not to where the form was sent.
    """
    stand_at(page)
    return shown_again(lambda: do_and_go(act, page), show)
