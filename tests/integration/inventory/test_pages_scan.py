"""The scan station as a person without script uses it."""

import json
import re

import pytest

from services.inventory.application.queries import AttentionPlace, StockFilter
from tests.integration.inventory.pages import hidden, words

COMB = "2000100090008"
IBUPROFEN = "2000400020002"
FORMULA = "2000300120000"
PADS = "2000200010005"


def test_a_scan_is_answered_with_word_number_and_place(pages, warehouse):
    page = pages.post("/scan", raw=COMB, location_code="A-03")

    assert page.status_code == 200
    assert "Taken in +1 · A-03 Comb" in words(page)
    assert warehouse.stock() == [("HYG-COMB", "A-03", 1)]


def test_the_same_form_sent_twice_counts_once(pages, warehouse):
    form = {
        "raw": COMB,
        "location_code": "A-03",
        "scan_id": str(warehouse.app.ids.new_id()),
    }
    form["occurred_at"] = warehouse.clock.now().isoformat()

    pages.post("/scan", **form)
    page = pages.post("/scan", **form)

    assert "Taken in" in words(page)
    assert warehouse.stock() == [("HYG-COMB", "A-03", 1)]


def test_only_what_is_missing_is_asked_for(pages):
    page = pages.post("/scan", raw=IBUPROFEN, location_code="A-02")

    assert "One thing is missing The code does not say the lot" in words(page)
    assert 'name="lot_number"' in page.text
    assert 'name="expires_on"' in page.text
    assert 'name="temperature_celsius" type' not in page.text.split("<details")[0]


def test_a_month_typed_as_on_the_pack_means_its_last_day(pages, warehouse):
    pages.post("/scan", raw=IBUPROFEN, location_code="A-02")
    [(_, line)] = warehouse.attention()

    answer = pages.post(
        f"/attention/{line['scan_id']}/resolve", lot_number="B77", expires_on="08.2029"
    )

    assert answer.status_code == 303
    [lot] = warehouse.app.queries.stock(StockFilter(), after=None, limit=5)
    assert (lot.lot_number, str(lot.expires_on)) == ("B77", "2029-08-31")


def test_a_wrong_date_keeps_what_was_typed_and_says_why(pages, warehouse):
    pages.post("/scan", raw=IBUPROFEN, location_code="A-02")
    [(_, line)] = warehouse.attention()

    page = pages.post(
        f"/attention/{line['scan_id']}/resolve", lot_number="B77", expires_on="13.2029"
    )

    assert page.status_code == 422
    assert "13.2029 is no date" in words(page)
    assert 'value="B77"' in page.text
    assert 'value="13.2029"' in page.text
    assert len(warehouse.attention()) == 1


def test_goods_that_are_never_taken_in_are_sent_to_the_hold_table(pages):
    page = pages.post("/scan", raw=FORMULA, location_code="A-02")

    assert "Not on the shelf This is never taken in here" in words(page)
    assert "Put the box into H-02" in words(page)
    assert "Record it as not taken in" in words(page)


def test_a_refusal_is_recorded_under_its_gift(pages, warehouse):
    warehouse.announce("G-2026-061")
    page = pages.post(
        "/scan", raw=FORMULA, location_code="A-02", gift_number="G-2026-061"
    )

    done = pages.post(
        "/scan/refused", line=hidden(page, "line"), code=hidden(page, "code")
    )

    assert "Recorded as refused" in words(done)
    assert warehouse.stock() == []


def test_a_code_that_cannot_be_read_names_the_remedy(pages):
    page = pages.post("/scan", raw="2000100090009", location_code="A-02")

    assert "Not recorded The code cannot be read" in words(page)
    assert "The last digit does not fit the others. Scan again" in words(page)


def test_another_quantity_takes_the_receipt_back_and_records_it_anew(pages, warehouse):
    page = pages.post("/scan", raw=COMB, location_code="A-03")
    names = ("movement_id", "product_code", "lot_number")

    done = pages.post(
        "/scan/quantity",
        quantity="36",
        action="receive",
        location_code="A-03",
        **{name: hidden(page, name) for name in names},
    )

    assert "Taken in +36 · A-03" in words(done)
    assert warehouse.stock() == [("HYG-COMB", "A-03", 36)]


def test_undo_keeps_the_line_and_empties_the_shelf(pages, warehouse):
    page = pages.post("/scan", raw=COMB, location_code="A-03")

    line = pages.post(
        "/scan/undo", is_htmx=True, movement_id=hidden(page, "movement_id")
    )

    assert 'class="undone"' in line.text
    assert "+1 · Comb" in words(line)
    assert warehouse.stock() == []


def test_nobody_undoes_what_somebody_else_scanned(pages, warehouse):
    answer = warehouse.receive()

    page = pages.post("/scan/undo", movement_id=answer["movement_id"])

    assert page.status_code == 403
    assert warehouse.stock() == [("HYG-COMB", "A-01", 2)]


def test_a_coordinator_undoes_what_anybody_scanned(pages, warehouse):
    answer = warehouse.receive()

    pages.post("/scan/undo", "coordinator", movement_id=answer["movement_id"])

    assert warehouse.stock() == []


