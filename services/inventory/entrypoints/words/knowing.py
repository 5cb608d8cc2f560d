"""What pages say when a table, an import or an export is refused."""

from collections.abc import Mapping

from shared.web.words import LazyText, _l

KNOWING_TEXTS: Mapping[str, LazyText] = {
    "export_too_large": _l(
        "The table has more than %(rows_max)s rows, too many for XLSX. Choose fewer "
        "days or take it as CSV."
    ),
    "table_unreadable": _l(
        "This is no table that can be read. Save it as XLSX or as CSV UTF-8, and "
        "choose it again."
    ),
    "table_too_large": _l(
        "The table is too large. Send at most %(rows_max)s rows of %(columns_max)s "
        "columns and %(megabytes_max)s MB at a time, in several tables."
    ),
    "import_not_waiting": _l(
        "This table is not waiting any more. Choose it again and look at it once more."
    ),
}
"""The code of a refusal to its sentence; ``%(fact)s`` takes the refusal's facts."""
