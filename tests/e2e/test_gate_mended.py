"""What a phone at the gate keeps, asks for and tells, when it is pressed or shared."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from tests.support.gate import (
    SENT,
    Gate,
    consignment,
    delivery_on_its_way,
    set_closed,
)
from tests.support.journey import UNIT, new_id
from tests.support.phone import Phone, cellar, send_to
from tests.support.suite import Suite

PUT = """async ([store, values]) => {
  const asked = indexedDB.open("komek");
  await new Promise((done) => { asked.onsuccess = done; });
  const put = asked.result.transaction(store, "readwrite");
  values.forEach((value) => put.objectStore(store).put(value));
  await new Promise((done) => { put.oncomplete = done; });
  asked.result.close();
}"""
TELL_OF_ANSWERS = """(count) => {
  const channel = new BroadcastChannel("komek-handovers");
  for (let n = 0; n < count; n += 1) {
    channel.postMessage({ answered: [{ number: `C-${n}` }] });
  }
}"""
HOLD_BACK = """
window.held = [];
window.known = 0;
const ask = window.fetch.bind(window);
window.fetch = async (address, how) => {
  if (address !== "/distribution/api/v1/gate") return ask(address, how);
  await new Promise((done) => { window.held.push(done); });
  const answer = await ask(address, how);
  setTimeout(() => { window.known += 1; }, 200);
  return answer;
};
"""
TYPED_AT_ONCE = f"""
document.addEventListener("readystatechange", () => {{
  const form = document.getElementById("gate");
  if (document.readyState !== "interactive" || !form) return;
  form.elements["accepted-0"].value = "0";
  form.elements["refused-0"].value = "{SENT}";
}});
"""
AFTER_ALL_LAST_DAYS = "2045-01-01T08:00:00Z"
ACCOUNT = "() => JSON.parse(document.getElementById('facts').dataset.facts).account"


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("mended")) as suite:
        yield suite


@pytest.fixture(scope="module")
def handed_over(suite: Suite) -> str:
    """A consignment whose handover is in the books, its waybill in no photograph."""
    number = delivery_on_its_way(suite)
    found = consignment(suite, number)
    lines = [
        {
            **{one: line[one] for one in ("unit_code", "product_code", "lot_id")},
            "accepted": line["quantity"],
        }
        for line in found["lines"]
    ]
    seen = {"command_id": new_id(), "occurred_at": found["dispatched_at"]}
    path = f"/distribution/api/v1/consignments/{number}/handover"
    send_to(suite)("POST", path, seen | {"lines": lines}, role="outreach")
    return number


@pytest.fixture
def phone(suite: Suite, playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    with Phone(playwright, tmp_path / "phone", suite) as phone:
        yield phone
        assert phone.failures == []


def open_receipt(phone: Phone, number: str) -> Gate:
    path = f"/distribution/consignments/{number}/handover/receipt"
    phone.page.goto(phone.address(path))
    phone.page.wait_for_selector("html[data-gate=open]")
    return Gate(phone, number)


def test_a_double_press_keeps_one_photograph(phone: Phone, handed_over: str) -> None:
    phone.sign_in("outreach")
    gate = open_receipt(phone, handed_over)
    phone.context.set_offline(True)
    keep = gate.page.get_by_role("button", name="Keep the photograph")

    for _ in range(2):
        gate.choose_photograph("#photo-form")
        keep.evaluate("(one) => { one.click(); one.click(); }")
        expect(gate.page.locator("#photo")).to_have_value("")

    assert len(phone.kept("waybills")) == 2


def test_who_shares_a_phone_is_told_nothing_of_anothers_photograph(
    phone: Phone, handed_over: str
) -> None:
    phone.sign_in("outreach")
    gate = open_receipt(phone, handed_over)
    photo = {"number": handed_over, "kind": "image/jpeg", "refused": "broken"}
    theirs = photo | {"photo_id": new_id(), "account": new_id()}
    mine = photo | {"photo_id": new_id(), "account": gate.page.evaluate(ACCOUNT)}
    told = gate.page.locator("#photo-form [data-kept]")
    gate.page.evaluate(PUT, ["waybills", [mine, theirs]])
    open_receipt(phone, handed_over)

    told.get_by_role("button", name="Take this photograph out").click()

    expect(told).to_be_empty()
    assert phone.kept("waybills") == [theirs]


@pytest.fixture
def closes(suite: Suite) -> Iterator[Any]:
    """What closes the one unit; it is open again afterwards."""
    yield lambda: set_closed(suite, is_closed=True)
    set_closed(suite, is_closed=False)


def test_what_was_put_right_is_no_more_to_be_put_right(
    suite: Suite, phone: Phone, closes: Any
) -> None:
    gate = Gate(phone, delivery_on_its_way(suite))
    gate.arrive()
    gate.accept_all()
    gate.page.goto(phone.address("/distribution/"))
    closes()
    phone.context.set_offline(False)
    line = gate.page.locator(f"#queue [data-number={gate.number}]")
    expect(line.locator("[data-closed]")).to_contain_text(UNIT)

    line.get_by_role("link", name="Correct it").click()
    gate.page.locator("input[name=accepted-0]").fill("0")
    gate.page.locator("input[name=refused-0]").fill(str(SENT))
    gate.page.locator("select[name=reason-0]").select_option("unit_closed")
    gate.page.get_by_role("button", name="Finish").click()
    gate.page.wait_for_url("**/handover/receipt")
    gate.page.wait_for_selector("html[data-gate=open]")

    expect(line).to_have_attribute("data-state", "applied")
    expect(line.locator("[data-closed]")).to_have_count(0)


@pytest.mark.parametrize("is_in_phone", [True, False])
def test_who_types_before_the_page_is_ready_loses_nothing(
    suite: Suite,
    phone: Phone,
    is_in_phone: bool,  # noqa: FBT001  a table
) -> None:
    """What the phone knows of the delivery takes the place of nothing typed."""
    gate = Gate(phone, delivery_on_its_way(suite))
    gate.arrive()
    if is_in_phone:
        gate.accept_all()
        gate.page.evaluate(PUT, ["handovers", [gate.kept()[0] | {"state": "refused"}]])
    phone.context.set_offline(False)
    phone.context.add_init_script(TYPED_AT_ONCE)

    gate.open("?correct=1&parts=1")

    refused = gate.page.locator("input[name=refused-0]")
    expect(refused).to_have_value(str(SENT))
    expect(gate.page.locator("[data-right]")).to_be_visible()
    expect(gate.page.locator("select[name=reason-0]")).to_be_visible()


def test_however_many_are_answered_it_asks_twice_what_is_known(
    suite: Suite, phone: Phone
) -> None:
    """One question is on its way; those who come meanwhile share the next."""
    phone.sign_in("outreach")
    gate = Gate(phone, delivery_on_its_way(suite))
    phone.context.add_init_script(HOLD_BACK)
    gate.open()
    gate.page.wait_for_function("() => held.length === 1")  # the page's own

    gate.page.evaluate(TELL_OF_ANSWERS, 4)

    gate.page.wait_for_function("() => held.length === 2")
    gate.page.evaluate("held.forEach((go) => go())")
    gate.page.wait_for_function("() => held.length === 3")
    gate.page.evaluate("held[2]()")
    gate.page.wait_for_function("() => known === 3")
    assert gate.page.evaluate("held.length") == 3


def test_what_expired_on_the_way_is_brought_back(suite: Suite, phone: Phone) -> None:
    gate = Gate(phone, delivery_on_its_way(suite))
    gate.prepare()
    phone.page.clock.set_fixed_time(AFTER_ALL_LAST_DAYS)
    gate.open()
    line = gate.page.locator("[data-line]")

    expect(line.locator("[data-expired]")).to_be_visible()
    expect(line.locator("input[name^=refused]")).to_have_value(str(SENT))
    expect(line.locator("select")).to_have_value("too_near_expiry")
