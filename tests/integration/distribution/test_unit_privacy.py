"""No page or answer tells an outreach team of another unit, or of its people."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from services.distribution.entrypoints import site
from tests.integration.distribution.field import SOAP, TOWEL, named
from tests.integration.distribution.test_pages import app, reader  # noqa: F401 fixtures
from tests.support.lasting import lasting

FOREIGN = ("X-Z", "X-Y", "C-2026-0002")
"""Two units of others, and the delivery that goes to them."""

PATH_FACTS = {
    "unit_code": ("W-A", "X-Z"),
    "requisition_id": (named("one"), named("foreign")),
    "consignment_number": ("C-2026-0001", "C-2026-0002"),
    "facility_code": ("EX-WF",),
    "rule_code": ("Q01",),
    "run_id": (named("run"),),
    "product_code": (SOAP,),
    "authorisation_id": (named("a1"),),
    "photo_id": (named("photo"),),
}


@pytest.fixture
def competing(field):
    """Our ward and two wards of others want the same soap; all have deliveries."""
    for unit_code, heads in (("W-A", 43), ("X-Z", 7), ("X-Y", 611)):
        field.unit(unit_code, heads=heads)
    field.put("L1", 150)
    for name, unit_code in (("one", "W-A"), ("foreign", "X-Z"), ("far", "X-Y")):
        field.coordinator.send(
            "/requisitions",
            requisition_id=named(name),
            unit_code=unit_code,
            needed_by="2026-11-26",
            lines=[{"product_code": code, "quantity": 90} for code in (SOAP, TOWEL)],
        )
        field.coordinator.send(
            f"/requisitions/{named(name)}/approve", command_id=named(f"yes {name}")
        )
    field.reserved()
    field.consignment("own", unit_codes=["W-A"])
    field.consignment("others", unit_codes=["X-Z", "X-Y"])
    field.coordinator.put_json(
        "/facilities/EX-WF/calendar",
        command_id=named("calendar"),
        add=["2026-11-26", "2026-12-03"],
        remove=[],
    )
    return field


def addresses(app):  # noqa: F811 the fixture is asked for by name elsewhere
    """Every GET route with every combination of codes the test knows."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        texts = [rule.rule]
        for name in re.findall(r"<(?:[^:<>]+:)?([^<>]+)>", rule.rule):
            pattern = re.compile(r"<(?:[^:<>]+:)?" + re.escape(name) + ">")
            texts = [
                pattern.sub(value, text)
                for text in texts
                for value in PATH_FACTS.get(name, ("1",))
            ]
        yield from texts


def told(answer, path):
    """What an answer tells beyond the words of the question itself."""
    if answer.mimetype == "application/pdf":
        pages = PdfReader(BytesIO(answer.get_data())).pages
        return "".join(page.extract_text() for page in pages)
    if not answer.mimetype.startswith(("text/", "application/")):
        return ""
    return lasting(answer.get_data(as_text=True).replace(path, ""))


@pytest.mark.usefixtures("competing")
def test_no_route_tells_an_outreach_team_another_units_code(app, reader):  # noqa: F811
    outreach = reader("outreach")
    seen = 0
    for path in addresses(app):
        if any(code in path for code in FOREIGN) or named("foreign") in path:
            continue
        answer = outreach.look(path)
        seen += answer.status_code == 200
        for code in FOREIGN:
            assert code not in told(answer, path), path
    assert seen >= 15


@pytest.mark.usefixtures("competing")
def test_what_belongs_to_others_answers_like_what_does_not_exist(
    app,  # noqa: F811
    reader,  # noqa: F811
):
    outreach = reader("outreach")
    for path in addresses(app):
        if any(code in path for code in FOREIGN) or named("foreign") in path:
            assert outreach.look(path).status_code in {403, 404}, path


@pytest.mark.usefixtures("competing")
def test_a_headcount_below_ten_is_told_to_nobody_but_those_who_may(
    app,  # noqa: F811
    reader,  # noqa: F811
    capfd,
):
    """7 people of X-Z: a volunteer, reviewer, donor or administrator learns nothing."""
    for role in ("volunteer", "reviewer", "donor", "admin"):
        client = reader(role)
        for path in addresses(app):
            answer = client.look(path)
            text = told(answer, path)
            assert "women_18_49" not in text, (role, path)
            assert "People: 7" not in text, (role, path)
    assert "women_18_49" not in "".join(capfd.readouterr())


@pytest.mark.usefixtures("competing")
@pytest.mark.parametrize("role", ["coordinator", "auditor"])
def test_coordinator_and_auditor_see_it(reader, role):  # noqa: F811
    assert "<b>7</b>" in reader(role).look("/units/X-Z").text


def test_a_reviewer_reaches_authorisations_from_the_menu():
    paths = [each.path for each in site.NAVIGATION if "reviewer" in each.roles]
    assert paths == ["/distribution/authorisations"]
