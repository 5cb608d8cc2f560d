"""What a unit is due: quota times headcount, exact, then up to whole units.

Quantities are per head and 30 days; a calendar month is due what 30 days are,
whatever its length. Needs of one product are summed over its rules as fractions
and rounded up once (DOMAIN 3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from services.distribution.domain.bands import (
    BANDS,
    CHILDREN_UNDER_THREE,
    STATED_COUNTS,
)
from services.distribution.domain.errors import (
    MalformedRuleError,
    UnknownBandError,
)

DAYS_OF_A_PERIOD = 30


@dataclass(frozen=True, slots=True)
class Size:
    """One size of a product that comes in sizes, and the count that states it."""

    stated_count: str
    product_code: str
    pieces_per_pack: int


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """So much of a product per head of some bands.

    ``numerator/denominator`` is the quantity per head in ``per_days`` days, in
    units of issue; with ``sizes`` it is in pieces, and ``product_code`` is the
    size worn when the unit states no counts of sizes. ``unit_kind`` limits the
    rule to units of that kind. ``is_once`` means once per stated count, not
    again each month. A rule of 0 forbids: nothing is ever due.
    """

    rule_code: str
    product_code: str
    bands: tuple[str, ...]
    numerator: int
    denominator: int = 1
    per_days: int = DAYS_OF_A_PERIOD
    unit_kind: str | None = None
    sizes: tuple[Size, ...] = ()
    is_once: bool = False
    state_supplied_percent: int = 0
    is_on: bool = True

    @property
    def quantity(self) -> Fraction:
        """What is given per head in ``per_days`` days, as it was entered."""
        return Fraction(self.numerator, self.denominator)

    @property
    def per_head(self) -> Fraction:
        """The quantity per head in a period, less what the state supplies."""
        days = 1 if self.is_once else Fraction(DAYS_OF_A_PERIOD, self.per_days)
        ours = Fraction(100 - self.state_supplied_percent, 100)
        return self.quantity * days * ours

    @property
    def product_codes(self) -> frozenset[str]:
        return frozenset({self.product_code, *(s.product_code for s in self.sizes)})


@dataclass(frozen=True, slots=True)
class Term:
    """One step of the arithmetic: so many heads times so much.

    ``amount`` is in units of issue, before rounding.
    """

    rule_code: str
    band: str
    heads: int
    per_head: Fraction
    pieces_per_pack: int
    state_supplied_percent: int = 0
    """What the state gives is taken off ``per_head`` already."""

    @property
    def amount(self) -> Fraction:
        return self.heads * self.per_head / self.pieces_per_pack


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What is due and how it was worked out; ``hint`` says why it may be 0."""

    product_code: str
    quantity: int
    terms: tuple[Term, ...]
    hint: str | None = None
    is_once: bool = False

    @property
    def exact(self) -> Fraction:
        return sum((term.amount for term in self.terms), Fraction(0))

    @property
    def rule_codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term.rule_code for term in self.terms))


def check_rule(rule: QuotaRule) -> None:
    """Refuse a rule that no headcount could serve.

    Raises UnknownBandError for a band that does not exist, MalformedRuleError
    for sizes that do not fit.
    """
    stated = [size.stated_count for size in rule.sizes]
    for band in (*rule.bands, *stated):
        if band not in BANDS:
            raise UnknownBandError(band, BANDS)
    if not rule.sizes:
        return
    if len(set(stated)) < len(stated) or not set(stated) <= set(STATED_COUNTS):
        raise MalformedRuleError(
            rule.rule_code, "each size names a stated count of its own."
        )
    if rule.product_code not in {size.product_code for size in rule.sizes}:
        raise MalformedRuleError(
            rule.rule_code, "its product is not among its sizes. Add it."
        )
    if not set(rule.bands) <= set(CHILDREN_UNDER_THREE):
        raise MalformedRuleError(
            rule.rule_code, "sizes go by age, so its bands are children under three."
        )


