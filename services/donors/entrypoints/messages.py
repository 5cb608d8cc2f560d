"""The nameko service: what donors commits it says, what it hears takes effect."""

from eventlet import tpool
from nameko.timer import timer

from services.donors.entrypoints.api.webhooks import gift_for_programs
from services.donors.entrypoints.words.letters import GiftLetters
from services.donors.wiring import Donors
from shared.messaging.service import ApplicationProvider, SpeakingService

LETTER_SECONDS = 60
MAIL_SECONDS = 15
WEBHOOK_SECONDS = 2


class DonorsService(SpeakingService):
    """Its ears and mouth; what each message does stands in the wiring."""

    name = "donors"

    application: Donors = ApplicationProvider()

    @timer(interval=LETTER_SECONDS)
    def write_letters(self) -> None:
        """Write the letters whose day has come; of all copies one takes each."""
        self.application.letters.write_due(GiftLetters())

    @timer(interval=MAIL_SECONDS)
    def send_mail(self) -> None:
        """Send the letters that wait; copies share them out among themselves.

        Links are written just before: whoever entered an address waits for one.
        """
        self.application.addresses.write_links(GiftLetters())
        self.application.letters.send_mail(tpool.execute)

    @timer(interval=WEBHOOK_SECONDS)
    def tell_webhooks(self) -> None:
        """Tell donors' own systems what moved; of all copies one takes each."""
        self.application.webhooks.notice(gift_for_programs)
        self.application.webhooks.deliver_due(tpool.execute)
