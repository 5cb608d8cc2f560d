"""Two lines that mean the same are the same line; what is secret is in no digest."""

import pytest

from services.inventory.application.scanning.digest import fingerprint_of
from services.inventory.application.scanning.line import read_line
from services.inventory.application.scanning.read_scans import read_scan
from services.inventory.domain.pack_serial import SerialKey

KEY = SerialKey(b"a key of this test")
LINE = {
    "scan_id": "0198f000-0000-7000-8000-000000000001",
    "action": "receive",
    "product_code": "HYG-SOAP-B",
    "quantity": 3,
    "location_code": "A-01",
    "occurred_at": "2026-11-22T10:00:00+05:00",
    "temperature_celsius": 4,
}
PACK = "010487000123456021SER123"
TAIL = "\x1d91EE10\x1d92" + "x" * 44


def digest(key=KEY, **changes):
    return fingerprint_of(read_scan(read_line({**LINE, **changes}), key))


def test_the_order_of_keys_is_no_difference():
    turned = read_scan(read_line(dict(reversed(LINE.items()))), KEY)

    assert fingerprint_of(turned) == digest()


@pytest.mark.parametrize(
    "written",
    [
        {"occurred_at": "2026-11-22T05:00:00Z"},
        {"occurred_at": "2026-11-22T05:00:00+00:00"},
        {"occurred_at": "2026-11-22T05:00:00.000Z"},
        {"temperature_celsius": 4.0},
        {"scan_id": LINE["scan_id"].upper()},
        {"lot_number": None},
        {"product_code": " HYG-SOAP-B "},
        {"unknown_field": "passed over"},
    ],
)
def test_another_way_to_write_it_is_no_difference(written):
    assert digest(**written) == digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"quantity": 4},
        {"occurred_at": "2026-11-22T10:00:01+05:00"},
        {"temperature_celsius": 5},
        {"lot_number": "L1"},
        {"raw": PACK},
        {"pack_quantity": 3},
        {"description": "blue box"},
    ],
)
def test_another_meaning_is(changed):
    assert digest(**changed) != digest()


@pytest.mark.parametrize("tail", [TAIL, "\x1d93abcd", TAIL.replace("x", "y")])
def test_the_secret_part_of_a_marking_code_is_no_difference(tail):
    assert digest(raw=PACK + tail) == digest(raw=PACK)
    assert digest(raw="4870001234560", second_raw=PACK + tail) == digest(
        raw="4870001234560", second_raw=PACK
    )


def test_the_serial_counts_but_only_under_the_key():
    assert digest(raw=PACK) != digest(raw=PACK.replace("SER123", "SER124"))
    assert digest(raw=PACK) != digest(raw=PACK, key=SerialKey(b"another key"))


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("4870001234560", "4870001234577"),
        ("]C1010487000123456010L1", "]C1010487000123456010L2"),
        ("]C10104870001234560241A", "]C10104870001234560241B"),
    ],
)
def test_another_code_is_another_line(one, another):
    assert digest(raw=one) != digest(raw=another)
