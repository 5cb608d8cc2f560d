"""What crosses the wire is what it was: one golden sample for each message."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from shared.contracts.envelope import Envelope
from shared.contracts.registry import SHAPES, body_of, fact_of, type_of
from tests.support.envelopes import NOON

SAMPLES = Path(__file__).parent / "samples"


def sample_of(message_type):
    return json.loads((SAMPLES / f"{message_type}.json").read_text("utf-8"))


def read(message_type, body):
    return fact_of(
        Envelope(
            UUID(int=1),
            message_type.split(".")[0],
            message_type,
            NOON,
            NOON,
            "c",
            None,
            body,
        )
    )


@pytest.mark.parametrize("message_type", sorted(SHAPES))
def test_a_message_reads_and_writes_as_its_sample(message_type):
    body = sample_of(message_type)

    fact = read(message_type, body)

    assert type_of(fact) == message_type
    assert body_of(fact) == body


@pytest.mark.parametrize("message_type", sorted(SHAPES))
def test_what_a_newer_sender_adds_is_passed_over(message_type):
    body = sample_of(message_type)

    assert read(message_type, {**body, "added_later": 1}) == read(message_type, body)


def test_every_sample_belongs_to_a_message():
    assert {path.stem for path in SAMPLES.iterdir()} == set(SHAPES)
