"""What people see and do on the pages of distribution."""

import re
from html.parser import HTMLParser

import pytest
from werkzeug.test import Client

from tests.integration.distribution.field import RAZOR, SOAP, TOWEL, named
from tests.support.lasting import lasting


class Fields(HTMLParser):
    """Reads what a browser would send: hidden and number fields, chosen options."""

    def __init__(self, html):
        super().__init__()
        self.values, self._select = {}, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "select":
            self._select = given.get("name")
        if tag == "option" and "selected" in given:
            self.values[self._select] = given["value"]
        is_sent = given.get("type") not in {"checkbox", "submit"}
        if tag == "input" and "name" in given and is_sent:
            self.values[given["name"]] = given.get("value", "")


class Reader(Client):
    """Somebody at a browser; the token stands for the cookie."""

    _root = None

    def below(self, root):
        """Read a service that is mounted there, as the suite mounts it."""
        self._root = f"http://localhost{root}"
        return self

    def as_role(self, token, language="en"):
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "text/html"}
        self.set_cookie("lang", language)
        return self

    def look(self, path):
        return self.get(path, headers=self._headers, base_url=self._root)

    def press(self, path, **fields):
        sent = {"data": fields, "headers": self._headers}
        return self.post(path, base_url=self._root, **sent)

    def form_of(self, path):
        answer = self.look(path)
        assert answer.status_code == 200, answer.text
        return Fields(answer.text).values


@pytest.fixture
def app(web_app):
    return web_app


@pytest.fixture
def reader(app, tokens):
    def read_as(role, language="en"):
        return Reader(app).as_role(tokens[role], language)

    return read_as


@pytest.fixture
def busy(field):
    """Three units: one delivery at the gate, one proposal, one wish to approve."""
    field.put("first", 150)
    for unit_code in ("W-A", "W-B", "X-Z"):
        field.unit(unit_code)
    field.approved("one", "W-A", SOAP=40)
    field.on_the_way()
    field.coordinator.send(
        "/requisitions",
        requisition_id=named("foreign"),
        unit_code="X-Z",
        needed_by="2026-11-26",
        lines=[{"product_code": SOAP, "quantity": 90}],
    )
    field.coordinator.send(
        f"/requisitions/{named('foreign')}/approve", command_id=named("yes")
    )
    field.approved("two", "W-B", SOAP=90)
    field.propose("second")
    field.asks("three", "W-B", TOWEL=3)
    return field


GATE = "/consignments/C-2026-0001/handover/"
FORM = "/units/W-A/requisition/"
THIS_MONTH = f"{FORM}?needed_by=2026-11-26"
RUN = f"/runs/{named('second')}/products/{SOAP}"
PAGES = [
    "/",
    "/units",
    "/units/new",
    "/units/W-A",
    "/units/W-A/change",
    "/units/W-A/headcount",
    "/facilities",
    "/facilities/new",
    "/facilities/EX-WF/change",
    "/facilities/EX-WF/calendar",
    "/open-goods",
    "/authorisations/",
    "/quota-rules/",
    "/quota-rules/Q01",
    "/quota-rules/new/",
    FORM,
    "/requisitions/",
    "/requisitions/?state=submitted",
    f"/requisitions/{named('one')}",
    f"/requisitions/{named('three')}",
    "/runs/",
    "/runs/new",
    RUN,
    f"{RUN}?change=W-B&quantity=80",
    f"{RUN}/what-if",
    f"{RUN}/what-if?reserve=30&weight-W-B=2&cap-X-Z=40",
    "/reserves/",
    "/consignments/",
    "/consignments/new",
    "/consignments/C-2026-0001",
    GATE,
    f"{GATE}?parts=1",
    f"{GATE}receipt",
]


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_page_speaks_every_language(reader, language):
    coordinator = reader("coordinator", language)

    for path in PAGES:
        answer = coordinator.look(path)
        assert answer.status_code == 200, (path, answer.text)
        assert f'<html lang="{language}"' in answer.text


@pytest.mark.usefixtures("busy")
def test_a_volunteer_sees_no_page_of_distribution(reader):
    volunteer = reader("volunteer")

    assert {volunteer.look(path).status_code for path in PAGES} == {403}


@pytest.mark.usefixtures("busy")
def test_what_belongs_to_another_unit_is_not_there_for_an_outreach_team(reader):
    outreach = reader("outreach")
    foreign = [
        "/units/X-Z",
        "/units/X-Z/headcount",
        "/units/X-Z/requisition/",
        f"/requisitions/{named('foreign')}",
    ]

    assert {outreach.look(path).status_code for path in foreign} == {404}
    for path in ("/", "/units", "/requisitions/", f"/requisitions/{named('two')}"):
        assert "X-Z" not in lasting(outreach.look(path).text)


