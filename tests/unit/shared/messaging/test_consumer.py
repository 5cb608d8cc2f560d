"""How a listener gathers what arrives: batches, pauses between them, and rest."""

import eventlet
import pytest
from eventlet.event import Event

from shared.contracts.envelope import written
from shared.messaging import consumer
from shared.messaging.consumer import BatchListener
from tests.support.envelopes import a_gift, in_envelope
from tests.support.waiting import wait_until

GATHERED = "gathered"


class Container:
    """As nameko's: a worker for each batch; it notes what it was given."""

    def __init__(self, diary):
        self.spawn_managed_thread = eventlet.spawn
        self.may_work = Event()
        self._diary = diary

    def spawn_worker(self, _entrypoint, args, _kwargs, handle_result):
        def work():
            self._diary.append([each.body["gift_number"] for each in args[0]])
            self.may_work.wait()
            handle_result(None, None, None)

        eventlet.spawn(work)


class Queue:
    """As nameko's queue consumer: it counts what was acknowledged."""

    def __init__(self):
        self.acknowledged = 0

    def register_provider(self, _provider):
        pass

    def unregister_provider(self, _provider):
        pass

    def ack_message(self, _message):
        self.acknowledged += 1


@pytest.fixture
def diary():
    """Batches and pauses in the order in which they began."""
    return []


@pytest.fixture
def listener(diary):
    listener = BatchListener()
    listener.container = Container(diary)
    listener.queue_consumer = Queue()
    listener.start()
    yield listener
    listener.stop()


def arrives(listener, number):
    listener.handle_message(written(in_envelope(a_gift(number))), None)


def test_after_what_came_during_a_hand_over_the_next_message_waits_for_nothing(
    listener, diary, monkeypatch
):
    """Else it would lie there until a pause that gathers nothing is over."""

    def pause(_seconds):
        diary.append(GATHERED)
        eventlet.sleep(0)
        if diary.count(GATHERED) == 2:
            eventlet.spawn(arrives, listener, "G-3")

    monkeypatch.setattr(consumer, "sleep", pause)
    arrives(listener, "G-1")
    wait_until(lambda: diary == [["G-1"]], what="the first is in hand")
    arrives(listener, "G-2")
    listener.container.may_work.send()
    wait_until(lambda: listener.queue_consumer.acknowledged == 3, what="all heard")

    assert diary[:5] == [["G-1"], GATHERED, ["G-2"], GATHERED, ["G-3"]]


@pytest.mark.parametrize("size", [1, 7])
def test_what_comes_whenever_the_last_was_heard_is_heard(listener, size):
    """A reset may not swallow the news of a message nobody has taken yet."""
    listener.container.may_work.send()
    queue = listener.queue_consumer
    for number in range(1, 15):
        for _ in range(size):
            arrives(listener, f"G-{number}")
            eventlet.sleep(0)
        wait_until(
            lambda: queue.acknowledged == size * number,  # noqa: B023  asked at once
            what=f"{size} more heard",
            seconds_max=5,
        )
