"""Donors' webhooks: kept, noticed to be due, posted, and shown with every try.

What is told is what the donor's own page shows, compared with what was last told:
so the delay of domain/delay.py holds here too, and a replay tells nothing twice.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, Row, func, select

from services.donors.adapters.catalogue import Catalogue
from services.donors.adapters.posting import NotPostedError, post, written_out
from services.donors.adapters.reading import GiftReader, Sight, gifts_of
from services.donors.adapters.tables import changes
from services.donors.adapters.visit_tables import webhook_deliveries, webhooks
from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.version import Versions
from services.donors.domain.webhook import (
    SECRET_BYTES,
    TRIES_MAX,
    WEBHOOKS_MAX,
    TooManyWebhooksError,
    UnknownWebhookError,
    WebhookEndedError,
    checked_address,
    digest_of,
    pause_after,
    text_of,
)
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day
from shared.kernel.identity import IdSource

CLAIM_LASTS = timedelta(minutes=2)
SHOWN_MAX = 100
GOOD = range(200, 300)

log = structlog.get_logger()

Written = Callable[[GiftAccount, Catalogue], Mapping[str, Any]]
"""Writes one gift as ``GET /me/gifts`` does, in English."""

InThread = Callable[[Callable[[], int]], int]


class WebhookDesk:
    """Serves the webhooks of all donors; several copies share the work."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: IdSource,
        *,
        may_be_private: bool,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._may_be_private = may_be_private

    def of(self, donor_code: str) -> Sequence[Any]:
        """List a donor's webhooks, newest first; secrets are not among the columns."""
        w = webhooks.c
        query = (
            select(w.webhook_id, w.url, w.created_at, w.ended_at)
            .where(w.donor_code == donor_code)
            .order_by(w.created_at.desc(), w.webhook_id.desc())
        )
        with self._database.reading() as connection:
            return connection.execute(query).all()

    def given_up(self, donor_code: str) -> Mapping[UUID, int]:
        """Count what each living webhook missed that waits for its donor."""
        w, d = webhooks.c, webhook_deliveries.c
        query = (
            select(d.webhook_id, func.count())
            .join(webhooks, w.webhook_id == d.webhook_id)
            .where(w.donor_code == donor_code, w.ended_at.is_(None))
            .where(d.state == "failed")
            .group_by(d.webhook_id)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def begin(self, donor_code: str, url: str, written: Written) -> tuple[UUID, str]:
        """Begin to tell an address; give its id and its secret, this once.

        Raises UnfitWebhookAddressError and TooManyWebhooksError.
        """
        checked_address(url, may_be_private=self._may_be_private)
        webhook_id, secret = self._ids.new_id(), secrets.token_urlsafe(SECRET_BYTES)
        with self._database.writing() as connection:
            if _alive(connection, donor_code) >= WEBHOOKS_MAX:
                raise TooManyWebhooksError
            bodies = self._bodies(connection, donor_code, written)
            connection.execute(
                webhooks.insert().values(
                    webhook_id=webhook_id,
                    donor_code=donor_code,
                    url=url,
                    secret=secret,
                    created_at=self._clock.now(),
                    version=self._version(connection, donor_code),
                    told={number: digest_of(body) for number, body in bodies.items()},
                )
            )
        return webhook_id, secret

    def end(self, donor_code: str, webhook_id: UUID) -> None:
        """Tell an address nothing more. Raises UnknownWebhookError."""
        with self._database.writing() as connection:
            _own(connection, donor_code, webhook_id)
            connection.execute(
                webhooks.update()
                .where(webhooks.c.webhook_id == webhook_id)
                .values(ended_at=func.coalesce(webhooks.c.ended_at, self._clock.now()))
            )

    def deliveries(self, donor_code: str, webhook_id: UUID) -> Sequence[Row[Any]]:
        """List the newest deliveries of a webhook. Raises UnknownWebhookError."""
        d = webhook_deliveries.c
        query = (
            select(webhook_deliveries)
            .where(d.webhook_id == webhook_id)
            .order_by(d.created_at.desc(), d.delivery_id.desc())
            .limit(SHOWN_MAX)
        )
        with self._database.reading() as connection:
            _own(connection, donor_code, webhook_id)
            return connection.execute(query).all()

    def send_again(self, donor_code: str, webhook_id: UUID, delivery_id: UUID) -> None:
        """Post a delivery again, with the same id.

        Raises UnknownWebhookError and WebhookEndedError.
        """
        d = webhook_deliveries.c
        with self._database.writing() as connection:
            if _own(connection, donor_code, webhook_id).ended_at is not None:
                raise WebhookEndedError
            again = (
                webhook_deliveries.update()
                .where(d.delivery_id == delivery_id, d.webhook_id == webhook_id)
                .values(
                    state="waiting",
                    tries=0,
                    next_try_at=self._clock.now(),
                    ended_at=None,
                )
            )
            if connection.execute(again).rowcount == 0:
                raise UnknownWebhookError

    def notice(self, written: Written) -> int:
        """Queue what changed on donors' pages since it was last told; count it."""
        alive = select(webhooks).where(webhooks.c.ended_at.is_(None))
        with self._database.writing() as connection:
            rows = connection.execute(alive.with_for_update(skip_locked=True)).all()
            return sum(self._notice(connection, row, written) for row in rows)

    def _notice(self, connection: Connection, row: Row[Any], written: Written) -> int:
        version = self._version(connection, row.donor_code)
        if version == row.version:
            return 0
        bodies = self._bodies(connection, row.donor_code, written)
        digests = {number: digest_of(body) for number, body in bodies.items()}
        news = [number for number in bodies if digests[number] != row.told.get(number)]
        for number in news:
            self._queue(connection, row.webhook_id, number, bodies[number])
        connection.execute(
            webhooks.update()
            .where(webhooks.c.webhook_id == row.webhook_id)
            .values(version=version, told=digests)
        )
        return len(news)

    def _queue(
        self,
        connection: Connection,
        webhook_id: UUID,
        gift_number: str,
        gift: Mapping[str, Any],
    ) -> None:
        delivery_id, now = self._ids.new_id(), self._clock.now()
        body = {"event": "gift_changed", "delivery_id": str(delivery_id), "gift": gift}
        connection.execute(
            webhook_deliveries.insert().values(
                delivery_id=delivery_id,
                webhook_id=webhook_id,
                gift_number=gift_number,
                body=text_of(body),
                created_at=now,
                state="waiting",
                tries=0,
                next_try_at=now,
            )
        )

    def deliver_due(self, in_thread: InThread) -> int:
        """Post what is due, each by one copy; give how many were taken."""
        taken = 0
        while claim := self._claim():
            taken += self._deliver(claim, in_thread)
        return taken

    def _claim(self) -> Row[Any] | None:
        """Take one delivery; the next try is put off, should this copy end now."""
        d, now = webhook_deliveries.c, self._clock.now()
        due = (
            select(webhook_deliveries, webhooks.c.url, webhooks.c.secret)
            .join(webhooks, webhooks.c.webhook_id == d.webhook_id)
            .where(d.state == "waiting", d.next_try_at <= now)
            .where(webhooks.c.ended_at.is_(None))
            .order_by(d.next_try_at, d.delivery_id)
            .limit(1)
            .with_for_update(skip_locked=True, of=webhook_deliveries)
        )
        with self._database.writing() as connection:
            row = connection.execute(due).one_or_none()
            if row is not None:
                values = {"tries": row.tries + 1, "next_try_at": now + CLAIM_LASTS}
                _note(connection, row, row.tries, values)
        return row

    def _deliver(self, claim: Row[Any], in_thread: InThread) -> bool:
        letter = written_out(claim, int(self._clock.now().timestamp()))
        may_be_private = self._may_be_private
        status, problem = None, None
        try:
            status = in_thread(lambda: post(letter, may_be_private=may_be_private))
        except NotPostedError as refusal:
            problem = str(refusal)
        is_taken = status in GOOD
        log.info("webhook_posted", taken=is_taken, status=status, problem=problem)
        values = self._outcome(claim.tries + 1, is_taken=is_taken)
        with self._database.writing() as connection:
            told = {"last_status": status, "last_problem": problem}
            _note(connection, claim, claim.tries + 1, values | told)
        return is_taken

    def _outcome(self, tries: int, *, is_taken: bool) -> dict[str, Any]:
        now = self._clock.now()
        if is_taken:
            return {"state": "delivered", "ended_at": now}
        if tries >= TRIES_MAX:
            return {"state": "failed", "ended_at": now}
        return {"next_try_at": now + pause_after(tries)}

    def _version(self, connection: Connection, donor_code: str) -> str:
        query = select(changes.c.version).where(changes.c.donor_code == donor_code)
        counters = {donor_code: connection.scalar(query) or 0}
        return Versions(local_day(self._clock.now()), counters).of(donor_code)

    def _bodies(
        self, connection: Connection, donor_code: str, written: Written
    ) -> Mapping[str, Mapping[str, Any]]:
        rows = gifts_of(connection, donor_code)
        reader = GiftReader(connection, local_day(self._clock.now()))
        catalogue = Catalogue(connection)
        return {
            account.gift_number: written(account, catalogue)
            for account in reader.accounts(rows, Sight.DONOR)
        }


def _alive(connection: Connection, donor_code: str) -> int:
    query = select(func.count()).where(
        webhooks.c.donor_code == donor_code, webhooks.c.ended_at.is_(None)
    )
    return connection.scalar(query) or 0


def _own(connection: Connection, donor_code: str, webhook_id: UUID) -> Row[Any]:
    """Refuse what is another's like what does not exist."""
    query = select(webhooks.c.ended_at).where(
        webhooks.c.webhook_id == webhook_id, webhooks.c.donor_code == donor_code
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownWebhookError
    return row


def _note(
    connection: Connection, delivery: Row[Any], tries: int, values: Mapping[str, Any]
) -> None:
    """Change a delivery, unless it was sent again or tried elsewhere meanwhile."""
    d = webhook_deliveries.c
    connection.execute(
        webhook_deliveries.update()
        .where(d.delivery_id == delivery.delivery_id)
        .where(d.state == "waiting", d.tries == tries)
        .values(**values)
    )
