"""The scan station as an app: what a phone may keep of it, whoever holds the phone."""

import json

import pytest

from services.inventory.entrypoints.words.station import WORDS
from shared.web.catalogues import TRANSLATED

MODES = ("receive", "move", "pick", "count", "look", "away")


@pytest.mark.parametrize("mode", MODES)
def test_a_kept_page_says_nothing_of_who_asked_for_it(pages, warehouse, mode):
    warehouse.receive(quantity=5)

    mine = pages.get(f"/scan/shell/en/{mode}", "volunteer")
    theirs = pages.get(f"/scan/shell/en/{mode}", "coordinator")

    assert mine.status_code == 200
    assert mine.text == theirs.text
    assert "Set-Cookie" not in mine.headers
    assert "Volunteer" not in mine.text
    assert "Comb" not in mine.text


@pytest.mark.parametrize("address", ["xx/receive", "en/nothing", "en/../look"])
def test_there_is_no_page_for_what_is_no_mode(pages, address):
    assert pages.get(f"/scan/shell/{address}").status_code == 404


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Receive"), ("ru", "Приёмка"), ("kk", "Қабылдау")]
)
def test_a_kept_page_speaks_the_language_it_is_asked_in(pages, language, word):
    page = pages.get(f"/scan/shell/{language}/receive")

    assert f'<html lang="{language}"' in page.text
    assert word in page.text


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_script_is_translated(pages, language):
    words = pages.get(f"/scan/words/{language}").json
    english = pages.get("/scan/words/en").json

    assert words.keys() == WORDS.keys()
    alike = {name for name in words if words[name] == english[name]}
    assert alike == set()


def test_the_worker_is_asked_for_anew_and_names_what_it_keeps(pages):
    worker = pages.get("/service-worker.js")

    kept = json.loads(worker.text.partition("\n")[0].removeprefix("self.KEPT = ")[:-1])
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.mimetype == "text/javascript"
    assert {"version", "shells", "words", "assets", "later"} == kept.keys()
    assert any(".woff2" in address for address in kept["assets"])


def test_the_app_is_named_in_the_language_of_its_reader(pages):
    manifest = pages.get("/scan/ru/komek.webmanifest")

    described = json.loads(manifest.text)
    assert manifest.mimetype == "application/manifest+json"
    assert described["start_url"].endswith("/scan")
    assert described["display"] == "standalone"
    assert described["name"] == "Komek: сканирование на складе"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in described["icons"]}


def test_a_phone_learns_who_is_signed_in(pages):
    person = pages.get("/scan/session").json

    assert person["display_name"] == "Volunteer"
    assert person["csrf_token"]


@pytest.mark.parametrize("role", ["donor", "outreach", "reviewer"])
def test_nobody_else_gets_a_session_of_the_station(pages, role):
    assert pages.get("/scan/session", role).status_code == 403


def test_what_a_caller_chose_is_never_compressed_beside_a_secret(pages):
    plain = pages.get("/scan", gift_number="G-2026-061")

    assert "Content-Encoding" not in plain.headers