class RuleBook:
    """The rules of one day, those that are switched off left out."""

    def __init__(self, rules: Iterable[QuotaRule]) -> None:
        self._rules: dict[str, list[QuotaRule]] = {}
        for rule in sorted(rules, key=lambda rule: rule.rule_code):
            for product_code in rule.product_codes if rule.is_on else ():
                self._rules.setdefault(product_code, []).append(rule)

    @property
    def rules(self) -> tuple[QuotaRule, ...]:
        """Every rule once, by its code."""
        each = {
            rule.rule_code: rule for rules in self._rules.values() for rule in rules
        }
        return tuple(each[code] for code in sorted(each))

    @property
    def product_codes(self) -> tuple[str, ...]:
        """Every product some rule speaks of, in order."""
        return tuple(sorted(self._rules))

    def is_once(self, product_code: str) -> bool:
        """Say whether every rule of a product is for one gift per stated count."""
        rules = self._rules.get(product_code, [])
        return bool(rules) and all(rule.is_once for rule in rules)

    def entitlement(
        self, product_code: str, unit_kind: str, bands: Mapping[str, int] | None
    ) -> Entitlement | None:
        """Work out what a unit with these heads is due in a period.

        None means that no rule speaks of the product: then what a coordinator
        approves is due. ``bands`` is None for a unit without a headcount.
        """
        rules = self._rules.get(product_code)
        if rules is None:
            return None
        serving = [rule for rule in rules if rule.unit_kind in {None, unit_kind}]
        terms = tuple(_terms(product_code, serving, bands or {}))
        due = sum((term.amount for term in terms), Fraction(0))
        return Entitlement(
            product_code=product_code,
            quantity=ceil(due),
            terms=terms,
            hint=None if due else _hint(serving, bands),
            is_once=self.is_once(product_code),
        )


def _hint(rules: list[QuotaRule], bands: Mapping[str, int] | None) -> str:
    """Say what would have to be known or changed for anything to be due."""
    if not rules:
        return "other_kind_of_unit"
    if not any(rule.numerator for rule in rules):
        return "never_given"
    if bands is None:
        return "no_headcount"
    stated = {band for rule in rules for band in rule.bands if band in STATED_COUNTS}
    return "no_stated_count" if stated.difference(bands) else "nobody_in_band"


def _terms(
    product_code: str, rules: list[QuotaRule], bands: Mapping[str, int]
) -> Iterable[Term]:
    for rule in rules:
        for band in () if rule.sizes else rule.bands:
            if heads := bands.get(band, 0):
                yield _term(rule, band, heads, 1)
    yield from _sized_terms(product_code, [r for r in rules if r.sizes], bands)


def _sized_terms(
    product_code: str, rules: list[QuotaRule], bands: Mapping[str, int]
) -> Iterable[Term]:
    """Age says how many pieces a child needs, the stated counts which size.

    The youngest are taken to wear the smallest sizes. Children beyond the stated
    counts wear the size their rule names.
    """
    sizes = sorted(
        {size for rule in rules for size in rule.sizes},
        key=lambda size: size.stated_count,
    )
    left = {size: bands.get(size.stated_count, 0) for size in sizes}
    usual = {size.product_code: size for size in sizes}
    for rule, band, heads in _children(rules, bands):
        unsized = heads
        for size in sizes:
            fitted = min(left[size], unsized)
            left[size] -= fitted
            unsized -= fitted
            if fitted and size.product_code == product_code:
                yield _term(rule, band, fitted, size.pieces_per_pack)
        if unsized and rule.product_code == product_code:
            yield _term(rule, band, unsized, usual[product_code].pieces_per_pack)


def _term(rule: QuotaRule, band: str, heads: int, pieces_per_pack: int) -> Term:
    share = rule.state_supplied_percent
    return Term(rule.rule_code, band, heads, rule.per_head, pieces_per_pack, share)


def _children(
    rules: list[QuotaRule], bands: Mapping[str, int]
) -> list[tuple[QuotaRule, str, int]]:
    """List who wears sizes, youngest first."""
    return [
        (rule, band, bands[band])
        for band in CHILDREN_UNDER_THREE
        for rule in rules
        if band in rule.bands and bands.get(band)
    ]
