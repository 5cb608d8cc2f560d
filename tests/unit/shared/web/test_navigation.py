"""The menu shows what a person may go to."""

from uuid import UUID

from shared.identity.accounts import Principal
from shared.web.navigation import current_path, entries_for, entry, home_of

MENU = [
    entry("/distribution/", "Home", "coordinator"),
    entry("/inventory/stock", "Stock", "coordinator", "volunteer"),
    entry("/inventory/stock/cards", "Cards", "coordinator"),
]


def someone(*roles):
    return Principal(UUID(int=1), "a@b.example", "A", frozenset(roles))


def test_each_sees_their_own_entries():
    assert [one.label for one in entries_for(MENU, someone("volunteer"))] == ["Stock"]


def test_the_first_entry_is_home():
    assert home_of(MENU, someone("coordinator")) == "/distribution/"
    assert home_of(MENU, someone("donor")) == "/account/profile"


def test_nothing_a_person_may_see_is_kept_from_the_menu():
    many = [entry(f"/{n}", str(n), "donor") for n in range(9)]

    assert entries_for(many, someone("donor")) == many


def test_the_closest_entry_is_the_current_one():
    assert current_path(MENU, "/inventory/stock/cards/7") == "/inventory/stock/cards"
    assert current_path(MENU, "/inventory/stockings") is None
    assert current_path(MENU, "/distribution/runs") == "/distribution/"
