"""What a photograph of goods may be refused for."""

from uuid import UUID

from shared.kernel.errors import NotFoundError


class NoPhotoError(NotFoundError):
    """Nobody has taken a photograph of these goods, or they wait no more."""

    code = "no_photo"

    def __init__(self, scan_id: UUID) -> None:
        super().__init__(
            f"There is no photograph for scan {scan_id}. Take one if the goods wait.",
            scan_id=str(scan_id),
        )
