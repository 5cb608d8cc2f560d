"""A letter of paragraphs, lists and links: as plain text, as HTML, on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from services.donors.application.giving_ports import Written

SUBJECT_CHARS_MAX = 200


@dataclass(slots=True)
class Sheet:
    """Collects the parts of a letter; whatever they hold is shown as text."""

    subject: str
    language: str
    parts: list[Mapping[str, Any]] = field(default_factory=list)

    def paragraph(self, text: str) -> None:
        """Add a paragraph."""
        self.parts.append({"kind": "text", "text": text, "rows": []})

    def listed(self, heading: str, items: Sequence[str]) -> None:
        """Add a heading with a list; nothing where the list is empty."""
        if items:
            self.parts.append({"kind": "list", "text": heading, "rows": list(items)})

    def link(self, words: str, address: str) -> None:
        """Add a link; in plain text the address stands behind its words."""
        self.parts.append({"kind": "link", "text": words, "rows": [address]})

    def written(self) -> Written:
        """Give the letter whole."""
        text = "\n\n".join(_plain(part) for part in self.parts) + "\n"
        body = Markup("").join(_marked(part) for part in self.parts)
        head = f'<!doctype html><html lang="{escape(self.language)}"><body>'
        subject = self.subject[:SUBJECT_CHARS_MAX]
        return Written(subject, text, f"{head}{body}</body></html>")


def _plain(part: Mapping[str, Any]) -> str:
    if part["kind"] == "link":
        return f"{part['text']}: {part['rows'][0]}"
    return "\n".join([part["text"], *(f"- {row}" for row in part["rows"])])


def _marked(part: Mapping[str, Any]) -> Markup:
    if part["kind"] == "link":
        return Markup('<p><a href="{}">{}</a></p>').format(
            part["rows"][0], part["text"]
        )
    shown = Markup("<p>{}</p>").format(part["text"])
    if not part["rows"]:
        return shown
    rows = Markup("").join(Markup("<li>{}</li>").format(row) for row in part["rows"])
    return shown + Markup("<ul>{}</ul>").format(rows)
