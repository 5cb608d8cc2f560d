"""A requisition written in a ward without a network is kept, and sent once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect, sync_playwright

from services.distribution.domain.suggestion import USUAL_NOTICE
from shared.kernel.clock import SystemClock, local_day
from tests.support.asking import FORM, open_form, sent, states
from tests.support.phone import Phone, cellar, send_to
from tests.support.suite import Suite
from tests.support.waiting import wait_until

CACHES = "() => caches.keys()"
TYPED_AT_ONCE = """
document.addEventListener("readystatechange", () => {
  const field = document.querySelector("#ask [data-due] input[type=number]");
  if (document.readyState === "interactive" && field) field.value = "999999";
});
"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with cellar(tmp_path_factory.mktemp("requisition")) as suite:
        yield suite


@pytest.fixture
def phone(suite: Suite, tmp_path: object) -> Iterator[Phone]:
    with sync_playwright() as playwright, Phone(playwright, tmp_path, suite) as phone:  # type: ignore[arg-type] # pytest gives a Path
        phone.sign_in("outreach")
        yield phone
        assert phone.failures == []


def is_kept(phone: Phone) -> None:
    """Wait until the app would open without a network, and knows the units."""
    phone.page.goto(phone.address("/distribution/"))
    phone.page.wait_for_selector("html[data-kept=yes]")


def test_what_is_sent_without_a_network_waits_and_is_sent_once(
    suite: Suite, phone: Phone
) -> None:
    before = sent(suite)
    page = open_form(phone)
    page.locator("#ask input[type=number]").first.fill("7")

    phone.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#kept")).to_contain_text("Kept in this phone, not sent")
    expect(page.locator("[data-state=waiting]")).to_contain_text("W-A")
    assert sent(suite) == before

    phone.context.set_offline(False)
    page.wait_for_url("**/distribution/requisitions/*")
    wait_until(lambda: sent(suite) == before + 1, what="the requisition is sent")
    open_form(phone)
    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#queue")).to_be_hidden()


def test_a_phone_that_opens_without_a_network_asks_and_is_answered_later(
    suite: Suite, phone: Phone
) -> None:
    """Airplane mode before the app is opened, and the server gone when it ends."""
    before = sent(suite)
    is_kept(phone)
    phone.close()
    phone.open()
    phone.context.set_offline(True)
    page = phone.page
    page.goto(phone.address("/distribution/"))
    unit = page.locator("#own-units [data-unit=W-A]")
    unit.get_by_text("Due in").click()
    expect(unit).to_contain_text("Bathing soap")

    unit.get_by_role("link", name="Ask for goods").click()
    rows = page.locator("#ask [data-ask]")
    rows.first.locator("input[type=number]").fill("999999")
    page.get_by_role("button", name="Send").click()
    expect(rows.first).to_contain_text("More than is due. Choose the reason.")
    rows.first.locator("input[type=number]").fill("9")
    suite.kill()
    phone.context.set_offline(False)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-state=waiting]")).to_be_visible()

    suite.start()
    wait_until(lambda: sent(suite) == before + 1, what="it is sent by itself")
    page.wait_for_url("**/distribution/requisitions/*")
    expect(page.locator("main")).to_contain_text("9")


def test_what_was_typed_survives_a_switched_off_phone(
    suite: Suite, phone: Phone
) -> None:
    page = open_form(phone)
    page.locator("#ask input[type=number]").first.fill("5")
    wait_until(lambda: states(phone) == ["draft"], what="it is in the phone")
    before = sent(suite)

    phone.close()
    phone.open()
    page = open_form(phone)
    expect(page.locator("#found")).to_be_visible()
    page.locator("[data-take]").click()
    expect(page.locator("#ask input[type=number]").first).to_have_value("5")
    page.get_by_role("button", name="Send").click()

    page.wait_for_url("**/distribution/requisitions/*")
    assert sent(suite) == before + 1


