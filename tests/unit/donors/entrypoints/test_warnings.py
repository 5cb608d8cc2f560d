"""What an earmark may cause is said whole, in every language."""

import pytest

from services.donors.domain.earmark import EarmarkRisk, Warned
from services.donors.entrypoints.words.giving import warning_text
from shared.web.languages import speaking


@pytest.mark.parametrize(
    ("language", "facilities", "few", "late"),
    [
        ("en", 1, "Only 1 facility can use it.", "thirty days after its end"),
        ("en", 2, "Only 2 facilities can use it.", "thirty days after its end"),
        ("ru", 1, "только 1 учреждение.", "чем через тридцать дней после его конца"),
        ("ru", 2, "только 2 учреждения.", "чем через тридцать дней после его конца"),
        ("kk", 2, "Тек 2 мекеме", "ай аяқталғаннан кейін отыз күннен ерте емес"),
    ],
)
def test_few_places_mean_that_what_was_sent_is_told_a_month_after_its_month(
    language, facilities, few, late
):
    with speaking(language):
        text = warning_text(Warned(EarmarkRisk.FEW_PLACES, facilities), None)

    assert few in text
    assert late in text
