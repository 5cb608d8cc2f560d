"""Register a donor."""

from typing import Any

from services.donors.application.ports import Work
from services.donors.domain.donor import Donor
from services.donors.domain.errors import DonorExistsError


def register_donor(work: Work, donor: Donor) -> dict[str, Any]:
    """Keep a new donor. Raises DonorExistsError when the code is taken."""
    if not work.donors.add(donor, work.now):
        raise DonorExistsError(donor.donor_code)
    return {"donor_code": donor.donor_code}
