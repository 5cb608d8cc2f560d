"""The distribution file: what went where, with the HXL row of DOMAIN.md 5.1.

A national 3W table takes it as it is. Nothing stands in it that is not told on
the donor's page too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.donors.domain.masking.freezing import LineKind, ToldLine
from services.donors.domain.masking.grouping import Line
from services.donors.domain.words import name_in
from services.donors.domain.worth import (
    ValuedGift,
    Worth,
    came_until,
    mean_worth,
    together,
)
from shared.web.sheets import Rows

Cells = Sequence[Any]

Priced = tuple[ToldLine, Worth | None]
"""A told line and what its goods are worth, by estimate."""

PROGRAMME = "Komek"
PROJECT = "KOMEK"
COUNTRY = "KAZ"
REGION = "Almaty"
IN_KIND = "In-kind"

COLUMNS: Mapping[str, str] = {
    "Start": "#date+start",
    "End": "#date+end",
    "Implementing organisation": "#org+impl+name",
    "Donor": "#org+funder+name",
    "Project": "#activity+project+code",
    "Country": "#country+code+v_iso3",
    "Region": "#adm1+name",
    "Kind of place": "#loc+type",
    "Cluster": "#sector+cluster+name",
    "Modality": "#modality+name",
    "Item code": "#item+code",
    "Item in English": "#item+name+i_en",
    "Item in Russian": "#item+name+i_ru",
    "Item in Kazakh": "#item+name+i_kk",
    "Category": "#item+type",
    "Unit": "#item+unit",
    "Received": "#output+received+num",
    "Handed out": "#output+provided+num",
    "Lost": "#output+lost+num",
    "Estimated value": "#value+provided+x_estimate",
    "Currency": "#currency+code",
    "People reached, rounded": "#reached+ind+x_rounded",
    "Status": "#status+code",
    "Suppressed": "#meta+suppressed",
}
"""Heading and hashtag of every column, in the order of DOMAIN.md 5.1."""

NOTHING_SUPPRESSED = "no"

_CLUSTERS: Mapping[str, str] = {
    "hygiene": "Water, Sanitation and Hygiene",
    "menstrual": "Water, Sanitation and Hygiene",
    "infant": "Water, Sanitation and Hygiene",
    "medicine": "Health",
    "education": "Education",
    "clothing": "Shelter and Non-Food Items",
    "treat": "Shelter and Non-Food Items",
    "kit": "Shelter and Non-Food Items",
}
MANY_CLUSTERS = "Multi-sector"


def priced(told: Iterable[ToldLine], gifts: Sequence[ValuedGift]) -> Iterator[Priced]:
    """Value told quantities; a line that names no product or number has no value."""
    for each in told:
        yield each, _worth(each, gifts)


def distribution_rows(told: Iterable[Priced], donor_name: str, catalogue: Any) -> Rows:
    """Give the HXL row and then a row for each told line."""
    yield list(COLUMNS.values())
    for each, worth in told:
        yield _row(each, worth, donor_name, catalogue)


def cluster_of(category: str | None) -> str:
    """Name the humanitarian cluster goods of a category belong to."""
    return _CLUSTERS.get(category or "", MANY_CLUSTERS)


def added_up(told: Iterable[Priced]) -> Sequence[Priced]:
    """Add up what all donors are told, for a state body or a partner.

    It is made of told lines alone, so whoever holds every donor's lines learns
    nothing from it. Quantities are sums of tens. The people of two donors may be
    the same ones, so the largest number stands: at least so many were reached.
    """
    groups: dict[Any, list[Priced]] = defaultdict(list)
    for each, worth in told:
        line = each.line
        key = each.first, each.last, each.kind, line.audience is None
        names = line.audience, line.category, line.product_code
        groups[(*key, *(name or "" for name in names))].append((each, worth))
    return [_priced_sum(groups[key]) for key in sorted(groups)]


def _worth(told: ToldLine, gifts: Sequence[ValuedGift]) -> Worth | None:
    line = told.line
    if line.product_code is None or line.quantity is None:
        return None
    came = came_until(gifts, line.product_code, told.last)
    return mean_worth(line.quantity, came)


def _priced_sum(part: Sequence[Priced]) -> Priced:
    """Add up lines; those whose number is hidden from a donor add no value either."""
    counted = [worth for each, worth in part if each.line.quantity is not None]
    return _sum([each for each, _worth in part]), together(counted)


def _sum(part: Sequence[ToldLine]) -> ToldLine:
    first = part[0]
    reasons = dict.fromkeys(
        reason for each in part for reason in each.line.reasons_told
    )
    line = Line(
        product_code=first.line.product_code,
        category=first.line.category,
        audience=first.line.audience,
        quantity=_added(each.line.quantity for each in part),
        people=max((each.line.people or 0 for each in part), default=0) or None,
        because=tuple(reasons),
    )
    return replace(
        first,
        line=line,
        received=_added(each.received for each in part),
        lost=_added(each.lost for each in part),
    )


def _added(numbers: Iterable[int | None]) -> int | None:
    known = [each for each in numbers if each is not None]
    return sum(known) if known else None


def _row(told: ToldLine, worth: Worth | None, donor_name: str, catalogue: Any) -> Cells:
    line = told.line
    return [
        told.first,
        told.last,
        PROGRAMME,
        donor_name,
        PROJECT,
        COUNTRY,
        REGION,
        line.audience,
        cluster_of(line.category),
        IN_KIND,
        *_item(line, catalogue),
        told.received,
        line.quantity,
        told.lost,
        worth.amount if worth else None,
        worth.currency if worth else None,
        line.people,
        "corrected" if told.kind is LineKind.CORRECTION else "completed",
        ";".join(line.reasons_told) or NOTHING_SUPPRESSED,
    ]


def _item(line: Line, catalogue: Any) -> Cells:
    """Give code, three names, category and unit; what is untold stays empty."""
    if line.product_code is None:
        return [None, None, None, None, line.category or None, None]
    names = catalogue.names(line.product_code)
    unit = catalogue.words(line.product_code, "en").unit_of_issue
    in_languages = [
        name_in(names, language, line.product_code) for language in ("en", "ru", "kk")
    ]
    return [line.product_code, *in_languages, line.category, unit]
