"""What an alert says, on a page and in a letter, in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from babel.support import NullTranslations
from markupsafe import Markup, escape

from services.inventory.application.ahead.watching import Alert, AlertKind
from shared.web import catalogues, formats
from shared.web.words import LazyText, _l

SUBJECT_CHARS_MAX = 200


class Wording(NamedTuple):
    """A kind of alert in words: heading, sentence, remedy, page and colour."""

    title: LazyText
    text: LazyText
    remedy: LazyText
    path: str
    kind: str
    icon: str


WORDINGS: Mapping[AlertKind, Wording] = {
    AlertKind.STOCK_OUT: Wording(
        _l("Runs out: %(product)s"),
        _l("At the expected use the last usable unit is gone on %(day)s."),
        _l("Ask donors for it, or give less until more arrives."),
        "/inventory/ahead",
        "stop",
        "clock",
    ),
    AlertKind.EXPIRY: Wording(
        _l("Cannot be used in time: %(product)s"),
        _l("Of lot %(lot_number)s %(left)s are left on %(day)s, the last day to give."),
        _l("Give more of it sooner, or offer it to a partner."),
        "/inventory/ahead",
        "warn",
        "clock",
    ),
    AlertKind.REVIEW: Wording(
        _l("Waits for the reviewer: %(product)s"),
        _l("Lot %(lot_number)s has been in quarantine since %(day)s."),
        _l("Look at it and release it, or say why it stays."),
        "/inventory/quarantine",
        "hold",
        "lock",
    ),
    AlertKind.ATTENTION: Wording(
        _l("Scans wait for a person"),
        _l("Scans that have waited for more than a day: %(waiting)s, since %(day)s."),
        _l("Say what is missing, or lay them aside with a reason."),
        "/inventory/attention",
        "warn",
        "tri",
    ),
    AlertKind.COLD_CHAIN: Wording(
        _l("The cold chain broke: %(product)s"),
        _l("Lot %(lot_number)s, received on %(day)s, was too warm or too cold."),
        _l("The reviewer decides whether it may still be given."),
        "/inventory/quarantine",
        "stop",
        "temp",
    ),
    AlertKind.COUNT: Wording(
        _l("Not counted for a quarter: %(location_code)s"),
        _l("Nobody has counted what stands there for more than three months."),
        _l("Open a count sheet for the place."),
        "/inventory/counts",
        "info",
        "tally",
    ),
    AlertKind.PUT_BACK: Wording(
        _l("Picked goods are for nobody any more"),
        _l("Lots at the dispatch place: %(waiting)s, the first since %(day)s."),
        _l("Put them back on their shelves: then they can be given again."),
        "/inventory/put-back",
        "info",
        "undo",
    ),
}

OUT_NOW = WORDINGS[AlertKind.STOCK_OUT]._replace(
    title=_l("Out of stock: %(product)s"),
    text=_l("Nothing that may be given out is left, and it is needed."),
    icon="ban",
)

SUBJECT = _l("Komek, warehouse: %(count)s new")
GREETING = _l("This needs somebody now:")
FOOTER = _l("You asked to be told. In Komek, under Warehouse, Alerts, you can end it.")


class Shown(NamedTuple):
    """An alert ready to be read."""

    title: str
    text: str
    remedy: str
    path: str
    kind: str
    icon: str


def shown(alert: Alert, language: str) -> Shown:
    """Put an alert into words."""
    is_out = alert.kind is AlertKind.STOCK_OUT and not alert.facts["days"]
    wording = OUT_NOW if is_out else WORDINGS[alert.kind]
    facts = _facts(alert.facts, language)
    return Shown(
        title=_said(wording.title, facts, language),
        text=_said(wording.text, facts, language),
        remedy=_said(wording.remedy, facts, language),
        path=wording.path,
        kind=wording.kind,
        icon=wording.icon,
    )


def letter(alerts: Sequence[Alert], language: str) -> tuple[str, str, str]:
    """Write some alerts as subject, plain text and HTML."""
    said = [shown(each, language) for each in alerts]
    count = {"count": formats.number(len(said), language)}
    subject = _said(SUBJECT, count, language)
    greeting, footer = (_said(text, {}, language) for text in (GREETING, FOOTER))
    parts = [f"{each.title}\n{each.text}\n{each.remedy}" for each in said]
    text = "\n\n".join([greeting, *parts, footer]) + "\n"
    return subject[:SUBJECT_CHARS_MAX], text, _html(said, greeting, footer, language)


def _html(said: Sequence[Shown], greeting: str, footer: str, language: str) -> str:
    items = Markup("").join(
        Markup("<li><strong>{}</strong><br>{}<br><em>{}</em></li>").format(
            each.title, each.text, each.remedy
        )
        for each in said
    )
    body = Markup("<p>{}</p><ul>{}</ul><p><small>{}</small></p>").format(
        greeting, items, footer
    )
    return f'<!doctype html><html lang="{escape(language)}"><body>{body}</body></html>'


def _said(text: LazyText, facts: Mapping[str, Any], language: str) -> str:
    return _words(language).gettext(text.msgid) % facts


@cache
def _words(language: str) -> NullTranslations:
    is_translated = language in catalogues.TRANSLATED
    return catalogues.load(language) if is_translated else NullTranslations()


def _facts(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Write days and numbers as the language does; name the product in it."""
    names = facts.get("names", {})
    code = facts.get("product_code", "")
    told = {
        name: formats.number(value, language) if isinstance(value, int) else value
        for name, value in facts.items()
    }
    if facts.get("day"):
        told["day"] = formats.day(date.fromisoformat(facts["day"]), language)
    told["product"] = names.get(language) or names.get("ru") or names.get("en") or code
    return told
