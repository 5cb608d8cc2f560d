"""What people type into inventory's forms, read as programs would send it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request
from werkzeug.datastructures import MultiDict

from services.inventory.domain.reasons import OTHER
from services.inventory.entrypoints.pages.dates import printed_date
from shared.kernel.errors import MalformedError
from shared.web.auth import current_principal

REASON_CHARS_MAX = 500
TEXT_FIELDS = (
    "product_code",
    "location_code",
    "to_location_code",
    "gift_number",
    "lot_number",
    "lot_id",
    "pick_list_number",
    "count_sheet_number",
    "other_lot_reason",
    "reason",
)


def account() -> str:
    """Give the id under which the signed-in person's work is recorded."""
    return str(current_principal().account_id)


def chosen_reason(name: str) -> str:
    """Read a reason of a list, or the words beside it where none of the list fits."""
    chosen = request.form.get(name, "").strip()
    text = request.form.get(f"{name}_words", "") if chosen == OTHER else chosen
    if not text.strip():
        raise MalformedError(f"{name} has to be filled in.", field=name)
    return text.strip()[:REASON_CHARS_MAX]


def is_htmx() -> bool:
    """Tell whether a part of a page is wanted instead of a whole one."""
    return "HX-Request" in request.headers


def form_id(name: str) -> UUID:
    """Read an id of the form; MalformedError names the field that holds none."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        raise MalformedError(f"{name} has to be a UUID.", field=name) from None


def scan_line(form: MultiDict[str, str], new_id: UUID, now: datetime) -> dict[str, Any]:
    """Read one scan as ``POST /scans`` takes it; what was not filled in is absent."""
    line: dict[str, Any] = {
        "scan_id": form.get("scan_id") or str(new_id),
        "action": form.get("action", "receive"),
        "quantity": whole(form.get("quantity", "1")),
        "occurred_at": form.get("occurred_at") or now.isoformat(),
        **entered(form),
    }
    return line | {"raw": form["raw"]} if form.get("raw", "").strip() else line


def entered(form: Mapping[str, str]) -> dict[str, Any]:
    """Read what a person adds to a scan: texts, the printed date, a temperature."""
    texts = {
        name: form[name].strip() for name in TEXT_FIELDS if form.get(name, "").strip()
    }
    expires_on = printed_date(form.get("expires_on", ""))
    dates = {"expires_on": expires_on.isoformat()} if expires_on else {}
    return {**texts, **dates, **celsius(form.get("temperature_celsius", ""))}


def whole(text: str) -> Any:
    """Read a whole number; what is none goes on as it was typed, to be refused."""
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    is_number = text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004  far above every limit
    return int(text) if is_number else text


def celsius(text: str) -> dict[str, float]:
    """Read a temperature as typed, comma or point; absent when nothing was."""
    typed = text.strip().replace(",", ".").replace("−", "-")
    if not typed:
        return {}
    try:
        return {"temperature_celsius": float(typed)}
    except ValueError:
        raise MalformedError(
            f"{text[:20]} is no temperature. Type degrees Celsius, such as 6.5.",
            field="temperature_celsius",
        ) from None
