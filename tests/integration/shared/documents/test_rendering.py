"""Facts are shown as text, whatever they hold, and the same facts alike."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from shared.documents.rendering import pictures, render

SHEET = Path(__file__).parent / "sheet.typ"
ODD = '#let x = 1 $a$ *b* _c_ "q" \\n <l> @r = h // /* [ ] { } `'
LETTERS = "Ә Ғ Қ Ң Ө Ұ Ү Һ І ә ғ қ ң ө ұ ү һ і Щ щ Ё ё № “x”"


def facts(*rows, **other):
    return {
        "programme": "Komek",
        "title": "Қойма картасы",
        "number": "X-2026-0001",
        "dated": "22.11.2026",
        "details": [],
        "lines": {"heads": ["Өнім", "Топтама"], "rows": rows, "empty": "Жоқ"},
        "boxes": [{"title": "Тексерген", "lines": ["Қолы"]}],
        **other,
    }


def pages(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("text", [ODD, LETTERS], ids=["typst's signs", "letters"])
def test_a_text_is_shown_as_it_is(text):
    [page] = pages(render(SHEET, facts(details=[{"label": "L", "value": text}]), "kk"))

    assert text.replace(" ", "") in page.replace(" ", "").replace("\n", "")


def test_the_same_facts_give_the_same_bytes():
    assert render(SHEET, facts(["a", "b"]), "ru") == render(
        SHEET, facts(["a", "b"]), "ru"
    )


def test_four_hundred_lines_carry_head_number_and_date_on_every_page():
    rows = [[f"Тауар {n}", f"LOT-{n:04d}"] for n in range(400)]

    made = pages(render(SHEET, facts(*rows), "kk"))

    assert len(made) > 5
    for at, page in enumerate(made, start=1):
        assert "Топтама" in page
        assert "X-2026-0001" in page
        assert "22.11.2026" in page
        assert f"{at} / {len(made)}" in page
    assert "LOT-0399" in made[-1]


def test_a_document_without_lines_says_so():
    [page] = pages(render(SHEET, facts(), "kk"))

    assert "Жоқ" in page


def test_the_title_tells_a_reading_programme_what_it_is():
    reader = PdfReader(io.BytesIO(render(SHEET, facts(), "kk")))

    assert reader.metadata.title == "Қойма картасы X-2026-0001"
    assert reader.trailer["/Root"]["/Lang"] == "kk"
    assert reader.metadata.creation_date is None


def test_a_page_is_also_a_picture():
    [picture] = pictures(SHEET, facts(["a", "b"]), "en")

    assert picture.startswith(b"\x89PNG")
