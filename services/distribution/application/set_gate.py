"""What a facility lets be written down of its receiving officer."""

from typing import Any

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.handover import ReceiverPolicy


def set_receiver_policy(
    facility_code: str, policy: ReceiverPolicy, work: DistributionWork, *, account: str
) -> dict[str, Any]:
    """Keep the policy for handovers from now on; raises UnknownFacilityError."""
    work.places.facility(facility_code)
    work.gates.set_receiver_policy(facility_code, policy, account)
    return {"facility_code": facility_code, "receiver_policy": policy.value}
