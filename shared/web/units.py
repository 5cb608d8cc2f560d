"""What goods are counted in, as it stands after a number."""

from collections.abc import Callable, Mapping

from shared.web.words import ngettext

SEVERAL_KINDS = "item"
"""What different goods are counted in together; no product has it."""

_WORDS: Mapping[str, Callable[[int], str]] = {
    "pack": lambda count: ngettext("pack", "packs", count),
    "piece": lambda count: ngettext("piece", "pieces", count),
    "bar": lambda count: ngettext("bar", "bars", count),
    "bottle": lambda count: ngettext("bottle", "bottles", count),
    "tube": lambda count: ngettext("tube", "tubes", count),
    "pair": lambda count: ngettext("pair", "pairs", count),
    "kit": lambda count: ngettext("kit", "kits", count),
    "roll": lambda count: ngettext("roll", "rolls", count),
    "jar": lambda count: ngettext("jar", "jars", count),
    "tin": lambda count: ngettext("tin", "tins", count),
    SEVERAL_KINDS: lambda count: ngettext("item", "items", count),
}


def counted_unit(unit: str, count: int) -> str:
    """Say a unit of issue after a count; one we have no word for stays as written."""
    word = _WORDS.get(unit)
    return word(count) if word else unit
