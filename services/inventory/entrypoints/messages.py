"""The nameko service: what inventory commits it says, what it hears takes effect."""

from shared.messaging.service import SpeakingService


class InventoryService(SpeakingService):
    """Its ears and mouth; what each message does stands in the wiring."""

    name = "inventory"
