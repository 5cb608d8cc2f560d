"""Who may be registered as a donor."""

from datetime import date

import pytest

from services.donors.domain.donor import Contact, Donor, DonorKind
from services.donors.domain.errors import ContactWithoutConsentError
from shared.kernel.errors import MalformedError


def a_donor(code="EX-D4", name="Mothers’ Fund (example)", language="en"):
    return Donor(code, name, DonorKind.ORGANISATION, language)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""},
        {"code": "ex-d4"},
        {"code": "-D4"},
        {"code": "D" * 25},
        {"name": ""},
        {"name": "x" * 121},
        {"name": "two\nlines"},
        {"language": "de"},
    ],
)
def test_what_could_not_be_said_or_printed_is_refused(wrong):
    with pytest.raises(MalformedError):
        a_donor(**wrong)


def test_a_donor_may_be_called_as_it_likes():
    assert a_donor(name="=1+1 <script> Қамқор").name == "=1+1 <script> Қамқор"


def test_a_contact_needs_the_day_of_consent():
    with pytest.raises(ContactWithoutConsentError):
        Contact("someone@demo.example", None)


@pytest.mark.parametrize("email", ["", "someone", "a b@demo.example", "a@b"])
def test_a_contact_is_an_address(email):
    with pytest.raises(MalformedError):
        Contact(email, date(2026, 11, 1))
