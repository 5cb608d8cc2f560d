"""``komek import products FILE``: a table into the catalogue, whole or not at all."""

from pathlib import Path

import click

from deploy.commands.data_option import data_option
from deploy.refusals import refusals_told
from deploy.settings import Settings
from deploy.suite import World, build_service
from services.inventory.application.catalogue.import_products import import_products
from services.inventory.application.catalogue.importing import ImportRefusedError
from services.inventory.wiring import Inventory
from shared.sheets.reading import read_sheet

_FAULTS_SHOWN_MAX = 200


@click.group("import")
def import_group() -> None:
    """Bring tables of a spreadsheet into the books."""


@import_group.command("products")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
def products_command(file: Path, data: Path | None) -> None:
    """Register the products of a CSV or XLSX file.

    Columns: code, category, name_en, name_ru, name_kk, unit_of_issue, gtin13_demo,
    case_qty, shelf_life_months, min_days_receipt, min_days_dispatch, sensitivity,
    flags. Every bad cell is named; if there is one, nothing is imported.
    """
    with refusals_told():
        rows = read_sheet(file.read_bytes()).rows
        settings = Settings.read(data=data)
        inventory: Inventory = build_service("inventory", settings, World.real())
        try:
            with inventory.working() as work:
                count = import_products(work, rows)
        except ImportRefusedError as refusal:
            _tell(refusal)
            raise
        finally:
            inventory.database.close()
    click.echo(f"{count} products are in the catalogue now.")


def _tell(refusal: ImportRefusedError) -> None:
    for fault in refusal.faults[:_FAULTS_SHOWN_MAX]:
        click.echo(f"row {fault.row}, {fault.column}: {fault.fault}", err=True)
    hidden = len(refusal.faults) - _FAULTS_SHOWN_MAX
    if hidden > 0:
        click.echo(f"… and {hidden} more.", err=True)
