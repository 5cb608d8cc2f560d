"""Who gave without a name follows the gift by number and code of the receipt."""

import io
import re

import pytest
from pypdf import PdfReader
from werkzeug.test import Client

from services.donors.application.issue_receipt import issue_receipt
from services.donors.application.register_donor import register_donor
from services.donors.domain.donor import Donor, DonorKind
from tests.integration.donors.programme import NAPPIES, a_lot


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


NAMELESS = "NAMELESS"


@pytest.fixture
def nameless(programme):
    """Somebody who did not wish to be named."""
    programme.has_products()
    donor = Donor(NAMELESS, "Without a name", DonorKind.ANONYMOUS, "en")
    programme.perform(NAMELESS, lambda work: register_donor(work, donor))


def receipt_of(programme, gift):
    answer = programme.perform(f"r {gift}", lambda work: issue_receipt(work, gift))
    return answer["receipt_number"]


@pytest.fixture
def receipts(programme, nameless):  # noqa: ARG001  whose gift it is
    """A receipt of nobody's by name and one of ORCHARD's."""
    programme.registers("ORCHARD")
    numbers = {}
    for code in (NAMELESS, "ORCHARD"):
        gift = programme.gift_of(code, quantity=4321)
        programme.hears(a_lot(code, 1, gift, received=60, accepted=40))
        numbers[code] = receipt_of(programme, gift)
    return numbers


class Visitor(Client):
    """Somebody who is not signed in."""

    def follows(self, number, code):
        form = {"number": number, "code": code}
        return self.post("/donors/receipt", data=form)


@pytest.fixture
def visitor(wsgi):
    return Visitor(wsgi)


def told(pdf):
    pages = PdfReader(io.BytesIO(pdf.get_data())).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def test_the_printed_code_opens_the_gift_however_it_is_typed(receipts, visitor, caller):
    number = receipts[NAMELESS]
    paper = told(caller("coordinator").fetch(f"/api/v1/receipts/{number}.pdf"))
    code = re.search(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}", paper)[0]

    misread = code.replace("0", "o").replace("1", "l")
    for typed in (code, code.lower(), code.replace("-", " "), misread):
        page = visitor.follows(number.lower(), typed)
        assert page.status_code == 200
        assert "4,321" in page.get_data(as_text=True)


def test_a_guess_a_wrong_code_and_a_named_donors_receipt_answer_alike(
    receipts, visitor, donors
):
    anonymous, named = receipts[NAMELESS], receipts["ORCHARD"]
    code = donors.receipt_codes.of(anonymous)
    guesses = [
        (anonymous, code[:-1] + ("A" if code[-1] != "A" else "B")),
        (anonymous, ""),
        (named, donors.receipt_codes.of(named)),
        (named, code),
        ("R-2026-999", donors.receipt_codes.of("R-2026-999")),
        ("", ""),
        ("é", "é"),
    ]

    answers = {_blank(visitor.follows(*each)) for each in guesses}

    assert len(answers) == 1
    assert {status for status, _ in answers} == {404}


def _blank(answer):
    page = answer.get_data(as_text=True)
    page = re.sub(r'(name="(number|code)"[^>]*value=)"[^"]*"', r"\1", page)
    page = re.sub(r'(content|value)="[^"]{60,}"|"X-CSRFToken": "[^"]*"', "", page)
    return answer.status_code, page


def test_a_receipt_to_a_name_carries_no_code(receipts, caller):
    paper = told(
        caller("coordinator").fetch(f"/api/v1/receipts/{receipts['ORCHARD']}.pdf")
    )

    assert "Follow your gift" not in paper


@pytest.mark.usefixtures("nameless")
def test_goods_told_late_are_told_late_here_too(programme, visitor, donors):
    gift = programme.gift_of(NAMELESS, product=NAPPIES, quantity=4321)
    came = {"product_code": NAPPIES, "received": 60}
    programme.hears(a_lot("late", 1, gift, **came))
    programme.clock.advance(days=1)
    number = receipt_of(programme, gift)
    programme.hears(a_lot("late", 2, gift, **came, accepted=37))

    page = visitor.follows(number, donors.receipt_codes.of(number))

    numbers = re.findall(r">([\d,]+)<", page.get_data(as_text=True))
    assert "60" in numbers
    assert "37" not in numbers
