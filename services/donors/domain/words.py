"""A product's name in the reader's language, or in the nearest we have."""

from collections.abc import Mapping

FALLBACK = ("ru", "en", "kk")


def name_in(names: Mapping[str, str], language: str, otherwise: str) -> str:
    """Choose a name: kk falls back to ru, then en; never to nothing."""
    for each in (language, *FALLBACK):
        if names.get(each):
            return names[each]
    return otherwise