def test_an_outreach_team_decides_nothing(busy, reader):
    outreach = reader("outreach")

    answer = outreach.press(
        f"/requisitions/{named('three')}/approve", command_id=named("x")
    )

    assert answer.status_code == 403
    assert busy.requisition("three")["state"] == "submitted"


@pytest.mark.usefixtures("busy")
def test_the_form_suggests_what_is_due_and_not_yet_got(reader):
    fields = reader("outreach").form_of(THIS_MONTH)

    assert fields[f"q-{SOAP}"] == "60"


@pytest.mark.usefixtures("busy")
def test_asking_for_more_than_is_due_needs_a_reason_and_keeps_what_was_typed(reader):
    outreach = reader("outreach")
    fields = outreach.form_of(THIS_MONTH) | {f"q-{SOAP}": "75", "intent": "submit"}

    refused = outreach.press(FORM, **fields)
    assert refused.status_code == 422
    assert Fields(refused.text).values[f"q-{SOAP}"] == "75"
    assert "Choose the reason" in refused.text

    sent = outreach.press(FORM, **fields, **{f"why-{SOAP}": "new_people"})
    assert sent.status_code == 303
    page = reader("coordinator").look(f"/requisitions/{fields['requisition_id']}")
    assert "New people came after the headcount" in page.text


def test_a_requisition_pressed_twice_is_one(busy, reader):
    outreach = reader("outreach")
    fields = outreach.form_of(FORM) | {"intent": "submit"}

    answers = [outreach.press(FORM, **fields) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    found = busy.outreach.fetch("/requisitions", unit_code="W-A").json["items"]
    assert len([each for each in found if each["state"] == "submitted"]) == 1


@pytest.mark.usefixtures("busy")
def test_a_draft_is_left_and_gone_on_with(reader):
    outreach = reader("outreach")
    fields = outreach.form_of(FORM) | {f"q-{SOAP}": "75", "intent": "draft"}
    assert outreach.press(FORM, **fields).status_code == 303

    again = outreach.form_of(f"{FORM}?draft={fields['requisition_id']}")

    assert again[f"q-{SOAP}"] == "75"
    assert again["requisition_id"] == fields["requisition_id"]


def test_what_the_gate_does_not_admit_is_shown_and_cannot_be_asked_for(field, reader):
    field.place(not_admitted=["prison-restricted"])
    field.unit("W-A")

    page = reader("outreach").look(FORM).text

    assert f"{RAZOR} in English" in page
    assert "Not admitted here" in page
    assert f"q-{RAZOR}" not in page


def test_the_coordinator_approves_less_and_says_why(busy, reader):
    coordinator = reader("coordinator")
    path = f"/requisitions/{named('three')}"
    fields = coordinator.form_of(path) | {f"a-{TOWEL}": "2"}

    unexplained = coordinator.press(f"{path}/approve", **fields)
    assert unexplained.status_code == 422
    assert "Choose the reason." in unexplained.text

    fields[f"b-{TOWEL}"] = "stock_low"
    assert coordinator.press(f"{path}/approve", **fields).status_code == 303
    assert busy.line("three", TOWEL)["approved"] == 2
    told = reader("outreach").look(path).text
    assert "approved are 2. The depot has too little of it." in told


def test_looking_at_an_override_changes_nothing(busy, reader):
    before = busy.given("second")

    page = reader("coordinator").look(f"{RUN}?change=W-B&quantity=80").text

    assert "X-Z" in page
    assert "→" in page
    assert busy.given("second") == before


def test_an_override_keeps_the_proposed_number_beside_it(busy, reader):
    coordinator = reader("coordinator")
    proposed = busy.given("second")["W-B", SOAP]
    wish = {
        "command_id": named("override"),
        "unit_code": "W-B",
        "quantity": "80",
        "reason": "asked_in_writing",
    }

    assert coordinator.press(f"{RUN}/override", **wish).status_code == 303

    page = coordinator.look(RUN).text
    assert f'<del class="quiet">{proposed}</del> 80' in page
    assert "The facility asked in writing" in page


def test_an_override_without_a_reason_is_not_kept(busy, reader):
    before = busy.given("second")
    wish = {"command_id": named("o"), "unit_code": "W-B", "quantity": "80"}

    answer = reader("coordinator").press(f"{RUN}/override", **wish)

    assert answer.status_code == 422
    assert Fields(answer.text).values["quantity"] == "80"
    assert busy.given("second") == before


def test_all_accepted_is_one_press_and_counts_once(busy, reader):
    outreach = reader("outreach")
    fields = outreach.form_of(GATE) | {"intent": "all"}

    answers = [outreach.press(GATE, **fields) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    found = busy.coordinator.fetch("/consignments/C-2026-0001").json
    assert found["status"] == "handed_over"
    assert len(found["handovers"]) == 1
    assert busy.line("one")["accepted"] == 40
    assert "Handed over" in outreach.look(f"{GATE}receipt").text


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ({"accepted-0": "38"}, "Sent 40, recorded 38"),
        ({"accepted-0": "36", "refused-0": "4"}, "Choose why it was not let through"),
        ({"accepted-0": "40,5"}, "Enter a whole number"),
    ],
)
def test_a_handover_that_is_not_right_is_kept_on_the_page_only(
    busy, reader, ends, told
):
    outreach = reader("outreach")
    fields = outreach.form_of(f"{GATE}?parts=1") | {"intent": "parts"} | ends

    answer = outreach.press(GATE, **fields)

    assert answer.status_code == 422
    assert told in answer.text
    assert Fields(answer.text).values["accepted-0"] == ends["accepted-0"]
    assert busy.line("one")["accepted"] == 0


