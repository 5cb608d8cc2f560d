"""A decision is explained by a reason of the list, and a note only some may read."""

import pytest

from tests.integration.distribution.field import SOAP, named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

HERE = f"/runs/{named('run')}/products/{SOAP}"
NOTE = "W-B does without, see letter 14"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def proposed(field):
    field.unit("W-A", heads=40)
    field.put("L1", 80)
    field.approved("r1", "W-A", SOAP=100)
    field.propose()
    return field


def keep(person, **fields):
    form = person.form_of(f"{HERE}?change=W-A")
    typed = {"unit_code": "W-A", "quantity": "60", "command_id": form["command_id"]}
    return person.press(f"{HERE}/override", **typed, **fields)


@pytest.mark.usefixtures("proposed")
def test_another_reason_needs_a_note_and_what_was_typed_stays(reader):
    refused = keep(reader("coordinator"), reason="other")

    assert refused.status_code == 422
    assert "Say in the note what the reason is." in refused.text
    assert 'value="60"' in refused.text
    assert '<option value="other" selected>' in refused.text


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_reason_is_said_in_the_readers_language(proposed, reader, language):
    keep(reader("coordinator"), reason="urgent_health", note=NOTE)

    page = reader("coordinator", language).look(HERE).text

    assert "urgent_health" not in page
    assert NOTE in page
    line = proposed.run()["lines"][0]
    assert (line["override_reason"], line["override_note"]) == ("urgent_health", NOTE)


def test_a_unit_reads_the_reason_and_not_the_note(proposed, reader):
    keep(reader("coordinator"), reason="urgent_health", note=NOTE)
    proposed.approve()

    page = reader("outreach").look(f"/requisitions/{named('r1')}").text

    assert "Urgent need for health" in page
    assert "letter 14" not in page


@pytest.mark.usefixtures("proposed")
def test_a_note_that_may_name_a_person_is_refused_and_kept_in_the_form(reader):
    number = "+7 701 123 45 67"

    refused = keep(reader("coordinator"), reason="other", note=number)

    assert refused.status_code == 422
    assert "identity or telephone number" in refused.text
