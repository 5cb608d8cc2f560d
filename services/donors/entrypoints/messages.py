"""The nameko service: what donors commits it says, what it hears takes effect."""

from shared.messaging.service import SpeakingService


class DonorsService(SpeakingService):
    """Its ears and mouth; what each message does stands in the wiring."""

    name = "donors"
