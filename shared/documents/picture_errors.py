"""What a picture may be refused for."""

from shared.kernel.errors import MalformedError


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
