"""What a phone keeps of the gate: its own team's deliveries, and pages about nobody."""

import pytest
from sqlalchemy import event

from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import app, reader
from tests.support.lasting import lasting
from tests.support.statements import asking

__all__ = ["app", "reader"]


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def two_teams(field):
    """One delivery to W-A, one to a unit of another team."""
    field.put("L1", 500)
    for unit_code in ("W-A", "X-Z"):
        field.unit(unit_code)
        field.coordinator.send(
            "/requisitions",
            requisition_id=named(unit_code),
            unit_code=unit_code,
            needed_by="2026-11-26",
            lines=[{"product_code": "HYG-SOAP-B", "quantity": 20}],
        )
        field.coordinator.send(
            f"/requisitions/{named(unit_code)}/approve",
            command_id=named(f"yes {unit_code}"),
        )
    field.reserved()
    field.consignment("own", unit_codes=["W-A"])
    field.consignment("foreign", unit_codes=["X-Z"])
    field.leaves("C-2026-0001")
    field.leaves("C-2026-0002")
    return field


def kept(caller):
    return [
        one["consignment_number"] for one in caller.fetch("/gate").json["deliveries"]
    ]


def test_a_team_keeps_only_what_is_wholly_its_own(two_teams):
    answer = two_teams.outreach.fetch("/gate")

    assert kept(two_teams.outreach) == ["C-2026-0001"]
    assert "X-Z" not in lasting(answer.text)
    assert sorted(kept(two_teams.coordinator)) == ["C-2026-0001", "C-2026-0002"]


def test_what_was_handed_over_is_kept_to_be_corrected(two_teams):
    two_teams.hands_over("C-2026-0001", ends={"short": 2})

    told = two_teams.outreach.fetch("/gate").json
    (over,) = told["handed_over"]
    (line,) = over["lines"]
    assert told["deliveries"] == []
    assert over["handover_id"] == named("handover")
    assert (line["accepted"], line["short"]) == (18, 2)
    assert "receiver_number" not in over


def test_of_a_corrected_handover_the_last_record_is_kept(two_teams):
    two_teams.hands_over("C-2026-0001", ends={"short": 2})
    two_teams.hands_over("C-2026-0001", name="again", corrects=named("handover"))

    (over,) = two_teams.outreach.fetch("/gate").json["handed_over"]

    assert over["handover_id"] == named("again")


def test_lines_and_the_record_they_come_from_are_of_one_moment(two_teams):
    """A correction names the record it has seen, so no other may stand beside it."""
    two_teams.hands_over("C-2026-0001", ends={"short": 2})
    meanwhile = iter([{"name": "again", "corrects": named("handover")}])

    def correct(_connection, _cursor, statement, values, *_):
        if "OUTER JOIN handovers" in statement and values:
            for correction in meanwhile:
                two_teams.hands_over("C-2026-0001", **correction)

    engine = two_teams.app.database.engine
    event.listen(engine, "before_cursor_execute", correct)
    (over,) = two_teams.outreach.fetch("/gate").json["handed_over"]
    event.remove(engine, "before_cursor_execute", correct)

    assert list(meanwhile) == []
    assert (over["handover_id"], over["lines"][0]["short"]) == (named("handover"), 2)


def test_a_phone_asks_for_all_calendars_at_once(two_teams):
    two_teams.place("EX-HH")
    two_teams.unit("W-C", facility_code="EX-HH")

    with asking(two_teams.app.database) as asked:
        two_teams.outreach.fetch("/gate")

    assert asked.times("FROM delivery_days") == 1


def test_a_handover_of_long_ago_is_kept_no_more(two_teams, clock):
    two_teams.hands_over("C-2026-0001")
    clock.advance(days=15)

    assert two_teams.outreach.fetch("/gate").json["handed_over"] == []


def test_a_team_keeps_what_is_due_to_its_own_units(two_teams):
    told = two_teams.outreach.fetch("/gate").json
    (unit,) = told["units"]
    soap = next(line for line in unit["lines"] if line["product_code"] == "HYG-SOAP-B")

    assert (unit["unit_code"], unit["place"]) == ("W-A", "EX-WF (example)")
    assert soap["due_left"] == soap["entitlement"] - soap["received"]
    assert told["products"]["HYG-SOAP-B"]["names"]["en"] == "HYG-SOAP-B in English"
    assert "INF-FORM" not in {line["product_code"] for line in unit["lines"]}


def test_no_phone_keeps_how_many_people_there_are(two_teams):
    told = two_teams.outreach.fetch("/gate").text

    assert "headcount" not in told
    assert "women_18_49" not in told


def test_a_coordinators_phone_keeps_no_units(two_teams):
    assert two_teams.coordinator.fetch("/gate").json["units"] == []


def test_of_a_shelter_a_phone_keeps_its_code_alone(field):
    field.place("EX-HH", audience="community")
    field.unit("W-B", facility_code="EX-HH", audience="community", kind="shelter")

    told = field.outreach.fetch("/gate")

    (unit,) = told.json["units"]
    assert (unit["place"], unit["kind"]) == ("EX-HH", None)
    assert "example" not in told.text


def test_what_is_kept_is_kept_under_who_asked(two_teams):
    accounts = {
        role: getattr(two_teams, role).fetch("/gate").json["account_id"]
        for role in ("outreach", "coordinator")
    }

    assert len(set(accounts.values())) == 2


def test_nothing_is_sent_again_while_nothing_changed(two_teams):
    first = two_teams.outreach.fetch("/gate")
    headers = {**two_teams.outreach._token, "If-None-Match": first.headers["ETag"]}

    again = two_teams.outreach.get("/api/v1/gate", headers=headers)

    assert (again.status_code, again.data) == (304, b"")
    two_teams.recalls("L1")
    assert two_teams.outreach.get("/api/v1/gate", headers=headers).status_code == 200


@pytest.mark.usefixtures("two_teams")
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_page_a_phone_keeps_is_the_same_for_everybody(reader, app, language):
    path = f"/gate/shell/{language}"
    pages = {reader(role).look(path).text for role in ("outreach", "coordinator")}
    pages.add(app.test_client().get(path).text)

    assert len(pages) == 1
    (page,) = pages
    telling = ("C-2026", "W-A", "X-Z", "EX-WF", "Outreach")
    assert [each for each in telling if f'"{each}' in page or f">{each}" in page] == []


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_home_screen_begins_at_the_teams_own_page(reader, language):
    card = reader("outreach").look(f"/gate/{language}/komek.webmanifest")

    assert card.content_type.startswith("application/manifest+json")
    assert (card.json["lang"], card.json["scope"]) == (language, card.json["start_url"])


@pytest.mark.parametrize("path", ["shell/xx", "words/xx", "xx/komek.webmanifest"])
def test_only_the_three_languages_are_kept(reader, path):
    assert reader("outreach").look(f"/gate/{path}").status_code == 404


def test_the_worker_is_headed_by_what_it_keeps(reader):
    worker = reader("outreach").look("/service-worker.js")

    assert worker.content_type.startswith("text/javascript")
    assert worker.text.startswith("self.KEPT = {")
    assert "distribution/field" in worker.text.splitlines()[0]


@pytest.mark.usefixtures("two_teams")
def test_a_volunteer_and_a_donor_have_no_gate(caller):
    for role in ("volunteer", "donor"):
        assert caller(role).fetch("/gate").status_code == 403
