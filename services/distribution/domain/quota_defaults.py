"""The quota rules a new installation starts with (DOMAIN 3); all editable.

They are data, not law: a coordinator replaces any of them from a day on.
``new_arrivals`` are adults whose sex is not counted, so rules for women pass
them over until they are counted in a ward.
"""

from services.distribution.domain.bands import (
    ADULTS,
    CHILDREN_UNDER_THREE,
    EVERYBODY,
    FEMALES_FROM_TWELVE,
    FROM_THREE_YEARS,
    INFANTS_UNDER_ONE,
    TODDLERS,
)
from services.distribution.domain.quota import QuotaRule, Size

MEDICAL = "medical"

NAPPY_SIZES = (
    Size("nappies_1", "INF-NAP-1", 28),
    Size("nappies_2", "INF-NAP-2", 28),
    Size("nappies_3", "INF-NAP-3", 26),
    Size("nappies_4", "INF-NAP-4", 24),
    Size("nappies_5", "INF-NAP-5", 22),
)
"""Without stated counts: 0-2 months wear size 2, 3-5 size 3, 6-23 size 4, then 5.

Size 1 fits newborns only, so it is due where a unit states a count for it.
"""


def _nappies(rule_code: str, band: str, pieces: int, usual: str) -> QuotaRule:
    return QuotaRule(rule_code, usual, (band,), pieces, sizes=NAPPY_SIZES)


_UNDER_TWO = (*INFANTS_UNDER_ONE, "children_12_23m")

DEFAULT_RULES: tuple[QuotaRule, ...] = (
    QuotaRule("Q01", "HYG-SOAP-B", FROM_THREE_YEARS, 5, 2),
    QuotaRule("Q02", "HYG-SOAP-L", FROM_THREE_YEARS, 1),
    QuotaRule("Q03", "HYG-SOAP-B", ("menstruating",), 5, 2, is_on=False),
    QuotaRule("Q04", "MEN-PAD", ("menstruating",), 3, 2),
    QuotaRule("Q05", "MEN-PAD-N", ("menstruating",), 1, 2),
    QuotaRule("Q06", "MEN-UNDER", FEMALES_FROM_TWELVE, 1, 2),
    QuotaRule("Q07", "HYG-TPASTE", FROM_THREE_YEARS, 1),
    QuotaRule("Q08", "HYG-TBRUSH-A", FROM_THREE_YEARS, 1, per_days=90),
    QuotaRule("Q09", "HYG-SHAM", FROM_THREE_YEARS, 1, 2),
    QuotaRule("Q10", "HYG-TPAPER", FROM_THREE_YEARS, 3),
    QuotaRule("Q11", "HYG-POWDER", CHILDREN_UNDER_THREE, 1),
    QuotaRule("Q12", "HYG-RAZOR", ADULTS, 2),
    QuotaRule("Q13", "MEN-PAD-M", ("post_partum",), 6, is_once=True),
    QuotaRule("Q14", "INC-PAD", ("incontinent",), 15),
    _nappies("Q20", "children_0_2m", 300, "INF-NAP-2"),
    _nappies("Q21", "children_3_5m", 240, "INF-NAP-3"),
    _nappies("Q22", "children_6_11m", 210, "INF-NAP-4"),
    _nappies("Q23", "children_12_23m", 150, "INF-NAP-4"),
    _nappies("Q24", "children_24_35m", 90, "INF-NAP-5"),
    QuotaRule("Q25", "INF-WIPES", INFANTS_UNDER_ONE, 4),
    QuotaRule("Q25b", "INF-WIPES", TODDLERS, 2),
    QuotaRule("Q26", "INF-SOAP", CHILDREN_UNDER_THREE, 1),
    QuotaRule("Q27", "INF-CREAM", _UNDER_TWO, 1),
    QuotaRule("Q28", "INF-ROMP", CHILDREN_UNDER_THREE, 1, per_days=60),
    QuotaRule("Q30", "MED-PARA", ADULTS, 10, 100, unit_kind=MEDICAL),
    QuotaRule("Q31", "MED-ORS", EVERYBODY, 2, 100),
    QuotaRule("Q32", "MED-VITD", _UNDER_TWO, 1, 3),
    QuotaRule("Q33", "MED-PREN", ("pregnant",), 1),
    QuotaRule("Q40", "EDU-NOTE", ("learners",), 2),
    QuotaRule("Q40b", "EDU-PEN", ("learners",), 2),
    QuotaRule("Q50", "KIT-DIG", ("leaving",), 1, is_once=True),
    QuotaRule("Q60", "INF-FORM", CHILDREN_UNDER_THREE, 0),
)
