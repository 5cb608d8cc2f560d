"""A pledge gets another day: the list, the needs and the letters go by it."""

import re
from datetime import date

import pytest

from services.donors.application.end_pledge import end_pledge, reopen_pledge
from services.donors.application.keep_contact import keep_contact
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.application.move_pledge import move_pledge
from services.donors.application.searches import PledgeSearch
from services.donors.domain.donor import Contact
from services.donors.domain.promise import Line
from tests.integration.donors.mailbox import sends, writes
from tests.integration.donors.programme import SOAP, named

FIRST_DAY, OTHER_DAY = date(2026, 11, 12), date(2026, 12, 24)


@pytest.fixture
def settings(mail_settings):
    return mail_settings


@pytest.fixture
def pledge(programme):
    """Overdue for a week; its donor can be written to."""
    programme.has_products()
    programme.registers("ORCHARD")
    contact = Contact("a@orchard.example", date(2026, 11, 1))
    programme.perform("contact", lambda work: keep_contact(work, "ORCHARD", contact))
    wish = MakePledge("ORCHARD", FIRST_DAY, [Line(SOAP, 40)])
    answer = programme.perform("pledge", lambda work: make_pledge(work, wish))
    return answer["pledge_number"]


def moves(programme, pledge, day):
    name = f"move {day} {programme.clock.now()}"
    programme.perform(name, lambda work: move_pledge(work, pledge, day))


def days_go_by(programme, days):
    for _ in range(days):
        writes(programme.donors)
        sends(programme.donors)
        programme.clock.advance(days=1)


def day_of(letter):
    """Give the day a reminder is about."""
    subject = letter["Subject"].replace("\N{NO-BREAK SPACE}", " ")
    return re.search(r"\d+ \w+ 2026", subject)[0]


def test_the_new_day_is_reminded_of_and_the_old_one_not_again(
    programme, pledge, server
):
    days_go_by(programme, 1)
    moves(programme, pledge, OTHER_DAY)
    days_go_by(programme, 45)
    moves(programme, pledge, FIRST_DAY)
    days_go_by(programme, 3)

    late, soon, late_again = map(day_of, server.taken)
    assert (late, soon, late_again) == ("12 Nov 2026", "24 Dec 2026", "24 Dec 2026")


def test_what_waits_to_remind_of_the_old_day_is_dropped(
    programme, pledge, server, donors
):
    assert writes(donors) == 1
    moves(programme, pledge, OTHER_DAY)

    assert sends(donors) == 0
    assert server.taken == []
    moves(programme, pledge, FIRST_DAY)
    assert writes(donors) == 1


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "withdrawn"])
def test_what_waits_to_remind_of_a_pledge_that_has_ended_is_dropped(
    programme, pledge, server, donors, is_kept
):
    assert writes(donors) == 1
    gift = programme.gift_of("ORCHARD") if is_kept else None
    programme.perform("end", lambda work: end_pledge(work, pledge, gift))
    assert sends(donors) == 0
    assert server.taken == []

    programme.perform("again", lambda work: reopen_pledge(work, pledge))
    assert writes(donors) == 1


@pytest.fixture
def desk(browser, pledge):
    coordinator = browser("coordinator")
    page = "/donors/pledges"

    def post(due_on):
        form = {"command_id": str(named(f"day {due_on}")), "due_on": due_on}
        form |= {"csrf_token": coordinator.csrf(page)}
        return coordinator.post(f"{page}/{pledge}/due-day", data=form)

    coordinator.do = post
    return coordinator


def undone(desk):
    """Press Undo on the page that comes next."""
    page = desk.get("/donors/pledges").get_data(as_text=True)
    toast = page.partition('class="toast"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', toast))
    path = re.search(r'action="([^"]+)"', toast)[1]
    fields["csrf_token"] = desk.csrf("/donors/pledges")
    return toast, desk.post(path, data=fields)


def states(donors, pledge):
    [row] = donors.pledges.page(PledgeSearch(), 10, None).rows
    assert row.pledge_number == pledge
    return row.due_on, row.state.value


def promised(donors):
    levels = donors.queries.levels().levels
    return next(each.promised for each in levels if each.product_code == SOAP)


def test_a_day_chosen_on_the_list_counts_and_is_undone_in_one_press(
    desk, donors, programme, pledge
):
    programme.needs(HYG_SOAP_B=1000)
    before = states(donors, pledge), promised(donors)
    answer = desk.do("2026-12-24")
    after = states(donors, pledge), promised(donors)
    toast, undo = undone(desk)

    assert before == ((FIRST_DAY, "overdue"), 0)
    assert (answer.status_code, answer.location) == (303, "/donors/pledges")
    assert after == ((OTHER_DAY, "open"), 40)
    assert f"Pledge {pledge} is due by 24 Dec" in toast.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert undo.status_code == 303
    assert states(donors, pledge) == (FIRST_DAY, "overdue")


def test_what_is_no_day_is_shown_again_as_it_was_typed(desk, donors, pledge):
    answer = desk.do("2026-13-45")
    page = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert "Choose a day, such as 2026-12-31." in page
    assert 'value="2026-13-45"' in page
    assert " open><summary>Another day" in page
    assert states(donors, pledge) == (FIRST_DAY, "overdue")


def test_a_pledge_that_has_ended_gets_no_other_day(desk, donors, programme, pledge):
    programme.perform("end", lambda work: end_pledge(work, pledge, None))
    answer = desk.do("2026-12-24")

    assert answer.status_code == 409
    assert "has already ended" in answer.get_data(as_text=True)
    assert states(donors, pledge)[0] == FIRST_DAY


def test_a_program_gives_another_day_or_none(caller, donors, pledge):
    asks = caller("coordinator")

    def send(number, due_on):
        body = {"command_id": str(named(f"{number} {due_on}")), "due_on": due_on}
        return asks.send(f"/api/v1/pledges/{number}/due-day", **body)

    moved = send(pledge, "2026-12-24")
    without = send(pledge, None)
    unknown = send("P-2026-999", None)

    told = {"pledge_number": pledge, "due_on": "2026-12-24"}
    assert moved.json == told | {"due_before": "2026-11-12"}
    assert without.json["due_on"] is None
    assert states(donors, pledge) == (None, "open")
    assert (unknown.status_code, unknown.json["code"]) == (404, "unknown_pledge")