def test_what_somebody_else_went_on_with_is_told_with_both_numbers(
    suite: Suite, phone: Phone
) -> None:
    page = open_form(phone)
    page.locator("#ask input[type=number]").first.fill("6")
    page.get_by_role("button", name="Keep as draft").click()
    page.wait_for_url("**/distribution/requisitions/*")
    requisition = page.url.rsplit("/", 1)[1]
    page.goto(phone.address(f"{FORM}?draft={requisition}"))
    expect(page.locator("html[data-ask=open]")).to_be_visible()
    phone.context.set_offline(True)
    page.locator("#ask input[type=number]").first.fill("8")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-state=waiting]")).to_be_visible()
    submit_elsewhere(suite, requisition)
    before = sent(suite)

    phone.context.set_offline(False)

    line = page.locator("[data-state=conflict]")
    expect(line).to_contain_text("there 6, in this phone 8")
    assert sent(suite) == before
    line.get_by_role("button", name="Ask for mine as well").click()
    wait_until(lambda: sent(suite) == before + 1, what="it is asked for as another")


def submit_elsewhere(suite: Suite, requisition_id: str) -> None:
    """A colleague sends the draft as it is."""
    path = f"/distribution/api/v1/requisitions/{requisition_id}"
    draft = send_to(suite)("GET", path, role="outreach")
    lines = [
        {"product_code": line["product_code"], "quantity": line["requested"]}
        for line in draft["lines"]
    ]
    body = {name: draft[name] for name in ("requisition_id", "unit_code", "needed_by")}
    send_to(suite)(
        "POST",
        "/distribution/api/v1/requisitions",
        {**body, "lines": lines},
        role="outreach",
    )


def test_signing_out_names_what_is_not_sent_and_leaves_nothing_to_others(
    phone: Phone,
) -> None:
    is_kept(phone)
    page = open_form(phone)
    page.locator("#ask input[type=number]").first.fill("3")
    wait_until(lambda: states(phone) == ["draft"], what="it is in the phone")
    page.goto(phone.address("/account/profile"))
    way_out = page.locator('main form[action="/account/sign-out"] button')
    way_out.click()
    dialog = page.locator("#unsent-dialog")
    expect(dialog).to_contain_text("not sent yet: 1")
    dialog.get_by_role("button", name="Sign out").click()
    expect(page.locator("input[name=password]")).to_be_visible()
    assert page.evaluate(CACHES) == []
    assert phone.kept("deliveries") == []

    phone.sign_in("coordinator")
    page = open_form(phone)

    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#queue")).to_be_hidden()


def test_another_person_who_just_signs_in_finds_nothing_of_it(phone: Phone) -> None:
    """As after a session that ended, or a browser that was closed."""
    is_kept(phone)
    page = open_form(phone)
    page.locator("#ask input[type=number]").first.fill("3")
    wait_until(lambda: states(phone) == ["draft"], what="it is in the phone")
    phone.lose_session()

    phone.fill_sign_in("volunteer")
    wait_until(lambda: phone.kept("deliveries") == [], what="it is forgotten")
    phone.context.set_offline(True)
    phone.page.goto(phone.address("/distribution/"))

    phone.page.wait_for_selector("html[data-gate=open]")
    expect(phone.page.locator("#own-units")).to_be_hidden()
    expect(phone.page.locator("#queue")).to_be_hidden()
    expect(phone.page.locator("[data-others]")).to_be_hidden()


def test_a_phone_left_without_a_network_is_left(phone: Phone) -> None:
    is_kept(phone)
    phone.context.set_offline(True)
    page = phone.page
    page.goto(phone.address(FORM))
    page.locator("#ask input[type=number]").first.fill("3")
    wait_until(lambda: states(phone) == ["draft"], what="it is in the phone")
    page.goto(phone.address("/distribution/"))
    expect(page.locator("#own-units")).to_be_visible()

    page.get_by_role("button", name="Sign out on this phone").click()
    dialog = page.locator("#unsent-dialog")
    expect(dialog).to_contain_text("not sent yet: 1")
    dialog.get_by_role("button", name="Sign out").click()

    expect(page.locator("[data-why=nobody]")).to_be_visible()
    expect(page.locator("#own-units")).to_be_hidden()
    expect(page.locator("#queue")).to_be_hidden()

    phone.context.set_offline(False)
    page.goto(phone.address("/distribution/"))
    expect(page.locator("input[name=password]")).to_be_visible()

    phone.fill_sign_in("outreach")
    page.goto(phone.address("/distribution/"))
    expect(page.locator("#queue [data-state=draft]")).to_be_visible()


