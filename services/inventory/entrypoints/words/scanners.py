"""What the scanner test says: one sentence a finding, and the remedy of each fault."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.web.words import LazyText, _l

GOOD, NOTE, FAULT = "good", "note", "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence in which ``%(sign)s`` stands for what was seen; how bad it is."""

    weight: str
    says: LazyText
    remedy: LazyText | str = ""


SUBJECTS: Mapping[str, LazyText] = {
    "whole": _l("The code"),
    "layout": _l("Keyboard"),
    "case": _l("Capital letters"),
    "separator": _l("Separator"),
    "prefix": _l("Sign of the kind of code"),
    "ending": _l("End of a scan"),
    "speed": _l("Speed"),
}
"""What a finding is about, in the order in which they are shown."""

_COUNTRY = _l(
    "In the scanner's manual look for “Keyboard Country” or “Keyboard Layout” and "
    "scan the code for USA. The language of this device may stay as it is."
)
_SEPARATOR = _l(
    "In the manual look for “GS1” or “FNC1” and have the group separator sent as "
    "ASCII 29 (GS); where there is “Control Characters” or “Function Key Mapping”, "
    "choose Ctrl + key, or Alt codes."
)

FINDINGS: Mapping[str, Finding] = {
    "whole-good": Finding(GOOD, _l("Read whole.")),
    "whole-lost": Finding(
        FAULT,
        _l("Some signs got lost or came twice."),
        _l(
            "Look for “Inter-Character Delay” and choose 5 to 10 ms. A wireless "
            "scanner: go nearer, and charge it."
        ),
    ),
    "whole-unknown": Finding(
        FAULT,
        _l("This is no code of this page, or it came quite garbled."),
        _l(
            "Scan one of the codes on this page. If it was one of them, set the "
            "scanner's keyboard to USA first and try again."
        ),
    ),
    "layout-good": Finding(GOOD, _l("As expected.")),
    "layout-device": Finding(
        GOOD,
        _l(
            "This device types in another language. The scan field goes by the place "
            "of the keys, so that does no harm here."
        ),
    ),
    "layout-alt": Finding(
        GOOD,
        _l("Every sign comes as an Alt code: good in any language, but slower."),
    ),
    "layout-text": Finding(
        NOTE,
        _l("The text came all at once and not key by key, as from a program."),
        _l(
            "That works while this device's keyboard is English. If signs come out "
            "wrong, switch the input language to English."
        ),
    ),
    "layout-country": Finding(
        FAULT, _l("The scanner types as on the keyboard of another country."), _COUNTRY
    ),
    "case-good": Finding(GOOD, _l("As printed.")),
    "case-caps": Finding(
        FAULT, _l("Caps Lock is on."), _l("Press Caps Lock on the keyboard once.")
    ),
    "case-swapped": Finding(
        FAULT,
        _l("Small and capital letters are swapped."),
        _l(
            "Press Caps Lock once and scan again. If it stays so, look for “Caps Lock” "
            "in the manual and choose normal or off."
        ),
    ),
    "case-converted": Finding(
        FAULT,
        _l("The scanner makes all letters alike."),
        _l(
            "In the manual look for “Case Conversion” or “Convert Case” and switch it "
            "off: a and A are different in a lot number."
        ),
    ),
    "separator-control": Finding(GOOD, _l("It comes as Ctrl and a key.")),
    "separator-alt": Finding(GOOD, _l("It comes as Alt and 029.")),
    "separator-raw": Finding(GOOD, _l("It comes as the sign itself.")),
    "separator-other": Finding(FAULT, _l("It comes as %(sign)s."), _SEPARATOR),
    "separator-dropped": Finding(
        FAULT,
        _l("It gets lost, so lot and date run into each other."),
        _SEPARATOR,
    ),
    "prefix-on": Finding(GOOD, _l("The scanner sends it: %(sign)s.")),
    "prefix-off": Finding(
        NOTE,
        _l("The scanner does not send it. Work goes on without."),
        _l(
            "It helps to tell codes apart: in the manual look for “AIM ID” or “Code "
            "ID” and switch the AIM one on."
        ),
    ),
    "prefix-odd": Finding(
        FAULT,
        _l("The scanner puts %(sign)s before every code."),
        _l("In the manual look for “Prefix” or “Code ID” and switch it off."),
    ),
    "ending-enter": Finding(GOOD, _l("Enter, as expected.")),
    "ending-tab": Finding(
        NOTE,
        _l("Tab. The scan field takes it too."),
        _l("Better look for “Suffix” or “Terminator” and choose Enter (CR)."),
    ),
    "ending-none": Finding(
        FAULT,
        _l("Nothing: each scan waits for somebody to press Enter."),
        _l("In the manual look for “Suffix” or “Terminator” and choose Enter (CR)."),
    ),
    "ending-odd": Finding(
        FAULT,
        _l("The scanner puts %(sign)s after every code."),
        _l("In the manual look for “Suffix” and leave Enter (CR) alone."),
    ),
    "speed-good": Finding(GOOD, _l("%(sign)s ms from key to key.")),
    "speed-slow": Finding(
        NOTE,
        _l("%(sign)s ms from key to key: slower than a scanner need be."),
        _l(
            "Look for “Inter-Character Delay” and choose none. A slow scanner is taken "
            "for a typing person when another field has the focus."
        ),
    ),
}

MAKERS = (
    ("Zebra, Symbol", "Country Keyboard Types", "Function Key Mapping", "Suffix"),
    ("Honeywell", "Keyboard Country Layout", "Control + X Mode", "Add CR Suffix"),
    ("Datalogic", "Country Mode", "Control Character Emulation", "Global Suffix"),
    ("Newland", "Keyboard Layout", "Function Key Mapping", "Terminating Character"),
    ("Netum, Tera, Eyoyo", "Keyboard Language", "GS character", "Add suffix"),
)
"""How the manuals call keyboard, separator and ending; more in docs/scanners.md.

Not translated: it is what people have to find in the manual.
"""
