"""What a phone keeps of the gate: its own team's deliveries, and pages about nobody."""

import pytest

from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]


@pytest.fixture
def database_url(tmp_path):
    return f"sqlite:///{tmp_path / 'test.sqlite3'}"


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
    assert "X-Z" not in answer.text
    assert sorted(kept(two_teams.coordinator)) == ["C-2026-0001", "C-2026-0002"]


def test_what_was_handed_over_is_kept_no_more(two_teams):
    two_teams.hands_over("C-2026-0001")

    assert kept(two_teams.outreach) == []


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


def test_the_worker_is_headed_by_what_it_keeps(reader):
    worker = reader("outreach").look("/service-worker.js")

    assert worker.content_type.startswith("text/javascript")
    assert worker.text.startswith("self.KEPT = {")
    assert "distribution/gate" in worker.text.splitlines()[0]


@pytest.mark.usefixtures("two_teams")
def test_a_volunteer_and_a_donor_have_no_gate(caller):
    for role in ("volunteer", "donor"):
        assert caller(role).fetch("/gate").status_code == 403
