"""What many open pages show is made once, and holds up nobody else."""

import threading

from services.donors.entrypoints.pages.parts import Shelf

PATIENCE_SECONDS = 5


def begun(shelf, key, may_end):
    """Begin to make what belongs to a key; give the thread that does."""
    is_making = threading.Event()

    def make():
        is_making.set()
        may_end.wait(PATIENCE_SECONDS)
        return "first"

    thread = threading.Thread(target=lambda: shelf.of(key, make))
    thread.start()
    assert is_making.wait(PATIENCE_SECONDS)
    return thread


def test_what_is_made_for_one_donor_keeps_no_other_waiting():
    shelf, may_end = Shelf(), threading.Event()
    orchard = begun(shelf, ("ORCHARD", "1"), may_end)

    assert shelf.of(("NORDIC", "1"), lambda: "drawn") == "drawn"

    assert orchard.is_alive(), "nobody waited for it"
    may_end.set()
    orchard.join()


def test_the_same_page_is_made_once():
    shelf, may_end = Shelf(), threading.Event()
    first = begun(shelf, ("ORCHARD", "1"), may_end)
    threading.Timer(0, may_end.set).start()

    assert shelf.of(("ORCHARD", "1"), lambda: "again") == "first"
    first.join()


def test_no_more_than_so_many_are_kept():
    shelf = Shelf(2)
    for version in ("1", "2", "3"):
        shelf.of(("ORCHARD", version), lambda: "first")

    assert shelf.of(("ORCHARD", "3"), lambda: "again") == "first"
    assert shelf.of(("ORCHARD", "1"), lambda: "again") == "again"
