"""What one scan, or two of the same pack, says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

from services.inventory.domain.scanning.dates import read_date
from shared.kernel.gs1 import GTIN

Kind = Literal["gtin", "sscc", "element", "hri", "digital_link"]

TEXTS = {
    "lot": "10",
    "serial": "21",
    "variant": "20",
    "content_gtin": "02",
    "sscc": "00",
    "additional_id": "240",
    "order_no": "400",
    "ship_to_gln": "410",
}
DATES = {"expiry": "17", "best_before": "15", "production_date": "11"}
COUNTS = {"var_count": "30", "count": "37"}
SECRETS = frozenset({"91", "92", "93"})
"""The key and the signature of a state marking code: used by nobody here."""
_INWARD = frozenset({"identifiers", "stated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedScan:
    """A lawful scan under the names of the public interface (API.md).

    Whatever is not named here is not kept: above all the values of 91, 92 and 93,
    the secret part of a marking code.
    """

    kind: Kind
    gtin: str | None = None
    format: str | None = None
    rcn: bool | None = None
    lot: str | None = None
    serial: str | None = field(default=None, repr=False)  # ties a pack to a till
    expiry: date | None = None
    best_before: date | None = None
    production_date: date | None = None
    variant: str | None = None
    var_count: int | None = None
    content_gtin: str | None = None
    count: int | None = None
    sscc: str | None = None
    additional_id: str | None = None
    order_no: str | None = None
    ship_to_gln: str | None = None
    marking: Literal["full", "short"] | None = None
    warnings: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = field(default=(), repr=False)
    """The application identifiers in reading order; not part of the interface."""
    stated: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Every element with its value, but those of ``SECRETS``; in reading order.

    What a digest of a scan is taken over, so it is the same with the secret part
    of a marking code and without; not part of the interface."""

    @classmethod
    def of(
        cls,
        kind: Kind,
        values: Mapping[str, str],
        *,
        today: date,
        warnings: tuple[str, ...],
    ) -> "DecodedScan":
        """Build from judged values by application identifier."""
        gtin = GTIN(values["01"]) if "01" in values else None
        named: dict[str, Any] = {
            **{name: values.get(ai) for name, ai in TEXTS.items()},
            **{
                name: read_date(values[ai], today=today)
                for name, ai in DATES.items()
                if ai in values
            },
            **{name: int(values[ai]) for name, ai in COUNTS.items() if ai in values},
        }
        return cls(
            kind=kind,
            gtin=gtin,
            format=gtin.format if gtin else None,
            rcn=gtin.is_restricted if gtin else None,
            marking=marking_of(values),
            warnings=warnings,
            identifiers=tuple(values),
            stated=tuple(pair for pair in values.items() if pair[0] not in SECRETS),
            **named,
        )

    def as_json(self) -> dict[str, object]:
        """Give the keys that the code spoke of, dates as ``YYYY-MM-DD``."""
        present: dict[str, object] = {}
        for name in (spec.name for spec in fields(self)):
            value = getattr(self, name)
            if name in _INWARD or value is None or value == ():
                continue
            present[name] = _plain(value)
        return present


def marking_of(
    identifiers: Mapping[str, str] | tuple[str, ...],
) -> Literal["full", "short"] | None:
    """Name the kind of state marking code by which of its parts are there."""
    if "91" in identifiers and "92" in identifiers:
        return "full"
    return "short" if "93" in identifiers else None


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
