"""The suite's words in three languages."""

import os

from shared.web import catalogues


def test_kazakh_falls_back_to_russian_and_then_to_the_source(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    a_catalogue("ru", Stock="Склад", Scan="Скан")
    a_catalogue("kk", Stock="Қойма", Scan="")

    words = catalogues.load("kk")

    assert words.ugettext("Stock") == "Қойма"
    assert words.ugettext("Scan") == "Скан"
    assert words.ugettext("Gate") == "Gate"


def test_a_changed_text_is_used_at_the_next_start(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    a_catalogue("ru", Stock="Склад")
    assert catalogues.load("ru").ugettext("Stock") == "Склад"
    compiled = catalogues.catalogue_path("ru").with_suffix(".mo")

    a_catalogue("ru", Stock="Запас")
    newer = compiled.stat().st_mtime + 10
    os.utime(catalogues.catalogue_path("ru"), (newer, newer))

    assert catalogues.load("ru").ugettext("Stock") == "Запас"


def test_texts_are_collected_from_code_and_pages_and_kept(tmp_path, monkeypatch):
    services = tmp_path / "services" / "shop"
    (services / "templates").mkdir(parents=True)
    (services / "pages.py").write_text('_l("Stock"); ngettext("%(num)s box", "b", 2)')
    (services / "templates" / "a.html").write_text(
        "<h1>{{ _('Gate') }}</h1>{{ pgettext('verb', 'Open') }}"
    )
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path / "translations")
    a_catalogue("ru", Stock="Склад")

    catalogues.extract()

    assert "ru: Stock" not in catalogues.untranslated()
    assert {"ru: Gate", "ru: Open", "ru: %(num)s box", "kk: Stock"} <= set(
        catalogues.untranslated()
    )
    (services / "pages.py").write_text("")
    catalogues.extract()
    (services / "pages.py").write_text('_l("Stock")')
    catalogues.extract()
    assert catalogues.load("ru").ugettext("Stock") == "Склад"


def a_catalogue(language, **words):
    path = catalogues.catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f'msgid "{key}"\nmsgstr "{text}"\n' for key, text in words.items()]
    header = catalogues._empty(language).decode()
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
