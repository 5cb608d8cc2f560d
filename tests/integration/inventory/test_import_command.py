"""``komek import products FILE``, as a person runs it."""

import pytest
from click.testing import CliRunner

from deploy.commands.import_products import import_group
from deploy.settings import Settings
from deploy.suite import World, build_service
from tests.support.warehouse import CATALOGUE


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command on an installation of the test's own."""
    monkeypatch.setenv("KOMEK_DATA", str(tmp_path / "data"))
    return lambda file: CliRunner().invoke(import_group, ["products", str(file)])


def products():
    inventory = build_service("inventory", Settings.read(), World.real())
    found = inventory.queries.products(limit=500)
    inventory.database.close()
    return found


def test_a_good_table_is_in_the_catalogue(run):
    result = run(CATALOGUE)

    assert (result.exit_code, result.stdout) == (
        0,
        "45 products are in the catalogue now.\n",
    )
    assert len(products()) == 45


@pytest.mark.usefixtures("run")
def test_another_folder_of_databases_can_be_named(tmp_path):
    elsewhere = tmp_path / "elsewhere"

    result = CliRunner().invoke(
        import_group, ["products", str(CATALOGUE), "--data", str(elsewhere)]
    )

    assert (result.exit_code, products()) == (0, [])
    assert (elsewhere / "inventory.sqlite3").exists()


def test_every_bad_cell_is_named_and_nothing_imported(run, tmp_path):
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace("2000100020005", "2000100020004")
    lines[4] = lines[4].replace(",hygiene,", ",two words,")
    bad = tmp_path / "bad.csv"
    bad.write_text("\n".join(lines), encoding="utf-8")

    result = run(bad)

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "row 3, gtin13_demo: 2000100020004 should end in 5, but ends in 4",
        "row 5, category: 'two words' is no code of letters, digits, dot and dash",
        "Nothing was imported: 2 cells need mending.",
    ]
    assert products() == []


def test_what_is_no_table_is_one_sentence(run, tmp_path):
    file = tmp_path / "notes.xlsx"
    file.write_bytes(b"PK not a workbook")

    result = run(file)

    assert result.exit_code == 2
    assert "no table that can be read" in result.stderr
