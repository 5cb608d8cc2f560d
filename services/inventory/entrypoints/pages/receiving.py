"""Notes of received goods: list, one note, finish, check, damage, put away."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from services.inventory.application.receiving.finish_note import (
    CheckNote,
    FinishNote,
    check_note,
    finish_note,
)
from services.inventory.application.receiving.set_damaged_aside import (
    SetDamagedAside,
    set_damaged_aside,
)
from services.inventory.entrypoints.commands import command, is_coordinator
from services.inventory.entrypoints.pages.forms import account, form_id, whole
from services.inventory.entrypoints.words.terms import refusal_text
from services.inventory.wiring import Inventory
from shared.kernel.clock import local_day
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import status_of, translated
from shared.web.returning import safe_path
from shared.web.words import _

NOTES_SHOWN = 60
NOTES_KEPT_DAYS = 30
GIFTS_SHOWN = 30
GIVE_BACK = "-"
"""What the form of damaged goods sends when the donor takes them back at once."""


class ReceivingPages:
    """``/inventory/receiving``."""

    def __init__(self, service: Inventory) -> None:
        self._service = service

    def register(self, pages: Blueprint) -> None:
        """Put the addresses on the blueprint."""
        pages.add_url_rule("/receiving", "receiving", self.show)
        one = "/receiving/<grn_number>"
        pages.add_url_rule(one, "note", self.show_one)
        for name, view in (
            ("finish", self.finish),
            ("check", self.check),
            ("damaged", self.damaged),
        ):
            pages.add_url_rule(f"{one}/{name}", f"note_{name}", view, methods=["POST"])
        pages.add_url_rule("/put-away", "put_away", self.put_away, methods=["POST"])

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """List open and recent notes, and what is still expected."""
        now = self._service.clock.now()
        since = local_day(now) - timedelta(days=NOTES_KEPT_DAYS)
        expected = self._service.receiving.gifts_expected(limit=GIFTS_SHOWN)
        codes = {line.product_code for lines in expected.values() for line in lines}
        return render_template(
            "inventory/receiving.html",
            rows=self._service.receiving.notes(since=since, limit=NOTES_SHOWN),
            expected=expected,
            names=self._service.page_reads.names(codes),
            today=local_day(now),
            counted_at=now,
        )

    @allow("volunteer", "reviewer", "coordinator")
    def show_one(self, grn_number: str) -> str:
        """Show a note and the next step it waits for."""
        return self._note(grn_number)

    @allow("volunteer", "coordinator")
    def finish(self, grn_number: str) -> Any:
        """Close a note; its differences are shown to whoever checks it."""
        form = request.form
        texts = {name: form.get(name, "").strip() for name in ("document", "condition")}
        wish = FinishNote(
            grn_number,
            account(),
            texts["document"][:80] or None,
            texts["condition"][:500] or None,
        )
        return self._step(
            grn_number,
            f"finish_note {grn_number}",
            texts,
            lambda work: finish_note(work, wish),
            _("Note finished. Somebody else checks it now."),
        )

    @allow("volunteer", "reviewer", "coordinator")
    def check(self, grn_number: str) -> Any:
        """Put a second name under a note."""
        wish = CheckNote(grn_number, account())
        return self._step(
            grn_number,
            f"check_note {grn_number}",
            {},
            lambda work: check_note(work, wish),
            _("Note checked."),
        )

    @allow("volunteer", "coordinator")
    def damaged(self, grn_number: str) -> Any:
        """Set aside what arrived damaged, or give it back."""
        try:
            wish = _damaged(grn_number)
        except DomainError as refusal:
            page = self._note(grn_number, damage_error=refusal_text(refusal))
            return page, status_of(refusal)
        return self._step(
            grn_number,
            f"set_damaged_aside {grn_number}",
            dict(request.form),
            lambda work: set_damaged_aside(work, wish),
            _("Recorded as damaged."),
        )

    @allow("volunteer", "coordinator")
    def put_away(self) -> Any:
        """Move goods of one lot from where they stand to a shelf, and offer to undo."""
        form = request.form
        names = ("product_code", "lot_id", "location_code", "to_location_code")
        line = {
            "scan_id": str(form_id("command_id")),
            "action": "move",
            "quantity": whole(form.get("quantity", "")),
            "occurred_at": self._service.clock.now().isoformat(),
            **{name: form.get(name, "") for name in names},
        }
        back = safe_path(form.get("back"), url_for("pages.receiving"))
        [answer] = self._service.scan(
            account(), [line], by_coordinator=is_coordinator()
        )
        if answer["status"] in {"applied", "duplicate"}:
            undo = {
                "movement_id": answer["movement_id"],
                "command_id": str(self._service.ids.new_id()),
                "next": back,
            }
            said = _("Put on %(place)s.", place=line["to_location_code"])
            toast(said, url_for("pages.scan_undo"), undo)
        else:
            facts = answer.get("facts", {})
            toast(translated(answer["code"], facts, answer["detail"]))
        return redirect(back, 303)

    def _step(
        self,
        grn_number: str,
        action: str,
        body: dict[str, Any],
        use_case: Any,
        said: str,
    ) -> Any:
        body.pop("csrf_token", None)
        try:
            once = command(action, {**body, "command_id": form_id("command_id")})
            self._service.perform(once, use_case)
        except DomainError as refusal:
            page = self._note(grn_number, error=refusal_text(refusal))
            return page, status_of(refusal)
        toast(said)
        return redirect(url_for("pages.note", grn_number=grn_number), 303)

    def _note(self, grn_number: str, error: str = "", damage_error: str = "") -> str:
        view = self._service.receiving.note(grn_number)
        codes = {line.product_code for line in view.lines}
        codes |= {line.product_code for line in view.expected}
        codes |= {line.product_code for line in view.refused}
        places = self._service.page_reads.places()
        return render_template(
            "inventory/note.html",
            view=view,
            note=view.note,
            names=self._service.page_reads.names(codes),
            places=places,
            holds=[place for place in places if place.kind == "hold"],
            shelves=shelves_for(self._service, codes),
            error=error,
            damage_error=damage_error,
            form=request.form,
            is_mine=account() in {view.note.account, view.note.counted_by},
            give_back=GIVE_BACK,
            counted_at=self._service.clock.now(),
        )


def shelves_for(
    service: Inventory, product_codes: Iterable[str]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """List the shelves to choose from for each product, the fullest first."""
    return {
        product_code: [
            (place, place) for place in service.receiving.shelves_of(product_code)
        ]
        for product_code in product_codes
    }


def _damaged(grn_number: str) -> SetDamagedAside:
    form = request.form
    condition = form.get("damage", "").strip()[:500]
    quantity = whole(form.get("quantity", ""))
    if not isinstance(quantity, int) or quantity < 1:
        raise MalformedError("quantity has to be a whole number.", field="quantity")
    if not condition:
        raise MalformedError("Say what is damaged.", field="reason")
    target = form.get("to_location_code", "")
    return SetDamagedAside(
        grn_number=grn_number,
        lot_id=_uuid(form.get("lot_id", "")),
        location_code=form.get("location_code", ""),
        quantity=quantity,
        condition=condition,
        account=account(),
        to_location_code=None if target == GIVE_BACK else target,
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise MalformedError("lot_id has to be a UUID.", field="lot_id") from None
