"""Open pages are woken, told and let go."""

import pytest

from shared.web import streams as streams_module
from shared.web.streams import StreamEvent, Streams, TooManyStreamsError


def test_an_event_is_written_as_the_standard_says():
    event = StreamEvent("one\ntwo", name="summary", event_id="7")

    assert event.encoded() == "id: 7\nevent: summary\ndata: one\ndata: two\n\n"
    assert StreamEvent("").encoded() == "event: message\ndata: \n\n"


def test_only_the_pages_of_a_topic_are_woken():
    streams = Streams()
    mine, other = streams.open(["donor:A"]), streams.open(["donor:B"])

    streams.wake("donor:A")

    assert mine.wait(0)
    assert not other.wait(0)


def test_a_wake_without_a_topic_is_for_everybody():
    streams = Streams()
    page = streams.open(["donor:A"])

    streams.wake()

    assert page.wait(0)


def test_many_wakes_before_a_look_count_as_one():
    streams = Streams()
    page = streams.open(["a"])

    streams.wake("a")
    streams.wake("a")

    assert page.wait(0)
    assert not page.wait(0)


def test_stopping_ends_every_stream_and_opens_none():
    streams = Streams()
    page = streams.open(["a"])

    streams.close()

    assert page.is_closed
    assert page.wait(0)
    with pytest.raises(TooManyStreamsError):
        streams.open(["a"])


def test_there_is_a_limit_and_leaving_makes_room(monkeypatch):
    monkeypatch.setattr(streams_module, "STREAMS_MAX", 1)
    streams = Streams()
    page = streams.open(["a"])
    with pytest.raises(TooManyStreamsError):
        streams.open(["a"])

    streams.forget(page)

    assert streams.open(["a"])
    assert len(streams) == 1
