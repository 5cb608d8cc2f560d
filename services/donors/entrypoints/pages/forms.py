"""What the coordinator's forms send, read into wishes."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from werkzeug.datastructures import MultiDict

from services.donors.domain.digest import Cadence
from services.donors.domain.donor import Contact, Donor, DonorKind
from services.donors.domain.promise import LINES_MAX, Line
from shared.database.commands import Command
from shared.kernel.errors import MalformedError
from shared.web.auth import current_principal

LINES_AT_ONCE = 6
MORE_LINES = "more"

Form = MultiDict[str, str]


def form_command(action: str, form: Form) -> Command:
    """Make the command of a form; its id came with the page, so twice is once."""
    try:
        command_id = UUID(form.get("command_id", ""))
    except ValueError as problem:
        raise MalformedError(
            "This page is incomplete. Load it again.", field="command_id"
        ) from problem
    body: Mapping[str, Sequence[str]] = {
        name: form.getlist(name)
        for name in sorted(form)
        if name not in {"command_id", "csrf_token"}
    }
    return Command(command_id, str(current_principal().account_id), action, body)


def lines_shown(form: Form) -> int:
    """Say how many lines a form has: as many as it came with, more if it asks so."""
    came = max(len(form.getlist("product_code")), LINES_AT_ONCE)
    return min(came + LINES_AT_ONCE * (MORE_LINES in form), LINES_MAX)


def lines_of(form: Form) -> Sequence[Line]:
    """Read the lines that have a product or a number; empty ones are passed over."""
    pairs = zip(form.getlist("product_code"), form.getlist("quantity"), strict=False)
    filled = [(code, text.strip()) for code, text in pairs if code or text.strip()]
    if not all(code for code, _quantity in filled):
        raise MalformedError("A quantity has no product.", field="product_missing")
    return [Line(code, _whole(quantity)) for code, quantity in filled]


def earmark_of(form: Form) -> Sequence[str] | None:
    """Read the ticked groups; none ticked means free goods."""
    return form.getlist("earmark") or None


def day_of(form: Form, name: str) -> date | None:
    """Read a day, or null when it was left empty. Raises MalformedError."""
    text = form.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise MalformedError(
            f"{text!r} is not a day. Write it as 2026-12-31.", field=name
        ) from problem


def amount_of(form: Form, name: str) -> Decimal | None:
    """Read an amount with a comma or a point; null when it was left empty."""
    text = "".join(form.get(name, "").split()).replace(",", ".")
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as problem:
        raise MalformedError(
            f"{text!r} is not an amount. Write it as 1250.50.", field=name
        ) from problem


def cadence_of(form: Form) -> Cadence:
    """Read how often to write. Raises MalformedError."""
    text = form.get("cadence", "")
    if text not in set(Cadence):
        raise MalformedError("Choose how often.", field="cadence")
    return Cadence(text)


def kind_of(form: Form) -> DonorKind:
    """Read what a donor is. Raises MalformedError."""
    kind = form.get("kind", "")
    if kind not in set(DonorKind):
        raise MalformedError("Choose what kind of donor this is.", field="kind")
    return DonorKind(kind)


def donor_of(form: Form) -> Donor:
    """Read a donor; raises what the donor refuses."""
    email = form.get("contact_email", "").strip()
    return Donor(
        donor_code=form.get("donor_code", "").strip().upper(),
        name=form.get("name", "").strip(),
        kind=kind_of(form),
        language=form.get("language", "ru"),
        contact=Contact(email, day_of(form, "consented_on")) if email else None,
    )


def _whole(text: str) -> int:
    if not text:
        raise MalformedError("A product has no quantity.", field="quantity_missing")
    if not (text.isascii() and text.isdigit()) or len(text) > len("1000000"):
        raise MalformedError(
            f"{text!r} is not a whole number of units. Write digits only.",
            field="quantity",
            value=text,
        )
    return int(text)