def test_a_recorded_handover_is_corrected(busy, reader):
    outreach = reader("outreach")
    outreach.press(GATE, **outreach.form_of(GATE), intent="all")
    fields = outreach.form_of(GATE) | {"intent": "parts"}
    ends = {"accepted-0": "37", "refused-0": "3", "reason-0": "not_on_list"}

    assert outreach.press(GATE, **fields | ends).status_code == 303

    line = busy.line("one")
    assert (line["accepted"], line["refused"]) == (37, 3)


def test_a_place_of_the_community_goes_by_its_code(field, reader):
    field.place("EX-SH", audience="community")
    field.unit("W-A", facility_code="EX-SH")

    page = reader("outreach").look("/").text

    assert "EX-SH" in page
    assert "EX-SH (example)" not in page


@pytest.mark.usefixtures("busy")
def test_the_home_page_counts_what_waits(reader):
    page = reader("coordinator").look("/").text

    waits = re.findall(r'num">(\d+)</span><span class="t">([^<]+)<', page)
    assert ("1", "Requisitions to approve") in waits
    assert ("1", "Allocation runs to approve") in waits


def test_a_number_that_stays_keeps_its_reason_when_another_is_overridden(field, reader):
    field.put("scarce", 30)
    for unit_code in ("W-A", "W-B", "W-C"):
        field.unit(unit_code)
        field.approved(unit_code, unit_code, SOAP=20)
    field.propose("run")
    proposed = field.given()["W-B", SOAP]

    field.override("run", "W-A", quantity=field.given()["W-A", SOAP])

    assert field.given()["W-B", SOAP] == proposed
    page = reader("coordinator").look(f"/runs/{named('run')}/products/{SOAP}").text
    assert page.count("Shared out") == 2


def test_a_refused_product_says_what_was_short(field, reader):
    field.put("soap", 30)
    field.put("towels", 30, product_code=TOWEL)
    field.unit("W-A")
    field.approved("one", SOAP=20, TOWEL=20)
    field.propose("run")
    field.approve("run")
    field.answer(refuse=[TOWEL])

    coordinator = reader("coordinator")
    summary = coordinator.look(f"/runs/{named('run')}").text
    product = coordinator.look(f"/runs/{named('run')}/products/{TOWEL}").text

    assert "Reserved" in summary
    for page in (summary, product):
        assert "Asked 20, free 0" in page
        assert "Partly refused by the warehouse" in page


def test_a_delivery_is_planned_for_the_chosen_units_only(field, reader):
    field.put("soap", 90)
    for unit_code in ("W-A", "W-B"):
        field.unit(unit_code)
        field.approved(unit_code, unit_code, SOAP=20)
    field.reserved()
    wish = {
        "command_id": named("plan"),
        "facility_code": "EX-WF",
        "planned_on": "2026-11-26",
        "unit_codes": ["W-B"],
    }
    coordinator = reader("coordinator")

    answers = [coordinator.press("/consignments/", **wish) for _ in range(2)]

    assert {each.location for each in answers} == {"/consignments/C-2026-0001"}
    found = coordinator.look("/consignments/C-2026-0001").text
    assert "W-B" in found
    assert "W-A" not in lasting(found)


def test_a_norm_changes_what_is_due_from_its_day_on(field, reader):
    field.unit("W-A")
    coordinator, outreach = reader("coordinator"), reader("outreach")
    path = "/quota-rules/Q01"
    fields = coordinator.form_of(path) | {"quantity": "3", "is_on": "1"}
    fields |= {"bands": "women_18_49"}

    refused = coordinator.press(path, **fields | {"quantity": "many"})
    assert refused.status_code == 422
    assert outreach.form_of(THIS_MONTH)[f"q-{SOAP}"] == "100"

    assert coordinator.press(path, **fields).status_code == 303
    assert outreach.form_of(THIS_MONTH)[f"q-{SOAP}"] == "120"


