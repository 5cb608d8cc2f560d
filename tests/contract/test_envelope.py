"""The quick hand of the envelope and its schema agree on every envelope."""

import json
from datetime import UTC, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from shared.contracts.envelope import Envelope, EnvelopeSchema, read, written

TEXTS = st.text(max_size=20)
INSTANTS = st.datetimes(
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5))]),
)
ENVELOPES = st.builds(
    Envelope,
    message_id=st.uuids(),
    source=TEXTS,
    message_type=TEXTS,
    occurred_at=INSTANTS,
    recorded_at=INSTANTS,
    correlation_id=TEXTS,
    causation_id=st.none() | TEXTS,
    body=st.dictionaries(TEXTS, st.integers() | TEXTS, max_size=3),
)

SOUND = {
    "message_id": "0198f000-0000-7000-8000-000000000000",
    "source": "donors",
    "message_type": "donors.gift_announced.v1",
    "occurred_at": "2026-11-22T12:00:00+05:00",
    "recorded_at": "2026-11-22T07:00:00+00:00",
    "correlation_id": "c",
    "causation_id": None,
    "body": {},
}


@given(ENVELOPES)
def test_an_envelope_is_written_as_its_schema_would(envelope):
    assert written(envelope) == EnvelopeSchema().dump(envelope)


@given(ENVELOPES)
def test_what_is_written_reads_back(envelope):
    assert read(json.loads(json.dumps(written(envelope)))) == envelope


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("message_id", "no id"),
        ("message_id", None),
        ("source", 7),
        ("source", None),
        ("message_type", ["x"]),
        ("occurred_at", "2026-11-22T12:00:00"),
        ("recorded_at", "yesterday"),
        ("recorded_at", 1),
        ("causation_id", 1),
        ("correlation_id", {}),
        ("body", []),
        ("body", None),
        ("added_later", 1),
    ],
)
def test_what_does_not_fit_is_named(name, value):
    with pytest.raises(ValidationError) as refusal:
        read({**SOUND, name: value})

    assert name in refusal.value.messages


@pytest.mark.parametrize("name", sorted(SOUND.keys() - {"causation_id"}))
def test_what_is_missing_is_named(name):
    with pytest.raises(ValidationError) as refusal:
        read({key: value for key, value in SOUND.items() if key != name})

    assert name in refusal.value.messages


def test_the_cause_may_be_left_out():
    short = {key: value for key, value in SOUND.items() if key != "causation_id"}

    assert read(short) == read(SOUND)


@pytest.mark.parametrize("told", [None, [], "text", 7])
def test_what_is_no_object_is_refused(told):
    with pytest.raises(ValidationError):
        read(told)


def test_an_instant_keeps_its_offset():
    envelope = read(SOUND)

    assert envelope.occurred_at.utcoffset() == timedelta(hours=5)
    assert envelope.message_id == UUID(SOUND["message_id"])
