"""What lies before and behind a unit, for its page."""

from collections.abc import Mapping
from typing import Any

from services.distribution.entrypoints.pages.forms import service, today

HEADCOUNTS_SHOWN = 12


def outlook(unit: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the page of a unit shows beside what is due and asked for."""
    reads, unit_code = service().page_reads, unit["unit_code"]
    return {
        "ahead": reads.nappies_ahead(unit_code),
        "stated_before": reads.headcounts_stated(unit_code, HEADCOUNTS_SHOWN),
        "authorisations": reads.authorisations({unit_code}),
        "days": reads.delivery_days(unit["facility_code"], today()),
        "products": reads.products(),
    }