def test_a_norm_is_added_and_its_history_is_kept(field, reader):
    coordinator = reader("coordinator")
    path = "/quota-rules/new/"
    wish = coordinator.form_of(path) | {"rule_code": "Q99", "product_code": TOWEL}

    unfinished = coordinator.press(path, **wish)
    assert unfinished.status_code == 422
    assert "Choose at least one." in unfinished.text

    wish |= {"bands": "women_18_49", "quantity": "1/4", "state_share": "20"}
    assert coordinator.press(path, **wish).status_code == 303
    again = coordinator.form_of(path) | {
        name: wish[name] for name in ("rule_code", "product_code", "bands", "quantity")
    }
    assert coordinator.press(path, **again).status_code == 422

    field.unit(heads=45)
    unit = coordinator.look("/units/W-A").text
    assert "45 × 0.2 = 9 · the state gives 20%" in unit
    changed = coordinator.form_of("/quota-rules/Q99")
    changed |= {"bands": "women_18_49", "quantity": "1/3"}
    coordinator.press("/quota-rules/Q99", **changed)
    history = coordinator.look("/quota-rules/Q99").text
    assert history.count("the state gives 20%") == 2


def test_a_headcount_is_confirmed_or_corrected(field, reader):
    field.unit("W-A")
    outreach = reader("outreach")
    path = "/units/W-A/headcount"
    fields = outreach.form_of(path)

    wrong = outreach.press(path, **fields | {"women_18_49": "forty"})
    assert wrong.status_code == 422
    assert Fields(wrong.text).values["women_18_49"] == "forty"

    confirmed = outreach.press(f"{path}/confirm", command_id=named("still right"))
    assert confirmed.status_code == 303
    counted = field.outreach.fetch("/units").json["items"][0]["headcounts"]
    assert (counted["as_of"], counted["heads"]) == ("2026-11-20", 40)


def test_what_if_shows_both_numbers_and_is_taken_over_on_request(busy, reader):
    coordinator = reader("coordinator")
    page = coordinator.look(f"{RUN}/what-if?cap-X-Z=20")
    assert page.status_code == 200
    fields = Fields(page.text).values
    assert fields["cap-X-Z"] == "20"
    before = busy.given("second")

    taken = coordinator.press(f"{RUN}/what-if", **fields)

    assert taken.status_code == 303
    assert before["X-Z", SOAP] > 20
    assert busy.given("second")["X-Z", SOAP] == 20


@pytest.mark.usefixtures("busy")
def test_what_if_names_what_it_cannot_read_and_keeps_the_proposal(reader):
    page = reader("coordinator").look(f"{RUN}/what-if?weight-W-B=heavy")

    assert page.status_code == 422
    assert "weight of W-B" in page.text


@pytest.mark.usefixtures("busy")
def test_a_reserve_is_kept_with_its_reason_and_listed(reader):
    coordinator = reader("coordinator")
    fields = coordinator.form_of("/reserves/")
    fields |= {"product_code": SOAP, "quantity": "15"}

    assert coordinator.press("/reserves/", **fields).status_code == 422
    free = coordinator.press("/reserves/", **fields | {"reason": "for Aigul"})
    kept = coordinator.press("/reserves/", **fields | {"reason": "winter"})

    assert (free.status_code, kept.status_code) == (422, 303)
    assert "For the winter</td>" in coordinator.look("/reserves/").text


def test_what_the_warehouse_refused_can_be_shared_out_again_at_once(field, reader):
    field.put("gone", 50)
    field.unit("W-A")
    field.approved("one", "W-A", SOAP=40)
    field.propose()
    field.approve()
    field.answer(refuse=[SOAP])
    coordinator = reader("coordinator")

    product = f"/runs/{named('run')}/products/{SOAP}"
    assert "Share these out again" in coordinator.look(product).text
    field.put("fresh", 30)
    fields = coordinator.form_of(product)

    pressed = [coordinator.press("/runs/", **fields) for _ in range(2)]

    assert [each.status_code for each in pressed] == [303, 303]
    runs = field.coordinator.fetch("/allocation-runs").json["items"]
    (new_id,) = {each["run_id"] for each in runs} - {named("run")}
    followed = field.coordinator.fetch(f"/allocation-runs/{new_id}").json
    assert followed["product_codes"] == [SOAP]
    assert sorted(line["quantity"] for line in followed["lines"]) == [40]