def test_in_another_month_the_phone_says_so_and_fills_nothing_in(phone: Phone) -> None:
    """What is due is counted by month, and this phone knows the one before."""
    is_kept(phone)
    now = SystemClock().now()
    later = now + timedelta(days=40)
    phone.page.clock.set_fixed_time(later)
    phone.context.set_offline(True)
    page = phone.page
    page.goto(phone.address("/distribution/"))
    unit = page.locator("#own-units [data-unit=W-A]")
    expect(unit).to_contain_text(f"Due in {local_day(now + USUAL_NOTICE):%m.%Y}")

    unit.get_by_role("link", name="Ask for goods").click()
    row = page.locator("#ask [data-ask]").first
    expect(page.locator("#ask-month")).to_contain_text("is not in this phone")
    expect(row.locator("input[type=number]")).to_have_value("0")
    expect(row.locator("[data-fact=due]")).to_be_hidden()

    row.locator("input[type=number]").fill("999999")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-state=waiting]")).to_be_visible()
    (entry,) = phone.kept("requisitions")
    assert entry["typed"]["needed_by"] > local_day(later).isoformat()


def test_what_was_begun_for_a_day_that_is_over_goes_on_for_a_later_one(
    phone: Phone,
) -> None:
    is_kept(phone)
    page = open_form(phone)
    page.locator("#ask input[type=number]").first.fill("3")
    wait_until(lambda: states(phone) == ["draft"], what="it is in the phone")
    later = SystemClock().now() + timedelta(days=40)
    page.clock.set_fixed_time(later)
    phone.context.set_offline(True)
    page.goto(phone.address(FORM))
    page.wait_for_selector("html[data-gate=open]")

    expect(page.locator("#ask input[type=number]").first).to_have_value("3")
    expect(page.locator("#ask-month")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-state=waiting]")).to_be_visible()
    (entry,) = phone.kept("requisitions")
    assert entry["typed"]["needed_by"] > local_day(later).isoformat()


def test_what_was_begun_for_another_day_goes_on_with_its_numbers(phone: Phone) -> None:
    other = local_day(SystemClock().now() + timedelta(days=60)).isoformat()
    page = phone.page
    page.goto(phone.address(f"{FORM}?needed_by={other}"))
    page.wait_for_selector("html[data-ask=open]")
    page.locator("#ask input[type=number]").first.fill("3")
    wait_until(lambda: states(phone) == ["draft"], what="it is in the phone")
    open_form(phone)

    page.locator("[data-take]").click()

    page.wait_for_url(f"**needed_by={other}**")
    page.wait_for_selector("html[data-ask=open]")
    expect(page.locator("#ask input[type=number]").first).to_have_value("3")
    expect(page.locator("#ask input[name=needed_by]")).to_have_value(other)


def test_more_than_is_due_asks_why_however_early_it_was_typed(phone: Phone) -> None:
    phone.context.add_init_script(TYPED_AT_ONCE)
    page = open_form(phone)

    expect(page.locator("#ask [data-over] select").first).to_be_visible()


def test_what_is_typed_before_a_draft_is_taken_up_stays(phone: Phone) -> None:
    page = open_form(phone)
    quantity = page.locator("#ask [data-due] input[type=number]").first
    quantity.fill("3")
    wait_until(lambda: states(phone) == ["draft"], what="it is in the phone")
    phone.context.add_init_script(TYPED_AT_ONCE)

    page.goto(phone.address(f"{FORM}?take=1"))
    page.wait_for_selector("html[data-ask=open]")

    expect(quantity).to_have_value("999999")
