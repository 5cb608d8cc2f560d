"""``--data``: the one option of every command that works on the databases."""

from pathlib import Path

import click

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the databases; the configured databases if not given.",
)
