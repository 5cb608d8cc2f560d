"""The nameko service: what distribution commits it says, what it hears takes effect."""

from nameko.timer import timer

from services.distribution.wiring import Distribution
from shared.messaging.service import ApplicationProvider, SpeakingService

NEEDS_SECONDS = 2
NEEDS_AGAIN_SECONDS = 60


class DistributionService(SpeakingService):
    """Its ears and mouth; what each message does stands in the wiring."""

    name = "distribution"

    application: Distribution = ApplicationProvider()

    @timer(interval=NEEDS_SECONDS)
    def tell_needs_soon(self) -> None:
        """Tell what is needed after commands of this copy may have changed it."""
        if self.application.needs_may_have_changed:
            self.application.publish_needs()

    @timer(interval=NEEDS_AGAIN_SECONDS)
    def tell_needs_again(self) -> None:
        """Do it for what else changes needs: messages, days, copies that died."""
        self.application.lapse_open()
        self.application.publish_needs()
