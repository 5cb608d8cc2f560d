"""``komek allocate``: the fair share as a pure function, JSON in and JSON out.

The same bytes for the same problem, whatever the order of lots and claims. A
malformed problem is refused whole: nothing on stdout, one sentence on stderr.
"""

import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from deploy.commands.allocate_input import read_problems
from deploy.commands.allocate_words import LANGUAGES, speaker
from services.distribution.domain.allocation import Allocation, allocate
from shared.kernel.errors import MalformedError

_EXIT_WRONG_USE = 2


@click.command("allocate")
@click.option("--explain", is_flag=True, help="Say each award's reasons on stderr.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    help="The language of --explain.",
)
def allocate_command(*, explain: bool, language: str) -> None:
    """Share lots among claims: problems on stdin, awards on stdout."""
    try:
        problems = read_problems(sys.stdin.buffer.read())
    except MalformedError as error:
        click.echo(error.detail, err=True)
        raise SystemExit(_EXIT_WRONG_USE) from error
    results = [allocate(problem) for problem in problems]
    answer = {"results": [_result(result) for result in results]}
    click.echo(json.dumps(answer, separators=(",", ":")))
    if explain:
        _explain(results, language)


def _result(allocation: Allocation) -> Mapping[str, Any]:
    """Render one problem's answer as API.md says."""
    return {
        "product_code": allocation.product_code,
        "awards": [
            {
                "claim": award.claim,
                "quantity": award.quantity,
                "lots": [
                    {"lot": share.lot, "quantity": share.quantity}
                    for share in award.lots
                ],
                "reasons": [
                    {"code": reason.code, **reason.facts} for reason in award.reasons
                ],
            }
            for award in allocation.awards
        ],
    }


def _explain(results: list[Allocation], language: str) -> None:
    say = speaker(language)
    for allocation in results:
        for award in allocation.awards:
            words = " ".join(say(reason) for reason in award.reasons)
            click.echo(
                f"{allocation.product_code}, {award.claim}: {award.quantity}. {words}",
                err=True,
            )
