"""What an account may be."""

import pytest

from shared.identity.accounts import Profile
from shared.identity.errors import WeakPasswordError
from shared.identity.passwords import Passwords, check_strength, generated_password
from shared.kernel.errors import MalformedError


def a_profile(**said):
    facts = {"email": "a@b.example", "display_name": "Aida", "roles": ("volunteer",)}
    return Profile(**(facts | said))


def test_an_address_is_kept_in_one_spelling():
    assert a_profile(email="  Aida@B.Example ").email == "aida@b.example"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a b@c.example"}, "email"),
        ({"email": "a@" + "c" * 300}, "email"),
        ({"display_name": " "}, "display_name"),
        ({"roles": ()}, "roles"),
        ({"roles": ("volunteer", "king")}, "roles"),
        ({"roles": ("donor",)}, "donor_code"),
        ({"units": ("U",) * 201}, "units"),
        ({"language": "de"}, "language"),
    ],
)
def test_refuses_what_no_account_can_be_and_names_the_field(said, field):
    with pytest.raises(MalformedError) as refusal:
        a_profile(**said)

    assert refusal.value.facts["field"] == field


def test_a_password_is_not_kept_in_the_clear():
    passwords = Passwords()

    stored = passwords.hashed("four unrelated words")

    assert "unrelated" not in stored
    assert stored != passwords.hashed("four unrelated words")
    assert passwords.matches(stored, "four unrelated words")
    assert not passwords.matches(stored, "four unrelated word")


def test_nobody_has_a_password_that_fits():
    assert not Passwords().matches(None, "anything")


@pytest.mark.parametrize("typed", ["\ud800", "x" * 5000, ""])
def test_a_password_no_keyboard_types_is_simply_wrong(typed):
    passwords = Passwords()

    assert not passwords.matches(passwords.hashed("good enough"), typed)


def test_a_short_password_is_refused():
    with pytest.raises(WeakPasswordError):
        check_strength("short")
    check_strength(generated_password())


def test_hashing_runs_where_it_was_told_to():
    asked = []

    def run(function, *arguments):
        asked.append(function.__name__)
        return function(*arguments)

    Passwords(run).hashed("good enough")

    assert asked == ["hash"]