def test_answers_the_script_has_are_drawn_without_any_change(pages, warehouse):
    line = {
        "scan_id": str(warehouse.app.ids.new_id()),
        "action": "receive",
        "raw": COMB,
    }
    result = {
        "status": "refused",
        "code": "expired",
        "facts": {},
        "detail": "Gone off.",
    }

    page = pages.post(
        "/scan/card",
        is_htmx=True,
        answers=json.dumps([{"line": line, "result": result}]),
    )

    assert "Not on the shelf Past its last day of use" in words(page)
    assert "Gone off." in words(page)
    assert warehouse.stock() == []


@pytest.mark.parametrize("line", ["", "{", "[1]", "{}"])
def test_what_is_no_scan_cannot_be_refused(pages, line):
    assert pages.post("/scan/refused", line=line).status_code in {200, 422}


@pytest.mark.parametrize("answers", ["", "{", "[1]", '[{"line": {}}]'])
def test_what_is_no_answer_is_refused(pages, answers):
    assert pages.post("/scan/card", answers=answers).status_code == 422


def test_a_count_says_what_was_found(pages, warehouse):
    warehouse.receive(quantity=5)

    page = pages.post(
        "/scan", raw=COMB, action="count", quantity="3", location_code="A-01"
    )

    assert "Counted −2 · A-01 Comb" in words(page)
    assert warehouse.stock() == [("HYG-COMB", "A-01", 3)]


def test_a_move_needs_somewhere_to_go(pages, warehouse):
    warehouse.receive(quantity=5)

    page = pages.post("/scan", raw=COMB, action="move", location_code="A-01")

    assert "Choose another location to put it." in words(page)


def test_look_up_says_what_it_is_and_where_it_stands(pages, warehouse):
    warehouse.receive(quantity=5)

    page = pages.get("/scan", mode="look", raw=COMB)

    assert "Comb HYG-COMB" in words(page)
    assert "Free to give 5 pieces" in words(page)


@pytest.mark.parametrize("raw", ["2000100090009", "4600000000015", "<script>", "]"])
def test_look_up_answers_whatever_is_scanned(pages, raw):
    page = pages.get("/scan", mode="look", raw=raw)

    assert page.status_code == 200
    assert "<script>" not in page.text.partition("<main")[2].partition("</main>")[0]


def test_a_looked_up_code_is_in_no_address_with_script_or_before_it_has_come(pages):
    secret = "92" + "k7Qs" * 11
    page = pages.get("/scan", mode="look").text
    (form,) = [tag for tag in page.split("<form")[1:] if 'id="station"' in tag]

    answer = pages.post(
        "/scan/look", raw=f"]d201{COMB:>014}21AbC\x1d91EE10\x1d{secret}"
    )

    assert 'method="post" action="/scan/look"' in form.partition(">")[0]
    assert "Comb HYG-COMB" in words(answer)
    assert secret[2:] not in answer.text


def test_undo_leads_back_to_pages_of_ours_only(pages, warehouse):
    movement = warehouse.receive(quantity=5)["movement_id"]
    form = {"movement_id": movement, "next": "https://evil.example/"}

    answer = pages.post("/scan/undo", "coordinator", **form)

    assert (answer.status_code, answer.location) == (303, "/scan")


@pytest.mark.parametrize("role", ["donor", "outreach", "reviewer"])
def test_the_station_is_the_volunteers(pages, role):
    assert pages.get("/scan", role).status_code == 403
    assert pages.post("/scan", role, raw=COMB).status_code == 403


def test_the_auditor_looks_on(pages):
    assert pages.get("/scan", "auditor").status_code == 200
    assert pages.post("/scan", "auditor", raw=COMB).status_code == 403


def test_goods_near_their_end_are_taken_in_for_a_reason_without_script(
    pages, warehouse
):
    scanned = {"raw": PADS, "quantity": "3", "location_code": "A-03"}
    page = pages.post("/scan", **scanned, expires_on="2027-02-01")
    form = page.text.split("<noscript><form", 1)[1].split("</form>", 1)[0]
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    sent.pop("csrf_token")

    answer = pages.post("/scan", **sent, reason="used up within a month")

    [(code, line)] = warehouse.attention()
    assert "One thing is missing" not in words(page)
    assert code == "short_life_needs_consent"
    assert {name: line[name] for name in ("quantity", "location_code", "reason")} == {
        "quantity": 3,
        "location_code": "A-03",
        "reason": "used up within a month",
    }
    assert line["expires_on"] == "2027-02-01"
    assert "It expires too soon; a coordinator has to agree" in words(answer)
    assert warehouse.stock() == []


def test_a_coordinator_agrees_to_it_without_script(pages, warehouse):
    scanned = {"raw": PADS, "location_code": "A-03", "expires_on": "2027-02-01"}
    pages.post("/scan", **scanned, reason="used up within a month")
    [waiting] = warehouse.app.queries.attention(after=AttentionPlace(), limit=9)

    asked = pages.get(f"/attention/{waiting.scan_id}", "coordinator")
    pages.post(f"/attention/{waiting.scan_id}/resolve", "coordinator")

    assert "Reason given: used up within a month" in words(asked)
    assert warehouse.stock() == [("MEN-PAD", "A-03", 1)]
