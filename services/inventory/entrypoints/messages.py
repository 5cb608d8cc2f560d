"""The nameko service: what inventory commits it says, what it hears takes effect."""

from eventlet import tpool
from nameko.timer import timer

from services.inventory.entrypoints.words.alerts import letter
from services.inventory.wiring import Inventory
from shared.messaging.service import ApplicationProvider, SpeakingService

WATCH_SECONDS = 60
MAIL_SECONDS = 15


class InventoryService(SpeakingService):
    """Its ears and mouth; what each message does stands in the wiring."""

    name = "inventory"

    application: Inventory = ApplicationProvider()

    @timer(interval=WATCH_SECONDS, eager=True)
    def watch(self) -> None:
        """Notice what needs a person; of all copies one looks at a time."""
        self.application.alerts.watch(letter)

    @timer(interval=MAIL_SECONDS)
    def send_mail(self) -> None:
        """Send the letters that wait; copies share them out among themselves."""
        self.application.alerts.send_mail(tpool.execute)
