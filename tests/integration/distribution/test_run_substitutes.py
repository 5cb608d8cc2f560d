"""What a proposal cannot give is made up for with something else, before approval."""

import pytest

from tests.integration.distribution.field import FORMULA, RAZOR, SOAP, TOWEL, named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

RUN = f"/allocation-runs/{named('run')}"
PAGE = f"/runs/{named('run')}/products/{SOAP}/instead/"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def scarce(field):
    """Two units that are due 100 bars share 80; there are 50 towels."""
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 80)
    field.put("T1", 50, product_code=TOWEL)
    field.approved("r1", "W-A", SOAP=100)
    field.approved("r2", "W-B", SOAP=100)
    field.propose()
    return field


def offer(field, name="offer", **more):
    body = {
        "command_id": named(name),
        "unit_code": "W-A",
        "product_code": SOAP,
        "substitute_code": TOWEL,
        "quantity": 30,
        "reason": "out_of_stock",
    }
    return field.coordinator.send(f"{RUN}/substitutes", **body | more)


def test_what_is_missing_is_closed_and_the_substitute_shared_in_the_run(scarce):
    assert offer(scarce).status_code == 200

    assert scarce.given() == {
        ("W-A", SOAP): 40,
        ("W-A", TOWEL): 30,
        ("W-B", SOAP): 40,
    }
    soap, towel = scarce.line("r1"), scarce.line("r1", TOWEL)
    assert (soap["approved"], soap["open"]) == (40, 40)
    assert (towel["approved"], towel["substitute_for"]) == (30, SOAP)
    assert towel["basis"]["substituted_because"] == "out_of_stock"


def test_the_run_can_then_be_approved_whole(scarce):
    offer(scarce)

    assert scarce.approve().status_code == 200
    scarce.answer()
    assert scarce.line("r1")["reserved"] == 40
    assert scarce.line("r1", TOWEL)["reserved"] == 30


def test_the_same_offer_twice_is_one(scarce):
    first = offer(scarce)
    scarce.override(unit_code="W-A", product_code=TOWEL, quantity=10)

    assert offer(scarce).json == first.json
    assert scarce.given()["W-A", TOWEL] == 10


def test_of_several_requisitions_the_one_needed_last_is_short(scarce):
    scarce.approved("late", "W-A", by="2026-11-28", SOAP=30)

    offer(scarce)

    assert scarce.line("r1")["open"] == 100
    assert scarce.line("late")["open"] == 0
    assert scarce.line("late", TOWEL)["approved"] == 30


def test_a_run_over_named_goods_has_the_substitute_too(scarce):
    scarce.propose("named", product_codes=[SOAP])
    body = {"unit_code": "W-B", "product_code": SOAP, "substitute_code": TOWEL}

    scarce.coordinator.send(
        f"/allocation-runs/{named('named')}/substitutes",
        command_id=named("other"),
        quantity=5,
        reason="fits_better",
        **body,
    )

    run = scarce.run("named")
    assert run["product_codes"] == [SOAP, TOWEL]
    assert scarce.given("named")["W-B", TOWEL] == 5


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("not_substitutable", {"substitute_code": FORMULA}),
        ("not_on_run", {"unit_code": "W-Z"}),
        ("not_on_run", {"product_code": RAZOR}),
        ("unknown_product", {"substitute_code": "NOPE"}),
        ("quantity_out_of_range", {"quantity": 0}),
    ],
)
def test_an_offer_that_cannot_be_is_refused_and_changes_nothing(scarce, code, more):
    before = scarce.run()

    assert offer(scarce, **more).json["code"] == code
    assert scarce.run() == before
    assert scarce.line("r1")["open"] == 100


def test_where_the_run_gives_all_there_is_nothing_to_make_up_for(scarce):
    scarce.put("L2", 300)
    scarce.propose("plenty")
    path = f"/allocation-runs/{named('plenty')}/substitutes"
    body = {"unit_code": "W-A", "product_code": SOAP, "substitute_code": TOWEL}

    refused = scarce.coordinator.send(
        path, command_id=named("o"), quantity=1, reason="out_of_stock", **body
    )

    assert refused.json["code"] == "not_substitutable"


def test_what_was_set_for_the_substitute_still_holds(scarce):
    scarce.approved("r3", "W-B", TOWEL=20)
    scarce.propose("second")
    run = f"/allocation-runs/{named('second')}"
    scarce.coordinator.put_json(
        f"{run}/products/{TOWEL}/conditions",
        command_id=named("caps"),
        conditions={"caps": {"W-B": 3}},
    )

    answer = scarce.coordinator.send(
        f"{run}/substitutes",
        command_id=named("offer"),
        unit_code="W-A",
        product_code=SOAP,
        substitute_code=TOWEL,
        quantity=30,
        reason="out_of_stock",
    )

    assert answer.status_code == 200, answer.json
    given = scarce.given("second")
    assert (given["W-A", TOWEL], given["W-B", TOWEL]) == (30, 3)


def test_after_the_approval_it_is_too_late(scarce):
    scarce.approve()

    assert offer(scarce).json["code"] == "run_not_open"


class TestPage:
    def test_it_is_offered_from_the_row_that_is_short(self, scarce, reader):
        coordinator = reader("coordinator")
        product = f"/runs/{named('run')}/products/{SOAP}"
        assert f"{PAGE}?unit=W-A" in coordinator.look(product).text
        form = coordinator.form_of(f"{PAGE}?unit=W-A")
        assert form["quantity"] == "60"

        sent = coordinator.press(PAGE, **form | {"substitute_code": TOWEL})

        assert sent.status_code == 303
        assert "Offered instead" in coordinator.look(product).text
        assert scarce.given()["W-A", TOWEL] == 50

    def test_only_what_is_free_and_admitted_is_offered(self, scarce, reader):
        scarce.place(not_admitted=[RAZOR])
        scarce.put("R1", 10, product_code=RAZOR)

        page = reader("coordinator").look(f"{PAGE}?unit=W-A").text

        assert f'value="{TOWEL}"' in page
        assert f'value="{RAZOR}"' not in page
        assert f'value="{SOAP}"' not in page

    @pytest.mark.usefixtures("scarce")
    @pytest.mark.parametrize("missing", ["substitute_code", "quantity", "reason"])
    def test_what_is_missing_is_said_and_the_rest_stays(self, reader, missing):
        coordinator = reader("coordinator")
        form = coordinator.form_of(f"{PAGE}?unit=W-A") | {"substitute_code": TOWEL}

        refused = coordinator.press(PAGE, **form | {missing: ""})

        assert refused.status_code == 422
        if missing != "substitute_code":
            assert f'value="{TOWEL}" selected' in refused.text

    @pytest.mark.usefixtures("scarce")
    def test_a_unit_that_is_not_on_the_run_has_no_such_page(self, reader):
        assert reader("coordinator").look(f"{PAGE}?unit=W-Z").status_code == 404
