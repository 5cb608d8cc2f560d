"""The nameko service: what distribution commits it says, what it hears takes effect."""

from shared.messaging.service import SpeakingService


class DistributionService(SpeakingService):
    """Its ears and mouth; what each message does stands in the wiring."""

    name = "distribution"
