"""Correct the name and kind a donor was registered with."""

from dataclasses import replace
from typing import Any

from services.donors.application.known import known_donor
from services.donors.application.ports import Work
from services.donors.domain.donor import ANONYMOUS_CODE, DonorKind
from shared.kernel.errors import MalformedError


def correct_donor(
    work: Work, donor_code: str, name: str, kind: DonorKind
) -> dict[str, Any]:
    """Keep another name and kind; code, gifts and issued receipts stay as they are.

    From now on the kind decides whether the name may be passed on. Who becomes
    anonymous awaits no letter with a link. Raises UnknownDonorError, and
    MalformedError for the donor of all walk-in gifts, for a name that cannot be
    printed, and for an anonymous donor whose address is kept.
    """
    before = known_donor(work, donor_code)
    if donor_code == ANONYMOUS_CODE:
        raise MalformedError(
            "The donor of gifts that nobody is named for stays as it is.",
            field="anonymous",
        )
    work.donors.correct(replace(before, name=name, kind=kind))
    if kind is DonorKind.ANONYMOUS:
        work.own_addresses.forget(donor_code)
    work.changes.note(donor_code)
    return {"donor_code": donor_code}
