"""What many open pages of a donor ask of the database: as much as one."""

import threading

from tests.integration.donors.programme import a_lot
from tests.support.statements import asking

PAGES = 3
SECONDS_MAX = 20


class Reader(threading.Thread):
    """Keeps one dashboard open until it was told of its gift twice."""

    def __init__(self, caller):
        super().__init__(daemon=True)
        self._caller = caller
        self.is_open = threading.Event()
        self.last_told = ""

    def run(self):
        answer = self._caller.fetch("/live", buffered=False)
        chunks = iter(answer.response)
        self._read(chunks, "counted")
        self.is_open.set()
        self.last_told = self._read(chunks, "gift")
        answer.close()

    def _read(self, chunks, part):
        for chunk in chunks:
            text = chunk.decode() if isinstance(chunk, bytes) else chunk
            if f"event: {part}\n" in text:
                return text
        return ""


def test_a_change_is_read_and_drawn_once_for_all_open_pages(donors, programme, caller):
    readers = [Reader(caller("donor")) for _ in range(PAGES)]
    programme.has_products()
    programme.registers("ORCHARD")
    gift = programme.gift_of("ORCHARD")
    programme.hears(a_lot("lot", 1, gift))
    for reader in readers:
        reader.start()
        assert reader.is_open.wait(SECONDS_MAX)

    with asking(donors.database) as asked:
        programme.hears(a_lot("lot", 2, gift, in_transit=30))
        for reader in readers:
            reader.join(SECONDS_MAX)

    told = {reader.last_told for reader in readers}
    assert len(told) == 1
    assert "" not in told
    assert asked.times("WHERE gifts.donor_code = ") == 1
    assert asked.times("WHERE changes.donor_code = ") == 1, "the reading's own"
