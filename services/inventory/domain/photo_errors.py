"""What a photograph of goods may be refused for."""

from uuid import UUID

from shared.kernel.errors import MalformedError, NotFoundError


class NotAPhotoError(MalformedError):
    """What was sent is no picture that can be opened, or one of too many points."""

    code = "not_a_photo"

    def __init__(self) -> None:
        super().__init__(
            "This is no photograph that can be opened. Take it again as JPEG, PNG or "
            "WebP."
        )


class NoCodeFoundError(MalformedError):
    """A photograph shows no code that could be read."""

    code = "no_code_found"

    def __init__(self) -> None:
        super().__init__(
            "No code was found in the photograph. Go closer, hold still and avoid "
            "glare, or type the number under the bars."
        )


class NoPhotoError(NotFoundError):
    """Nobody has taken a photograph of these goods, or they wait no more."""

    code = "no_photo"

    def __init__(self, scan_id: UUID) -> None:
        super().__init__(
            f"There is no photograph for scan {scan_id}. Take one if the goods wait.",
            scan_id=str(scan_id),
        )
