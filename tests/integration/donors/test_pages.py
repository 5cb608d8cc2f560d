"""Pages: what a coordinator writes, what a donor and everybody reads."""

import re
from datetime import date

import pytest
from werkzeug.test import Client

from services.donors.application.keep_contact import choose_letters
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.domain.digest import Cadence
from services.donors.domain.promise import Line
from shared.contracts.distribution_v1 import AllocationApproved, LeftLot
from shared.contracts.inventory_v1 import WalkInGiftOpened
from tests.integration.donors.programme import (
    NAPPIES,
    SOAP,
    a_handover,
    a_handover_line,
    a_lot,
    named,
)
from tests.support.lasting import lasting

COMMAND = re.compile(r'name="command_id" value="([0-9a-f-]{36})"')


@pytest.fixture
def database_kind():
    """What is shown does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def _a_programme(programme):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")


@pytest.fixture
def coordinator(browser):
    return browser("coordinator")


def sent(coordinator, page, **form):
    """Open a form and send it as a browser does."""
    shown = text(coordinator.get(page))
    form = {"command_id": COMMAND.search(shown)[1]} | form
    return coordinator.post(page, data=form | {"csrf_token": coordinator.csrf(page)})


def text(answer):
    return answer.get_data(as_text=True)


def test_a_gift_is_announced_by_its_form(coordinator, donors):
    answer = sent(
        coordinator,
        "/donors/gifts/new",
        donor_code="ORCHARD",
        product_code=[SOAP, ""],
        quantity=["120", ""],
        earmark=["women", "children"],
        warned=f"children,women,{SOAP},120",
    )

    assert answer.status_code == 303
    assert answer.location == "/donors/gifts/G-2026-001"
    gift = donors.queries.gift("G-2026-001")
    assert gift.earmark == ("children", "women")
    assert "Announced: G-2026-001" in text(coordinator.get(answer.location))


def test_the_same_form_sent_twice_announces_once(coordinator, donors):
    form = {"command_id": str(named("once")), "donor_code": "ORCHARD"}
    form |= {"product_code": SOAP, "quantity": "5"}
    for _ in range(2):
        answer = sent(coordinator, "/donors/gifts/new", **form)
        assert answer.location == "/donors/gifts/G-2026-001"

    assert len(donors.queries.gifts(10).accounts) == 1


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"quantity": "0"}, 422, "not between 1 and 1,000,000"),
        ({"quantity": "2.5"}, 422, "“2.5” is not a whole number"),
        ({"quantity": "٣"}, 422, "“٣” is not a whole number"),
        ({"quantity": ""}, 422, "A product has no quantity"),
        ({"product_code": ""}, 422, "A quantity has no product"),
        ({"product_code": "", "quantity": ""}, 422, "Give 1 to 200 lines"),
        ({"donor_code": "NOBODY"}, 404, "No donor NOBODY is known"),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(
    coordinator, donors, form, status, words
):
    typed = {"donor_code": "NORDIC", "product_code": SOAP, "quantity": "7"} | form
    answer = sent(coordinator, "/donors/gifts/new", **typed)

    assert answer.status_code == status
    assert words in text(answer)
    assert f'value="{typed["quantity"]}"' in text(answer)
    assert donors.queries.gifts(10).accounts == []


@pytest.mark.parametrize("path", ["/donors/gifts/new", "/donors/pledges/new"])
def test_a_form_has_more_lines_when_it_is_asked(coordinator, donors, path):
    typed = {"donor_code": "NORDIC", "product_code": SOAP, "quantity": "7"}
    longer = text(sent(coordinator, path, more="1", **typed))

    assert text(coordinator.get(path)).count('name="quantity"') == 6
    assert longer.count('name="quantity"') == 12
    assert 'value="7"' in longer
    assert donors.queries.gifts(10).accounts == []


def test_a_pledge_and_a_donor_are_kept_by_their_forms(coordinator):
    pledge = sent(
        coordinator,
        "/donors/pledges/new",
        donor_code="NORDIC",
        due_on="2026-12-24",
        product_code=SOAP,
        quantity="40",
    )
    donor = sent(
        coordinator,
        "/donors/people/new",
        donor_code="ex-d9",
        name="=1+1 <script> (example)",
        kind="person",
        language="kk",
    )

    assert (pledge.status_code, donor.status_code) == (303, 303)
    assert "P-2026-001" in text(coordinator.get("/donors/pledges"))
    people = text(coordinator.get("/donors/people"))
    assert "EX-D9" in people
    assert "=1+1 &lt;script&gt; (example)" in people


def test_a_donor_with_a_contact_but_no_consent_is_refused(coordinator):
    answer = sent(
        coordinator,
        "/donors/people/new",
        donor_code="EX-D9",
        name="Nine",
        kind="person",
        contact_email="nine@demo.example",
    )

    assert answer.status_code == 409
    assert "needs the day of consent" in text(answer)


def test_a_walk_in_gift_is_named_on_its_page(coordinator, programme, donors):
    number = "W-20261120-1"
    programme.hears(WalkInGiftOpened(number), a_lot("lot", 1, number))
    page = f"/donors/gifts/{number}"
    commands = COMMAND.findall(text(coordinator.get(page)))
    answer = coordinator.post(
        f"{page}/donor",
        data={
            "command_id": commands[1],
            "donor_code": "NORDIC",
            "csrf_token": coordinator.csrf(page),
        },
    )

    assert (answer.status_code, answer.location) == (303, page)
    assert donors.queries.gift(number).donor_code == "NORDIC"
    assert "Whose gift is it?" not in text(coordinator.get(page))


def test_a_form_without_its_token_is_refused(coordinator, donors):
    answer = coordinator.post(
        "/donors/gifts/new", data={"command_id": str(named("forged"))}
    )

    assert answer.status_code == 403
    assert donors.queries.gifts(10).accounts == []


def test_the_auditor_reads_and_is_offered_no_form(browser, programme):
    number = programme.gift_of("ORCHARD")
    auditor = browser("auditor")

    for path in ("gifts", f"gifts/{number}", "pledges", "people"):
        answer = auditor.get(f"/donors/{path}")
        assert answer.status_code == 200
        assert "command_id" not in text(answer)
        assert "Announce a gift" not in text(answer)


def test_the_dashboard_says_where_everything_is(browser, programme):
    number = programme.gift_of("ORCHARD", quantity=500)
    programme.refuses("box", number, 8)
    programme.hears(
        a_lot("lot", 3, number, received=488, in_transit=36, accepted=434, lost=6)
    )

    page = text(browser("donor").get("/donors/"))

    assert "Accepted: 434 of 488 items" in page
    assert (
        "Received 488 = in stock 12 + on the way 36 + accepted 434 + lost 6 "
        "+ returned 0." in page
    )
    assert "Why are some still here? In stock: 12" in page
    assert "too few days left: 8" in page
    assert page.count('<svg class="flow') == 2


def part(page, name):
    """Give what a part of the page that changes by itself holds."""
    return re.search(rf'data-live-part="{name}">(.*?)</div>', page, re.DOTALL)[1]


@pytest.mark.parametrize("path", ["", "my/G-2026-001"])
def test_what_happened_before_the_last_twelve_steps_is_folded_and_not_lost(
    browser, programme, path
):
    number = programme.gift_of("ORCHARD")
    asks = browser("donor")
    for quantity in range(501, 513):
        programme.refuses(f"box {quantity}", number, quantity)
        programme.clock.advance(days=1)
    twelve = text(asks.get(f"/donors/{path}"))
    programme.refuses("box 513", number, 513)
    thirteen = text(asks.get(f"/donors/{path}"))

    assert part(twelve, "story").count("<li>") == 12
    assert '<details class="more" hidden>' in part(twelve, "earlier")
    assert part(thirteen, "story").count("<li>") == 12
    assert ", 501 " not in part(thirteen, "story")
    assert "Earlier: 1<" in part(thirteen, "earlier")
    assert ", 501 " in part(thirteen, "earlier")
    assert " hidden" not in part(thirteen, "earlier")


def test_of_many_gifts_the_older_ones_are_folded(browser, programme):
    """The newest is shown large, twelve as lines."""
    for quantity in range(1, 15):
        programme.gift_of("ORCHARD", quantity=quantity)
    page = text(browser("donor").get("/donors/"))
    others = page.partition('data-live-part="others">')[2].partition("</section>")[0]
    lines, _fold, folded = others.partition("<details")

    assert lines.count('class="nm"') == 12
    assert folded.count('class="nm"') == 1
    assert "Further gifts: 1<" in folded


@pytest.mark.parametrize(
    ("language", "bar", "accepted"),
    [
        ("en", "bar", "Accepted: 0 of 1 item<"),
        ("ru", "кусок", "Передано: 0 из 1<"),
        ("kk", "кесек", "Тапсырылды: 0 / 1<"),
    ],
)
def test_one_of_something_is_said_as_one(browser, programme, language, bar, accepted):
    programme.gift_of("ORCHARD", quantity=1)
    programme.clock.advance(minutes=1)
    number = programme.gift_of("ORCHARD", quantity=1)
    programme.hears(a_lot("lot", 1, number, received=1))
    programme.refuses("box", number, 1)
    answer = browser("donor").get(f"/donors/?lang={language}", follow_redirects=True)
    page = text(answer)

    assert accepted in page
    assert f"1 {bar}<" in part(page, "stock")
    assert f", 1 {bar} (" in part(page, "story")
    assert f'<b class="num">1</b> {bar}<' in page


def test_one_of_something_is_said_as_one_in_pledges_and_letters(coordinator, programme):
    number = programme.gift_of("ORCHARD", quantity=1)
    programme.hears(a_lot("lot", 1, number, received=1))
    pledge = MakePledge("ORCHARD", None, [Line(SOAP, 1)])
    programme.perform("pledge", lambda work: make_pledge(work, pledge))
    programme.perform(
        "wish", lambda work: choose_letters(work, "ORCHARD", Cadence.NEVER, "ru")
    )

    assert '<b class="num">1</b> bar<' in text(coordinator.get("/donors/pledges"))
    letter = text(coordinator.get(f"/donors/gifts/{number}/papers"))
    assert f"1 кусок, {SOAP} по-русски<" in letter


def test_the_picture_tells_what_is_reserved_and_what_expired(browser, programme):
    number = programme.gift_of("ORCHARD", quantity=100)
    lost = {"lost": 9, "lost_by_reason": {"EXPIRED": 7, "DAMAGED": 2}}
    programme.hears(a_lot("lot", 3, number, received=100, reserved=40, **lost))

    page = text(browser("donor").get("/donors/"))

    assert "in stock: 91, of these reserved: 40, sent: 0" in page
    assert "lost: 2, expired: 7, returned: 0." in page
    assert re.search(r">7</tspan><tspan[^>]*>expired<", page)
    assert re.search(r">40</tspan><tspan[^>]*>of these reserved<", page)


def test_each_reader_sees_the_way_in_the_own_language(browser, programme):
    """The templates of the parts are read once for all of them."""
    number = programme.gift_of("ORCHARD", quantity=120)
    programme.hears(a_lot("lot", 3, number, received=80))
    donor = browser("donor")

    words = [("en", "received"), ("ru", "получено"), ("kk", "қабылданды")]
    for language, received in words:
        donor.get(f"/donors/?lang={language}")
        assert f">{received}</tspan>" in text(donor.get("/donors/"))


def test_a_donor_without_a_gift_is_told_what_to_do(browser):
    page = text(browser("donor").get("/donors/"))

    assert "No gift is announced yet" in page
    assert 'href="/donors/needs"' in page


def test_revealing_goods_say_why_they_move_at_midnight(browser, programme):
    programme.gift_of("ORCHARD", product=NAPPIES)

    assert "move only at midnight" in text(browser("donor").get("/donors/"))


def test_stock_levels_show_bands_and_no_amount(browser, programme):
    programme.needs(HYG_SOAP_B=300)
    programme.hears(a_lot("lot", 1, programme.gift_of("ORCHARD"), received=157))

    page = text(browser("donor").get("/donors/levels"))

    assert "2 to 4 weeks" in page
    assert "157" not in lasting(page)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "What is needed now"), ("ru", "Что нужно"), ("kk", "Қазір не керек")],
)
def test_needs_are_read_without_signing_in(wsgi, programme, language, words):
    programme.needs(HYG_SOAP_B=300)
    anybody = Client(wsgi)

    answer = anybody.get("/donors/needs", headers={"Accept-Language": language})

    assert answer.status_code == 200
    assert words in text(answer)
    assert "300" in text(answer)


def test_the_dashboard_says_why_goods_are_still_here(browser, programme):
    programme.has_units(F1=["women"], F2=["women"], F3=["women"])
    number = programme.gift_of("ORCHARD", earmark=["women"])
    day = programme.clock.now().date()
    programme.hears(
        a_lot("free", 1, number, received=11, reserved=4),
        a_lot("held", 1, number, received=5, lot_status="quarantined"),
        a_lot("old", 1, number, received=6, expires_on=day.replace(year=2025)),
        a_lot("called", 1, number, received=7, lot_status="recalled"),
    )

    page = text(browser("donor").get("/donors/"))

    for answer in (
        "Reserved, waiting for their delivery: 4.",
        "Ready for the next allocation: 7.",
        "Waiting for the medical reviewer: 5.",
        "Expired, waiting to be written off: 6.",
        "Recalled and kept apart: 7.",
        "They are kept for: women.",
    ):
        assert answer in page


def shared_out(programme, **reasons):
    """Approve an allocation that left lots in the house."""
    left = [LeftLot(named(lot), 1, reason) for lot, reason in reasons.items()]
    programme.hears(
        AllocationApproved(named(f"run {reasons}"), date(2026, 12, 1), (), tuple(left))
    )


def test_the_allocation_says_why_goods_were_left(browser, programme):
    number = programme.gift_of("ORCHARD")
    programme.hears(*(a_lot(f"lot{i}", 1, number, received=10 + i) for i in range(4)))
    asks = browser("donor")
    assert "Ready for the next allocation: 46." in text(asks.get("/donors/"))

    shared_out(programme, lot0="shelf_life", lot1="earmark", lot2="not_needed")
    programme.clock.advance(seconds=1)
    shared_out(programme, lot1="reserve")
    page = text(asks.get("/donors/"))

    for answer in (
        "Too close to their expiry when goods were last shared out: 10.",
        "Kept back as a reserve: 11.",
        "Left when everybody who asked had got their share: 12.",
        "Ready for the next allocation: 13.",
    ):
        assert answer in page


def test_why_goods_that_are_shown_late_were_left_is_told_the_day_after(
    browser, programme
):
    number = programme.gift_of("ORCHARD", product=NAPPIES)
    programme.hears(a_lot("naps", 1, number, product_code=NAPPIES, received=10))
    programme.clock.advance(days=1)
    asks = browser("donor")

    shared_out(programme, naps="earmark")
    assert "Ready for the next allocation: 10." in text(asks.get("/donors/"))

    programme.clock.advance(days=1)
    assert "Meant for others than those who asked last: 10." in text(
        asks.get("/donors/")
    )


def test_a_frozen_month_is_told_without_its_day(browser, programme):
    number = programme.gift_of("ORCHARD", product=NAPPIES)
    now = programme.clock.now()
    programme.hears(a_lot("naps", 1, number, product_code=NAPPIES))
    line = a_handover_line("naps", 30)
    programme.hears(a_handover("gate", line, at=now))
    programme.clock.advance(days=70)
    asks = browser("donor")
    assert ">Nov\u00a02026<" not in text(asks.get("/donors/"))

    programme.freezes_next_month()
    assert ">Nov\u00a02026<" not in text(asks.get("/donors/"))
    programme.clock.advance(days=1)
    page = text(asks.get("/donors/"))

    assert ">Nov\u00a02026<" in page
    assert "Accepted: INF-NAP-3 in English, 30 bars" in page


def test_the_earmark_of_a_gift_is_set_on_its_page(coordinator, programme, donors):
    number = programme.gift_of("ORCHARD")
    page = f"/donors/gifts/{number}"
    form = {
        "command_id": COMMAND.search(text(coordinator.get(page)))[1],
        "earmark": ["women"],
        "warned": "women",
        "csrf_token": coordinator.csrf(page),
    }

    assert coordinator.post(f"{page}/earmark", data=form).status_code == 303
    assert donors.queries.gift(number).earmark == ("women",)


@pytest.mark.parametrize(
    ("page", "wrong", "words"),
    [
        ("pledges/new", {"due_on": "soon"}, "Choose a day, such as"),
        ("people/new", {"kind": "martian"}, "Choose one of what is offered"),
        ("people/new", {"command_id": "x"}, "This page is incomplete"),
    ],
)
def test_what_a_form_cannot_read_is_named(coordinator, page, wrong, words):
    form = {"donor_code": "NORDIC", "product_code": SOAP, "quantity": "1"}
    form |= {"name": "Nine", "kind": "person"}
    answer = sent(coordinator, f"/donors/{page}", **form | wrong)

    assert answer.status_code == 422
    assert words in text(answer)


def test_people_who_are_not_donors_are_led_to_the_gifts(coordinator):
    assert coordinator.get("/donors/").location == "/donors/gifts"


def test_the_coordinator_is_told_that_donors_wait_for_a_month(browser, programme):
    number = programme.gift_of("ORCHARD", product=NAPPIES)
    programme.hears(a_lot("naps", 1, number, product_code=NAPPIES))
    line, now = a_handover_line("naps", 30), programme.clock.now()
    programme.hears(a_handover("gate", line, at=now))

    def says_so():
        page = browser("coordinator").get("/donors/gifts")
        return "Donors wait for Nov\N{NO-BREAK SPACE}2026" in text(page)

    assert not says_so()
    programme.clock.advance(days=70)
    assert says_so()
    programme.freezes_next_month()
    assert not says_so()
