"""Why a post to a donor's own system was not taken, in words."""

from collections.abc import Mapping

from shared.web.words import LazyText, _l
from shared.web.words import gettext as _

PROBLEMS: Mapping[str, LazyText] = {
    "The name is not known.": _l("no such name"),
    "The name does not lead to the public internet.": _l(
        "the name does not lead to the public internet"
    ),
    "ConnectionRefusedError": _l("nothing listens there"),
    "ConnectionResetError": _l("the connection broke off"),
    "RemoteDisconnected": _l("the connection broke off"),
    "SSLCertVerificationError": _l("its certificate is not valid"),
    "TimeoutError": _l("no answer in time"),
}
"""By what is kept of a try; the rest has names that only programs understand."""


def answer_word(status: int | None, problem: str | None) -> str:
    """Say how the last try was answered; a dash while there was none."""
    if status is not None:
        return str(status)
    if problem is None:
        return "–"
    known = PROBLEMS.get(problem)
    return str(known) if known else _("no answer (%(problem)s)", problem=problem)
