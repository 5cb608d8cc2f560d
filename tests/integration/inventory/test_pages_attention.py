"""Goods nobody knows, on the page where somebody says what they are."""

import io

import pytest
from PIL import Image

from tests.integration.inventory.pages import words
from tests.support.counting import a_command

ITEM, CASE = "9520000000011", "19520000000018"


@pytest.fixture
def unknown(warehouse):
    line = warehouse.line(raw=ITEM, quantity=4, description="blue box")
    warehouse.scan(line, warehouse.line(raw=ITEM, quantity=3, location_code="A-02"))
    return line["scan_id"]


@pytest.fixture
def case(warehouse):
    """A case of a comb that is known already."""
    item = warehouse.line(raw=ITEM, quantity=1)
    warehouse.scan(item)
    warehouse.resolve(item["scan_id"], product_code="HYG-COMB")
    line = warehouse.line(raw=CASE, quantity=2)
    warehouse.scan(line)
    return line["scan_id"]


def test_unknown_goods_are_shown_by_code_with_what_stands_where(pages, unknown):
    page = pages.get("/attention")

    assert "blue box" in words(page)
    assert "A-01: 4 · A-02: 3" in words(page)
    assert unknown in page.text


def test_a_photograph_is_kept_and_shown_without_script(pages, unknown):
    drawn = io.BytesIO()
    Image.new("RGB", (30, 30)).save(drawn, "PNG")
    drawn.seek(0)

    pages.post(f"/attention/{unknown}/photo", photo=(drawn, "pack.png"))

    address = f"/api/v1/attention/{unknown}/photo"
    assert address in pages.get("/attention").text
    assert address in pages.get(f"/attention/{unknown}").text
    assert pages.get(address).content_type == "image/jpeg"


def test_a_volunteer_proposes_how_many_a_case_holds(pages, warehouse, case):
    address = f"/attention/{case}"
    assert "Units in one pack" in words(pages.get(address))

    pages.post(f"{address}/resolve", pack_quantity="12")
    kept = pages.get(address, role="coordinator")
    pages.post(f"{address}/resolve", role="coordinator", pack_quantity="12")

    assert 'value="12"' in kept.text
    assert warehouse.attention() == []
    assert warehouse.stock() == [("HYG-COMB", "A-01", 25)]


def test_saying_what_it_is_settles_every_scan_of_the_code(pages, warehouse, unknown):
    pages.post(f"/attention/{unknown}/resolve", product_code="HYG-COMB")

    assert warehouse.attention() == []
    assert "Not known yet" not in words(pages.get("/attention"))


@pytest.mark.parametrize(
    ("settle", "said"),
    [
        ("discard", {"discard_reason": "scanned_twice"}),
        ("resolve", {"product_code": "HYG-COMB"}),
    ],
)
@pytest.mark.parametrize("is_htmx", [False, True])
def test_a_double_press_settles_once_and_says_so_again(
    pages, warehouse, unknown, settle, said, is_htmx
):
    command = a_command()

    answers = [
        pages.post(f"/attention/{unknown}/{settle}", is_htmx=is_htmx, **said, **command)
        for _press in range(2)
    ]

    first, again = answers
    assert first.status_code in {200, 303}
    assert (again.status_code, again.location) == (first.status_code, first.location)
    assert unknown not in [line["scan_id"] for _code, line in warehouse.attention()]
