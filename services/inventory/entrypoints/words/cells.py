"""Why a cell of a table cannot be taken in, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Protocol

from shared.web.words import LazyText, _l, gettext

CELL_TEXTS: Mapping[str, LazyText] = {
    "empty": _l("is empty; of merged cells only the first holds the value"),
    "unknown_column": _l("stands in no column we know"),
    "not_whole": _l("is not a whole number from %(lowest)s to %(highest)s"),
    "too_long": _l("is longer than %(most)s characters"),
    "no_choice": _l("is not one of: %(choices)s"),
    "no_day": _l("is no date; write 2027-03-31, 31.03.2027 or 03.2027"),
    "no_code": _l("is no code of letters, digits, dot and dash"),
    "no_flag": _l("is no flag of letters, digits and dash"),
    "no_gtin": _l("is no trade item number: a digit is wrong or missing"),
    "varying_measure": _l("is a case of varying measure"),
    "restricted_case": _l("puts a number of our own into a case code"),
    "no_rows": _l("there is no row below the header"),
    "missing_column": _l("this column is missing; the columns are: %(columns)s"),
    "repeated": _l("stands in row %(first)s already"),
    "kind_changes": _l("is a place of the kind %(known)s already; its kind stays"),
    "unknown_location": _l("is no place of this warehouse; take places in first"),
    "unknown_product": _l("is not in the catalogue; take products in first"),
    "refused_product": _l("is a product we never take in"),
    "lot_needed": _l("medicine needs the lot number printed on its pack"),
    "expiry_needed": _l("this product needs an expiry date"),
    "recalled_lot": _l("this lot was recalled; put it aside"),
}


class NamedFault(Protocol):
    """A fault of a cell: its English text, and its kind and facts for others."""

    @property
    def fault(self) -> str: ...
    @property
    def problem(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


def fault_text(fault: NamedFault) -> str:
    """Say why a cell does not do."""
    text = CELL_TEXTS.get(fault.problem)
    return gettext(text.msgid, **fault.facts) if text else fault.fault
