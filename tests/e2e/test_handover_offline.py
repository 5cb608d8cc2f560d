"""At a gate without a network: recorded in the phone, sent later, counted once."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.support.gate import SENT, Gate, consignment, delivery_on_its_way
from tests.support.journey import new_id
from tests.support.phone import Phone, cellar
from tests.support.suite import Suite
from tests.support.waiting import wait_until

KEPT_PHOTOGRAPH = re.compile(r"Photograph of \d")


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("gate")) as suite:
        yield suite


@pytest.fixture
def number(suite: Suite) -> str:
    return delivery_on_its_way(suite)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_what_was_recorded_without_a_network_is_sent_once_with_its_own_time(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        gate = Gate(phone, number)
        gate.arrive()
        expect(gate.page.locator("#gate-head")).to_be_visible()
        gate.accept_all()
        (kept,) = gate.kept()
        gate.photograph()
        expect(gate.page.locator("#queue")).to_contain_text("In the phone")
        assert consignment(suite, number)["status"] == "in_transit"

    with phone:
        phone.context.set_offline(False)
        gate.page.goto(phone.address("/distribution/"))
        wait_until(lambda: gate.states() == ["applied"], what="it is sent")
        wait_until(lambda: has_photograph(suite, number), what="the picture is sent")

        gate.page.goto(
            phone.address(f"/distribution/consignments/{number}/handover/receipt")
        )
        expect(gate.page.locator("main")).to_contain_text(KEPT_PHOTOGRAPH)

    found = consignment(suite, number)
    (handover,) = found["handovers"]
    assert found["status"] == "handed_over"
    assert handover["handover_id"] == kept["body"]["command_id"]
    assert instant(handover["occurred_at"]) == instant(kept["body"]["occurred_at"])
    assert phone.failures == []


def test_a_double_press_is_one_record(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        gate = Gate(phone, number)
        gate.arrive()

        button = gate.page.get_by_role("button", name="All accepted")
        button.evaluate("(one) => { one.click(); one.click(); }")

        expect(gate.page.locator("#gate")).to_be_hidden()
        assert gate.states() == ["waiting"]


@pytest.mark.parametrize(("short", "state"), [(0, "duplicate"), (2, "conflict")])
def test_of_two_phones_one_counts_and_the_other_is_told(
    suite: Suite,
    playwright: Playwright,
    tmp_path: Path,
    number: str,
    short: int,
    state: str,
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        gate = Gate(phone, number)
        gate.arrive()
        if short:
            gate.record_short(short)
        else:
            gate.accept_all()
        hand_over_elsewhere(suite, number)

        phone.context.set_offline(False)
        wait_until(lambda: gate.states() == [state], what=f"it is a {state}")

        if state == "conflict":
            line = gate.page.locator("[data-state=conflict]")
            expect(line).to_contain_text(f"accepted {SENT - short}")
            expect(line).to_contain_text(f"accepted {SENT},")
            assert len(consignment(suite, number)["handovers"]) == 1
            line.get_by_role("button", name="Correct it with mine").click()
            wait_until(lambda: gate.states() == ["applied"], what="it is corrected")
            assert consignment(suite, number)["lines"][0]["short"] == short
        assert phone.failures == []


def hand_over_elsewhere(suite: Suite, number: str) -> None:
    """Another phone of the team is quicker and saw everything accepted."""
    lines = [
        {
            **{one: line[one] for one in ("unit_code", "product_code", "lot_id")},
            "accepted": line["quantity"],
        }
        for line in consignment(suite, number)["lines"]
    ]
    body = {
        "command_id": new_id(),
        "occurred_at": consignment(suite, number)["dispatched_at"],
        "lines": lines,
    }
    path = f"/distribution/api/v1/consignments/{number}/handover"
    assert suite.request("POST", path, body, role="outreach").status == 200


def test_the_phone_lists_what_it_knows_when_another_page_cannot_open(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        gate = Gate(phone, number)
        gate.prepare()

        gate.page.goto(phone.address("/distribution/requisitions/"))

        expect(gate.page.locator("#to-hand-over")).to_contain_text(number)
        gate.page.get_by_role("link", name="Hand over").first.click()
        expect(gate.page.locator("#gate")).to_contain_text("Bathing soap")


def test_airplane_mode_before_the_app_is_opened_and_the_server_gone_after(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    """Recorded, put right before it is sent, and sent once, as it was put right."""
    phone = Phone(playwright, tmp_path / "phone", suite)
    with phone:
        gate = Gate(phone, number)
        gate.prepare()
    suite.kill()  # a worker that wakes to send heeds no airplane mode of ours
    with phone:
        phone.context.set_offline(True)
        gate.page.goto(phone.address("/distribution/"))
        line = gate.page.locator("#to-hand-over li").filter(has_text=number)
        line.get_by_role("link", name="Hand over").click()
        gate.accept_all()
        (first,) = gate.kept()

        gate.page.locator("#queue").get_by_role("link", name="Correct it").click()
        expect(gate.page.locator("input[name=accepted-0]")).to_have_value(str(SENT))
        gate.finish(short=3)
        (kept,) = gate.kept()
        assert kept["body"]["occurred_at"] == first["body"]["occurred_at"]

        phone.context.set_offline(False)
        gate.page.goto(phone.address("/distribution/"))
        expect(gate.page.locator("[data-queued]")).to_have_text("1")
        suite.start()
        wait_until(lambda: gate.states() == ["applied"], what="it is sent")

    found = consignment(suite, number)
    (handover,) = found["handovers"]
    assert handover["handover_id"] == kept["body"]["command_id"]
    assert found["lines"][0]["short"] == 3
    assert phone.failures == []


def test_what_is_in_the_books_is_corrected_without_a_network(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    hand_over_elsewhere(suite, number)
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        gate = Gate(phone, number)
        gate.prepare()
        gate.page.goto(phone.address("/distribution/"))
        gate.photograph("#handed-over")
        line = gate.page.locator("#handed-over li").filter(has_text=number)
        line.get_by_role("link", name="Correct it").click()
        expect(gate.page.locator("#gate-head")).to_contain_text("Correct the handover")
        expect(gate.page.locator("input[name=accepted-0]")).to_have_value(str(SENT))
        gate.finish(short=4)

        phone.context.set_offline(False)
        wait_until(
            lambda: consignment(suite, number)["lines"][0]["short"] == 4,
            what="the correction counts",
        )
        wait_until(lambda: has_photograph(suite, number), what="the picture is sent")
        assert phone.failures == []

    last = consignment(suite, number)["handovers"][-1]
    assert last["corrects"] is not None


def has_photograph(suite: Suite, number: str) -> bool:
    receipt = f"/distribution/consignments/{number}/handover/receipt"
    page = suite.request("GET", receipt, role="outreach").body
    return f"{number}/photos/".encode() in page


def test_two_phones_record_offline_and_the_second_sees_both_records(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    """Neither had a network; the one that found it first counts."""
    with Phone(playwright, tmp_path / "first", suite) as first:
        gate = Gate(first, number)
        gate.arrive()
        gate.record_short(1)
    with Phone(playwright, tmp_path / "second", suite) as second:
        other = Gate(second, number)
        other.arrive()
        other.record_short(5)
        with first:
            gate.page.goto(first.address("/distribution/"))
            wait_until(lambda: gate.states() == ["applied"], what="the first counts")

        second.context.set_offline(False)
        wait_until(lambda: other.states() == ["conflict"], what="it is told")

        line = other.page.locator("[data-state=conflict]")
        expect(line).to_contain_text(f"Recorded: accepted {SENT - 1}")
        expect(line).to_contain_text(f"In this phone: accepted {SENT - 5}")
        line.get_by_role("button", name="Keep what was recorded").click()
        expect(other.page.locator("#queue")).to_be_hidden()
        assert first.failures == second.failures == []

    (handover,) = consignment(suite, number)["handovers"]
    assert consignment(suite, number)["lines"][0]["short"] == 1
    assert handover["corrects"] is None


def test_the_form_on_a_receipt_keeps_its_photograph_until_there_is_a_network(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    hand_over_elsewhere(suite, number)
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        gate = Gate(phone, number)
        gate.phone.sign_in("outreach")
        gate.page.goto(
            phone.address(f"/distribution/consignments/{number}/handover/receipt")
        )
        gate.page.wait_for_selector("html[data-gate=open]")
        phone.context.set_offline(True)

        gate.photograph("#photo-form", press="Keep the photograph")
        assert not has_photograph(suite, number)

        phone.context.set_offline(False)
        wait_until(lambda: has_photograph(suite, number), what="the picture is sent")
        expect(gate.page.locator("main")).to_contain_text(KEPT_PHOTOGRAPH)
        expect(gate.page.locator("#photo-form [data-kept]")).to_be_empty()
        assert phone.failures == []


BROKEN = """async ([account, number]) => {
  const asked = indexedDB.open("komek");
  await new Promise((done) => { asked.onsuccess = done; });
  const put = asked.result.transaction("waybills", "readwrite");
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  const photo = { photo_id: crypto.randomUUID(), account, number, kind: "image/jpeg" };
  put.objectStore("waybills").put({ ...photo, bytes });
  await new Promise((done) => { put.oncomplete = done; });
  asked.result.close();
}"""


def test_a_photograph_that_cannot_be_taken_in_is_told_until_another_one_is(
    suite: Suite, playwright: Playwright, tmp_path: Path, number: str
) -> None:
    """A file that broke in the phone: nobody throws it away unseen."""
    hand_over_elsewhere(suite, number)
    receipt = f"/distribution/consignments/{number}/handover/receipt"
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        gate = Gate(phone, number)
        gate.phone.sign_in("outreach")
        gate.page.goto(phone.address(receipt))
        gate.page.wait_for_selector("html[data-gate=open]")
        account = gate.page.evaluate(
            "() => JSON.parse(document.getElementById('facts').dataset.facts).account"
        )
        gate.page.evaluate(BROKEN, [account, number])

        gate.page.reload()

        told = gate.page.locator("#photo-form [data-kept]")
        expect(told).to_contain_text("The photograph was not taken in.")
        assert not has_photograph(suite, number)
        told.get_by_role("button", name="Take this photograph out").click()
        expect(told).to_be_empty()

        gate.page.evaluate(BROKEN, [account, number])
        gate.page.reload()
        expect(told).to_contain_text("The photograph was not taken in.")
        gate.choose_photograph("#photo-form")
        gate.page.get_by_role("button", name="Keep the photograph").click()
        wait_until(lambda: has_photograph(suite, number), what="the picture is sent")
        expect(told).to_be_empty()
        assert phone.failures == []
