"""Accounts, sessions and tokens on a real database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from shared.database.database import Database
from shared.database.migrating import downgrade, drift, upgrade
from shared.identity.accounts import Profile
from shared.identity.errors import (
    AccountExistsError,
    TooManyAttemptsError,
    WrongCredentialsError,
)
from shared.identity.identity import MIGRATIONS, Identity
from shared.identity.tables import grants, metadata
from shared.identity.throttle import FAILURES_MAX
from shared.kernel.clock import FrozenClock
from shared.kernel.errors import NotFoundError
from shared.kernel.identity import SeededIdSource

EMAIL = "aida@demo.example"
PASSWORD = "four unrelated words"


@pytest.fixture
def clock():
    return FrozenClock(datetime(2026, 11, 22, 6, tzinfo=UTC))


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def identity(database, clock):
    return a_copy(database, clock)


def a_copy(database, clock):
    """One more process on the same database."""
    identity = Identity(database, clock, SeededIdSource(clock, 7))
    identity.ensure_schema()
    return identity


@pytest.fixture
def aida(identity):
    profile = Profile(
        email=EMAIL,
        display_name="Aida",
        roles=("outreach",),
        units=("U-01",),
        language="kk",
    )
    return identity.create_account(profile, PASSWORD)


def test_migrations_run_up_down_and_up_again(database, identity):
    downgrade(database, MIGRATIONS)
    assert not identity.is_ready()
    upgrade(database, MIGRATIONS)

    assert identity.is_ready()
    assert drift(database, metadata) == []


def test_a_token_names_its_holder(identity, aida):
    token = identity.issue_token(" AIDA@demo.example", PASSWORD)

    principal = identity.principal_for_token(token.secret)

    assert principal == aida.principal
    assert principal.units == ("U-01",)
    assert principal.language == "kk"
    assert token.expires_in_seconds == 43_200


@pytest.mark.usefixtures("aida")
def test_a_token_is_no_session_and_a_session_no_token(identity):
    token = identity.issue_token(EMAIL, PASSWORD).secret
    session = identity.sign_in(EMAIL, PASSWORD).secret

    assert identity.principal_for_session(token) is None
    assert identity.principal_for_token(session) is None


@pytest.mark.usefixtures("aida")
def test_the_database_holds_no_secret(identity, database):
    secret = identity.issue_token(EMAIL, PASSWORD).secret

    with database.reading() as connection:
        stored = connection.execute(select(grants)).one()

    assert secret not in str(stored)
    assert identity.principal_for_token(stored.secret_hash) is None


@pytest.mark.usefixtures("aida")
def test_a_token_runs_out(identity, clock):
    secret = identity.issue_token(EMAIL, PASSWORD).secret
    assert identity.principal_for_token(secret)

    clock.advance(seconds=43_200)

    assert identity.principal_for_token(secret) is None


@pytest.mark.usefixtures("aida")
def test_signing_out_ends_the_session(identity):
    secret = identity.sign_in(EMAIL, PASSWORD).secret
    assert identity.principal_for_session(secret)

    identity.sign_out(secret)

    assert identity.principal_for_session(secret) is None


@pytest.mark.usefixtures("aida")
def test_a_disabled_account_is_out_at_once_here_and_soon_elsewhere(
    identity, database, clock
):
    other_copy = a_copy(database, clock)
    secret = identity.issue_token(EMAIL, PASSWORD).secret
    assert other_copy.principal_for_token(secret)

    identity.disable(EMAIL)

    assert identity.principal_for_token(secret) is None
    clock.advance(seconds=5)
    assert other_copy.principal_for_token(secret) is None


@pytest.mark.usefixtures("aida")
def test_what_is_wrong_at_sign_in_is_not_told(identity):
    with pytest.raises(WrongCredentialsError) as wrong_password:
        identity.sign_in(EMAIL, "wrong")
    with pytest.raises(WrongCredentialsError) as no_account:
        identity.sign_in("nobody@demo.example", PASSWORD)
    identity.disable(EMAIL)
    with pytest.raises(WrongCredentialsError) as disabled:
        identity.sign_in(EMAIL, PASSWORD)

    said = {refusal.value.detail for refusal in (wrong_password, no_account, disabled)}
    assert len(said) == 1


@pytest.mark.parametrize("email", [EMAIL, "nobody@demo.example", "not an address"])
@pytest.mark.usefixtures("aida")
def test_guessing_is_throttled_for_a_while_whether_or_not_the_address_exists(
    identity, clock, email
):
    for _ in range(FAILURES_MAX):
        with pytest.raises(WrongCredentialsError):
            identity.sign_in(email, "guess")

    with pytest.raises(TooManyAttemptsError) as refusal:
        identity.sign_in(email, PASSWORD)

    assert 0 < refusal.value.facts["retry_after_seconds"] <= 901
    clock.advance(minutes=16)
    if email == EMAIL:
        assert identity.sign_in(email, PASSWORD)


@pytest.mark.usefixtures("aida")
def test_a_right_guess_among_many_wrong_ones_at_once_gains_nothing(
    database, identity, clock
):
    def verify_while_others_fail(function, *arguments):
        for _ in range(FAILURES_MAX):
            with pytest.raises(WrongCredentialsError):
                identity.sign_in(EMAIL, "guess")
        return function(*arguments)

    guesser = Identity(
        database, clock, SeededIdSource(clock, 8), run=verify_while_others_fail
    )

    with pytest.raises(TooManyAttemptsError):
        guesser.sign_in(EMAIL, PASSWORD)


@pytest.mark.usefixtures("aida")
def test_success_forgives_earlier_slips(identity):
    for _ in range(3):
        for _ in range(FAILURES_MAX - 1):
            with pytest.raises(WrongCredentialsError):
                identity.sign_in(EMAIL, "slip")
        identity.sign_in(EMAIL, PASSWORD)


@pytest.mark.usefixtures("aida")
def test_a_new_password_ends_what_the_old_one_opened(identity):
    secret = identity.sign_in(EMAIL, PASSWORD).secret

    identity.reset_password(EMAIL, "another four words")

    assert identity.principal_for_session(secret) is None
    with pytest.raises(WrongCredentialsError):
        identity.sign_in(EMAIL, PASSWORD)
    assert identity.sign_in(EMAIL, "another four words")


@pytest.mark.usefixtures("aida")
def test_an_enabled_account_signs_in_again(identity):
    identity.disable(EMAIL)
    identity.enable(EMAIL)

    assert identity.sign_in(EMAIL, PASSWORD)


def test_an_address_names_one_account(identity, aida):
    with pytest.raises(AccountExistsError):
        identity.create_account(aida.profile, PASSWORD)

    assert identity.accounts() == [aida]


def test_an_unknown_account_is_not_there(identity):
    with pytest.raises(NotFoundError):
        identity.disable("nobody@demo.example")


def test_the_chosen_language_is_kept(identity, aida):
    secret = identity.sign_in(EMAIL, PASSWORD).secret

    identity.set_language(aida.principal, "en")

    assert identity.principal_for_session(secret).language == "en"


def test_every_process_signs_cookies_with_the_same_key(identity, database, clock):
    assert identity.secret_key() == a_copy(database, clock).secret_key()
    assert len(identity.secret_key()) >= 64


@pytest.mark.usefixtures("aida")
def test_the_database_refuses_a_grant_that_never_began(database):
    with (
        pytest.raises(Exception, match="expires_after_it_begins"),
        database.writing() as connection,
    ):
        connection.execute(
            text(
                "INSERT INTO grants SELECT 'x', 'token', account_id, "
                "'2026-01-01', '2026-01-01' FROM accounts"
            )
        )
