"""The suite's words: collect them from the code, check them, load them.

One catalogue per language for all services. Run as ``python -m
shared.web.catalogues extract|check|compile``.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.support import Translations

ROOT = Path(__file__).parents[2]
TRANSLATIONS = Path(__file__).parent / "translations"
TRANSLATED = ("ru", "kk")
FALLBACK = {"kk": "ru"}
"""A text that Kazakh lacks is shown in Russian, and English is the source."""

SOURCES = ("services", "shared", "deploy")
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
}
PLURAL_FORMS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
    "kk": "nplurals=1; plural=0;",
}


def catalogue_path(language: str) -> Path:
    """Say where a language's words are kept."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def load(language: str) -> Translations:
    """Give the words of a language with its fallbacks; compile when stale."""
    words = Translations(BytesIO(_compiled(language)))
    if language in FALLBACK:
        words.add_fallback(load(FALLBACK[language]))
    return words


def extract() -> None:
    """Bring both catalogues in line with the code; keep every translation.

    Texts that are gone stay in the file as obsolete, so that a text which comes
    back finds its translation again.
    """
    template = _collected()
    for language in TRANSLATED:
        catalogue = _read(language)
        _revive(catalogue)
        catalogue.update(template, no_fuzzy_matching=True)
        _write(catalogue, language)


def _revive(catalogue: Catalog) -> None:
    """Bring obsolete texts back in, so that the update finds those it needs."""
    for message in catalogue.obsolete.values():
        catalogue[message.id] = message
    catalogue.obsolete.clear()


def untranslated() -> list[str]:
    """List what a language still lacks, and what the files do not know yet."""
    template = _collected()
    return [
        f"{language}: {_text(message)}"
        for language in TRANSLATED
        for message in _lacking(template, _read(language))
    ]


def _lacking(template: Catalog, catalogue: Catalog) -> Iterator[Message]:
    for message in template:
        if message.id and not _is_whole(catalogue.get(message.id, message.context)):
            yield message


def _is_whole(message: Message | None) -> bool:
    if message is None:
        return False
    said = message.string
    if said is None or isinstance(said, str):
        return bool(said)
    return bool(said) and all(said)


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _collected() -> Catalog:
    catalogue = Catalog(charset="utf-8")
    for path, method in _sources():
        for _, text, _, context in extract_from_file(
            method, path, keywords=KEYWORDS, options={"silent": "false"}
        ):
            catalogue.add(text, context=context)
    return catalogue


def _sources() -> Iterator[tuple[Path, str]]:
    for name in SOURCES:
        for path in sorted((ROOT / name).rglob("*.py")):
            yield path, "python"
        for path in sorted((ROOT / name).glob("**/templates/**/*.html")):
            yield path, "jinja2.ext:babel_extract"


def _read(language: str) -> Catalog:
    path = catalogue_path(language)
    text = path.read_bytes() if path.exists() else _empty(language)
    return read_po(BytesIO(text), locale=language)


def _empty(language: str) -> bytes:
    header = (
        'msgid ""\nmsgstr ""\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS[language]}\\n"\n'
    )
    return header.encode()


def _write(catalogue: Catalog, language: str) -> None:
    """Write without dates and places, so that only words make a difference."""
    out = BytesIO()
    write_po(
        out, catalogue, omit_header=True, no_location=True, sort_output=True, width=100
    )
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(_empty(language) + b"\n" + out.getvalue())
    fresh.replace(path)


def _compiled(language: str) -> bytes:
    source = catalogue_path(language)
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return target.read_bytes()
    out = BytesIO()
    write_mo(out, _read(language))
    try:
        fresh = target.with_suffix(".mo.new")
        fresh.write_bytes(out.getvalue())
        fresh.replace(target)
    except OSError:
        # an installation may be read-only: then it compiles at each start
        return out.getvalue()
    return out.getvalue()


def main(command: str) -> int:
    """Do one command; 1 when a text lacks a translation."""
    if command == "extract":
        extract()
    elif command == "compile":
        for language in TRANSLATED:
            _compiled(language)
    elif command == "check":
        missing = untranslated()
        sys.stderr.write("".join(f"{line}\n" for line in missing))
        return 1 if missing else 0
    else:
        sys.stderr.write("Say extract, check or compile.\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
