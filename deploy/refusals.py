"""How a command tells a person what it refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from shared.kernel.errors import DomainError, MalformedError

NOT_WELL = 1
WRONG_USE = 2


@contextmanager
def refusals_told() -> Iterator[None]:
    """Turn a refusal into one sentence on stderr and the exit code it deserves."""
    try:
        yield
    except MalformedError as refusal:
        click.echo(refusal.detail, err=True)
        raise SystemExit(WRONG_USE) from refusal
    except DomainError as refusal:
        click.echo(refusal.detail, err=True)
        raise SystemExit(NOT_WELL) from refusal
