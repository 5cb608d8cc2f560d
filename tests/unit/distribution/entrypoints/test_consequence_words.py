"""What a decision does to a unit, as a coordinator reads it."""

from dataclasses import replace

import pytest
from flask import Flask

from services.distribution.domain.comparison import Consequence
from services.distribution.domain.run import RunLine
from services.distribution.entrypoints.words.consequences import sentence
from shared.web.languages import init_languages, speaking

LINE = RunLine(
    unit_code="W-C",
    product_code="SOAP",
    entitlement=144,
    already_received=0,
    requested=200,
    proposed=88,
    quantity=88,
    lots={},
    reasons=(),
    basis={},
)


def said(before, after, language="en", **more):
    app = Flask(__name__)
    init_languages(app)
    line = replace(LINE, quantity=before, **more)
    with app.app_context(), speaking(language):
        return sentence(Consequence(line, replace(line, quantity=after)))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (88, 69, "W-C falls from 61% to 48%."),
        (69, 88, "W-C rises from 48% to 61%."),
        (130, 129, "W-C falls from 90.3% to 89.6%."),
        (0, 1, "W-C rises from 0% to 1%."),
    ],
)
def test_shares_have_as_many_decimals_as_tell_them_apart(before, after, words):
    assert said(before, after) == words


def test_where_nothing_is_due_the_numbers_speak():
    assert said(0, 5, entitlement=0) == "W-C gets 5 in place of 0."


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_it_is_said_in_every_language(language):
    assert said(88, 69, language) != said(88, 69)
