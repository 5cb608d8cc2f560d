"""`komek decode`: a raw scan a line in, its meaning or its error a line out."""

import json

import pytest
from click.testing import CliRunner

from deploy.commands.decode import decode_command

PINNED = ("--today", "2026-11-22")


def run(standard_input, *options):
    return CliRunner().invoke(decode_command, [*PINNED, *options], standard_input)


def test_each_line_is_answered_in_its_place():
    result = run('"4870001234560"\n""\n"ABC"\n')

    answers = [json.loads(line) for line in result.stdout.splitlines()]

    assert answers == [
        {"kind": "gtin", "gtin": "04870001234560", "format": "GTIN-13", "rcn": False},
        {"error": "EMPTY"},
        {"error": "NOT_GS1"},
    ]


def test_keys_stand_in_the_same_order_always():
    line = run('"010487000123456010L1"').stdout

    assert line == (
        '{"format": "GTIN-13", "gtin": "04870001234560", '
        '"kind": "element", "lot": "L1", "rcn": false}\n'
    )


def test_the_day_decides_the_century():
    scans = '"010487000123456017770101"'

    later = CliRunner().invoke(decode_command, ["--today", "2027-01-01"], scans)

    assert json.loads(run(scans).stdout)["expiry"] == "1977-01-01"
    assert json.loads(later.stdout)["expiry"] == "2077-01-01"


def test_several_substitutes_stand_for_the_separator():
    scan = '"010487000123456010A{GS}240B|17271231"'

    result = run(scan, "--substitute", "{GS}", "--substitute", "|")

    assert json.loads(result.stdout)["expiry"] == "2027-12-31"


@pytest.mark.parametrize("line", ["[1]", "5", "null", "", "{", '"a', "[" * 99_999])
def test_a_line_that_is_no_json_string_is_named(line):
    result = run(f'"ABC"\n{line}\n"ABC"\n')

    assert result.exit_code == 2
    assert result.stderr == "Line 2 is not a JSON string.\n"
    assert result.stdout == '{"error": "NOT_GS1"}\n'


def test_bytes_that_are_no_text_are_named():
    assert run(b'"\xff"\n').exit_code == 2


def test_half_a_character_is_refused_like_any_other_dirt():
    assert run('"\\ud800"').stdout == '{"error": "INVALID_CHARACTER"}\n'


@pytest.mark.parametrize(
    "options", [("--substitute", ""), ("--today", "22.11.2026"), ("--today", "0")]
)
def test_wrong_options_are_wrong_use(options):
    assert run("", *options).exit_code == 2


def test_the_day_is_todays_unless_given():
    assert CliRunner().invoke(decode_command, [], '"ABC"').exit_code == 0
