"""A programme as donors hears of it: every message says what matters in a test."""

from datetime import date
from uuid import uuid5

from services.donors.application.announce_gift import AnnounceGift, announce_gift
from services.donors.application.freeze_month import FreezeMonth, freeze_month
from services.donors.application.register_donor import register_donor
from services.donors.application.set_earmark import set_earmark
from services.donors.domain.donor import Donor, DonorKind
from services.donors.domain.promise import Line
from shared.contracts.distribution_v1 import (
    ConsignmentHandedOver,
    HandoverLine,
    NeedsPublished,
    ProductNeed,
    UnitRegistered,
)
from shared.contracts.inventory_v1 import (
    GoodsRefused,
    Pack,
    ProductRegistered,
    StockChanged,
)
from shared.database.commands import Command
from tests.support.envelopes import NAMESPACE, in_envelope

SOAP, NAPPIES, FORMULA = "HYG-SOAP-B", "INF-NAP-3", "INF-FORM"


def named(name):
    """The id of a thing the test calls by name."""
    return uuid5(NAMESPACE, name)


def a_product(code, *, sensitivity=0, flags=(), version=1, category="hygiene"):
    return ProductRegistered(
        product_code=code,
        version=version,
        category=category,
        names={"en": f"{code} in English", "ru": f"{code} по-русски"},
        unit_of_issue="bar",
        packs=(Pack("02000100010006", 1),),
        min_days_at_receipt=90,
        min_days_at_dispatch=30,
        sensitivity=sensitivity,
        flags=tuple(flags),
    )


def a_lot(name, version, gift_number, **more):
    """The state of a lot; what is received and nowhere else is in stock."""
    buckets = ("in_transit", "accepted", "lost", "returned")
    received = more.get("received", 100)
    elsewhere = sum(more.get(bucket, 0) for bucket in buckets)
    lost = more.get("lost", 0)
    state = {
        "lot_id": named(name),
        "version": version,
        "product_code": SOAP,
        "lot_number": "L1",
        "expires_on": date(2028, 3, 31),
        "received_on": date(2026, 11, 20),
        "gift_number": gift_number,
        "earmark": None,
        "lot_status": "released",
        "received": received,
        "in_stock": received - elsewhere,
        "reserved": 0,
        "available": received - elsewhere,
        "in_transit": 0,
        "accepted": 0,
        "lost": 0,
        "returned": 0,
        "lost_by_reason": {"COUNT": lost} if lost else {},
    }
    return StockChanged(**state | more)


def a_handover(name, *lines, corrects=None, at):
    return ConsignmentHandedOver(
        handover_id=named(name),
        consignment_number="C-2026-0007",
        occurred_at=at,
        corrects=named(corrects) if corrects else None,
        lines=lines,
    )


def a_handover_line(lot, accepted, *, refused=0, damaged=0, short=0):
    return HandoverLine(
        unit_code="W-ANT",
        product_code=SOAP,
        lot_id=named(lot),
        accepted=accepted,
        refused=refused,
        refusal_reason="NOT_ADMITTED" if refused else None,
        damaged=damaged,
        short=short,
    )


class Programme:
    """Plays what surrounds donors, on a clock the test holds."""

    def __init__(self, donors, clock):
        self.donors = donors
        self.clock = clock

    def hears(self, *facts, name=None, at=None):
        """Deliver facts in one batch; a name makes a redelivery of the same."""
        now = at or self.clock.now()
        envelopes = [
            in_envelope(fact, at=now, name=f"{name or ''}{fact!r}{now}")
            for fact in facts
        ]
        self.donors.station.inbox.take(envelopes)
        return envelopes

    def has_products(self):
        self.hears(
            a_product(SOAP),
            a_product(NAPPIES, sensitivity=1, category="infant"),
            a_product(FORMULA, sensitivity=2, flags=("bms", "refuse")),
        )

    def has_units(self, **groups_of_facilities):
        self.hears(
            *(
                UnitRegistered(
                    unit_code=f"{facility}-1",
                    version=1,
                    facility_code=facility,
                    kind="ward",
                    audience="detention",
                    groups=tuple(groups),
                )
                for facility, groups in groups_of_facilities.items()
            )
        )

    def needs(self, version=1, **per_month):
        items = tuple(
            ProductNeed(code.replace("_", "-"), need, 0)
            for code, need in per_month.items()
        )
        self.hears(NeedsPublished(version, self.clock.now().date(), items))

    def registers(self, *codes):
        for code in codes:
            donor = Donor(code, f"{code} (example)", DonorKind.ORGANISATION, "en")
            self.perform(f"donor {code}", lambda work, d=donor: register_donor(work, d))

    def gift_of(self, donor_code, *, product=SOAP, quantity=100, earmark=None):
        """Announce a gift; give its number."""
        wish = AnnounceGift(donor_code, [Line(product, quantity)], earmark)
        return self.perform(
            f"gift {wish} {self.clock.now()}", lambda work: announce_gift(work, wish)
        )["gift_number"]

    def freezes_next_month(self):
        """Freeze the month whose turn it is, just as it is previewed."""
        shown = self.donors.snapshots.preview()
        wish = FreezeMonth(shown.month, shown.threshold, shown.fingerprint)
        with self.donors.working() as work:
            freeze_month(work, wish, "coordinator")

    def lifts_earmark(self, gift_number):
        self.perform(
            f"lift {gift_number}", lambda work: set_earmark(work, gift_number, None)
        )

    def refuses(self, name, gift_number, quantity, reason="SHORT_DATED", code=SOAP):
        self.hears(GoodsRefused(named(name), gift_number, code, quantity, reason))

    def perform(self, name, use_case):
        command = Command(named(name), "coordinator", "test", {"name": name})
        return self.donors.perform(command, use_case)

    def parked(self):
        return [row.last_error for row in self.donors.station.parking.parked()]
