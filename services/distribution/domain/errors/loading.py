"""What is refused while a delivery is described, sealed and packed."""

from collections.abc import Sequence

from shared.kernel.errors import DomainError, MalformedError, NotFoundError


class VehicleError(MalformedError):
    """A vehicle is a registration, never a person's name."""

    code = "malformed_vehicle"

    def __init__(self) -> None:
        super().__init__(
            "Write the registration of the vehicle, such as 123 ABC 02, or own_car. "
            "No name of a driver is kept.",
            field="vehicle",
        )


class TransportError(MalformedError):
    """Packages and weight are what a vehicle can carry."""

    code = "malformed_transport"

    def __init__(self, value: int, most: int) -> None:
        super().__init__(
            f"{value} cannot be: count packages and weigh them again, at most {most}.",
            value=value,
            most=most,
        )


class BagNumberError(MalformedError):
    """A seal has a number of its own."""

    code = "malformed_bag"

    def __init__(self, bag_id: str) -> None:
        super().__init__(
            f"{bag_id} is no number of a seal: up to 20 capitals and digits, at most "
            "50 bags to a line.",
            bag_id=bag_id,
        )


class SealsTwiceError(DomainError):
    """A seal is put on once."""

    code = "seals_twice"

    def __init__(self, seals: Sequence[str]) -> None:
        super().__init__(
            f"Named twice, or on these goods already: {', '.join(seals)}. Leave out "
            "what is too much, or look at the numbers again.",
            seals=list(seals),
        )


class SealsElsewhereError(DomainError):
    """A bag for one unit is not counted to another by mistake."""

    code = "seals_elsewhere"

    def __init__(self, seals: Sequence[str], unit_codes: Sequence[str]) -> None:
        super().__init__(
            f"On the goods for {', '.join(unit_codes)} already: {', '.join(seals)}. "
            "Look at the numbers again, or say that the bags hold goods of several "
            "units.",
            seals=list(seals),
            unit_codes=list(unit_codes),
        )


class UnknownSealError(NotFoundError):
    """The goods of a unit have no such seal, or have it no more."""

    code = "unknown_seal"

    def __init__(self, seal: str, unit_code: str) -> None:
        super().__init__(
            f"The goods for {unit_code} have no seal {seal}. Look at the list again.",
            seal=seal,
            unit_code=unit_code,
        )


class NotOnConsignmentError(DomainError):
    """What was scanned or named is not on this consignment."""

    code = "not_on_consignment"

    def __init__(self, consignment_number: str, what: str) -> None:
        super().__init__(
            f"{what} is not on consignment {consignment_number}. Put it aside and "
            "look at the list.",
            consignment_number=consignment_number,
            what=what,
        )


class PackedBeforeError(DomainError):
    """Everything the code stands for is ticked off already."""

    code = "packed_before"

    def __init__(self, what: str, asked: int) -> None:
        super().__init__(
            f"{what} is ticked off already: the list has {asked}. Put the rest aside.",
            what=what,
            asked=asked,
        )


class TickGoneError(DomainError):
    """A tick was taken back before, or the packing check began anew."""

    code = "tick_gone"

    def __init__(self, consignment_number: str) -> None:
        super().__init__(
            f"This is not ticked off on {consignment_number} any more. Look at the "
            "list.",
            consignment_number=consignment_number,
        )
