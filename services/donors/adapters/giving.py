"""SQL of values, receipts, thanks, ended pledges and contracts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from services.donors.adapters.giving_tables import (
    contracts,
    gift_funding,
    gift_values,
    pledge_ends,
    receipts,
    thanks,
)
from services.donors.adapters.reading import GiftReader, Sight
from services.donors.adapters.tables import gifts, pledges
from services.donors.application.giving_ports import Promised, Receipt, ReceiptLine
from services.donors.domain.contract import Contract, FundingSource
from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.promise import PledgeState
from services.donors.domain.value import Basis, Rate, UnitValue
from shared.database.upsert import insert_if_new, insert_or_update
from shared.kernel.clock import local_day


class SqlGiving:
    """The port ``Giving``, in one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def account(self, gift_number: str) -> GiftAccount | None:
        """Give a gift as its donor may see it today."""
        query = select(gifts).where(gifts.c.gift_number == gift_number)
        rows = self._connection.execute(query).all()
        reader = GiftReader(self._connection, local_day(self._now))
        return next(iter(reader.accounts(rows, Sight.DONOR)), None)

    def values(self, gift_number: str) -> Mapping[str, UnitValue]:
        """Give the value of one unit by product."""
        return values_of(self._connection, [gift_number]).get(gift_number, {})

    def set_value(self, gift_number: str, product_code: str, value: UnitValue) -> None:
        """Keep a value in place of the one before."""
        key = {"gift_number": gift_number, "product_code": product_code}
        row = {**key, **_value_row(value), "recorded_at": self._now}
        insert_or_update(self._connection, gift_values, row)

    def newest_receipt(self, gift_number: str) -> Receipt | None:
        """Give the receipt that was issued last."""
        query = select(receipts).where(receipts.c.gift_number == gift_number)
        order = receipts.c.issued_at.desc(), receipts.c.receipt_number.desc()
        row = self._connection.execute(query.order_by(*order).limit(1)).one_or_none()
        return None if row is None else receipt_of(row)

    def add_receipt(self, receipt: Receipt) -> None:
        """Keep a receipt as it was issued."""
        self._connection.execute(
            receipts.insert().values(
                receipt_number=receipt.receipt_number,
                gift_number=receipt.gift_number,
                donor_code=receipt.donor_code,
                donor_name=receipt.donor_name,
                issued_at=receipt.issued_at,
                replaces=receipt.replaces,
                lines=[_line_row(line) for line in receipt.lines],
                refused=[list(each) for each in receipt.refused],
            )
        )

    def thank(self, gift_number: str, way: str, account: str) -> bool:
        """Note thanks; False if they were given before."""
        row = {
            "gift_number": gift_number,
            "way": way,
            "account": account,
            "thanked_at": self._now,
        }
        return insert_if_new(self._connection, thanks, row)

    def way_of_thanks(self, gift_number: str) -> str | None:
        """Say how a gift was thanked for; null when it was not."""
        query = select(thanks.c.way).where(thanks.c.gift_number == gift_number)
        way: str | None = self._connection.scalar(query)
        return way

    def unthank(self, gift_number: str) -> None:
        """Drop the note of thanks."""
        self._connection.execute(
            thanks.delete().where(thanks.c.gift_number == gift_number)
        )

    def pledge_of(self, pledge_number: str) -> Promised | None:
        """Give where a pledge stands, held until the work ends."""
        row = self._connection.execute(
            select(pledges.c.donor_code, pledges.c.due_on)
            .where(pledges.c.pledge_number == pledge_number)
            .with_for_update()
        ).one_or_none()
        if row is None:
            return None
        outcome = self._connection.scalar(
            select(pledge_ends.c.outcome).where(
                pledge_ends.c.pledge_number == pledge_number
            )
        )
        return Promised(row.donor_code, row.due_on, outcome)

    def move_pledge(self, pledge_number: str, due_on: date | None) -> None:
        """Keep another day of a pledge."""
        self._connection.execute(
            pledges.update()
            .where(pledges.c.pledge_number == pledge_number)
            .values(due_on=due_on)
        )

    def end_pledge(
        self, pledge_number: str, outcome: PledgeState, gift_number: str | None
    ) -> None:
        """Note how a pledge ended."""
        self._connection.execute(
            pledge_ends.insert().values(
                pledge_number=pledge_number,
                outcome=outcome.value,
                gift_number=gift_number,
                ended_at=self._now,
            )
        )

    def reopen_pledge(self, pledge_number: str) -> None:
        """Drop the note of how a pledge ended."""
        self._connection.execute(
            pledge_ends.delete().where(pledge_ends.c.pledge_number == pledge_number)
        )

    def contract(self, contract_number: str) -> Contract | None:
        """Find a contract."""
        query = select(contracts).where(contracts.c.contract_number == contract_number)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else contract_of(row)

    def add_contract(self, contract: Contract) -> None:
        """Keep a new contract."""
        self._connection.execute(
            contracts.insert().values(
                contract_number=contract.contract_number,
                donor_code=contract.donor_code,
                source=contract.source.value,
                title=contract.title,
                starts_on=contract.starts_on,
                ends_on=contract.ends_on,
                amount=None if contract.amount is None else str(contract.amount),
                currency=contract.currency,
                recorded_at=self._now,
            )
        )

    def gifts_paid_by(self, contract_number: str) -> int:
        """Count the gifts that are booked to a contract."""
        query = select(func.count()).where(
            gift_funding.c.contract_number == contract_number
        )
        return self._connection.scalar(query) or 0

    def drop_contract(self, contract_number: str) -> None:
        """Delete a contract."""
        self._connection.execute(
            contracts.delete().where(contracts.c.contract_number == contract_number)
        )

    def fund(self, gift_number: str, contract_number: str | None) -> None:
        """Book a gift to a contract, or to none."""
        if contract_number is None:
            self._connection.execute(
                gift_funding.delete().where(gift_funding.c.gift_number == gift_number)
            )
            return
        row = {"gift_number": gift_number, "contract_number": contract_number}
        insert_or_update(self._connection, gift_funding, row)


def values_of(
    connection: Connection, gift_numbers: Sequence[str]
) -> Mapping[str, Mapping[str, UnitValue]]:
    """Give the values of gifts, by gift and product."""
    query = select(gift_values).where(gift_values.c.gift_number.in_(gift_numbers))
    found: dict[str, dict[str, UnitValue]] = {}
    for row in connection.execute(query).mappings():
        of_gift = found.setdefault(row["gift_number"], {})
        of_gift[row["product_code"]] = value_of(row)
    return found


def receipt_of(row: Any) -> Receipt:
    """Read a receipt from its row."""
    return Receipt(
        receipt_number=row.receipt_number,
        gift_number=row.gift_number,
        donor_code=row.donor_code,
        donor_name=row.donor_name,
        issued_at=row.issued_at,
        replaces=row.replaces,
        lines=[_line_of(line) for line in row.lines],
        refused=[(code, quantity, reason) for code, quantity, reason in row.refused],
    )


def contract_of(row: Any) -> Contract:
    """Read a contract from its row."""
    return Contract(
        contract_number=row.contract_number,
        donor_code=row.donor_code,
        source=FundingSource(row.source),
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        amount=None if row.amount is None else Decimal(row.amount),
        currency=row.currency,
    )


def _value_row(value: UnitValue) -> dict[str, Any]:
    rate = value.rate
    return {
        "amount": str(value.amount),
        "currency": value.currency,
        "basis": value.basis.value,
        "rate": str(rate.tenge) if rate else None,
        "rate_source": rate.source if rate else None,
        "rate_on": rate.on if rate else None,
    }


def value_of(row: Any) -> UnitValue:
    """Read a value from its row, or from a line of a receipt."""
    rate = None
    if row["rate"] is not None:
        rate = Rate(Decimal(row["rate"]), row["rate_source"], _day(row["rate_on"]))
    amount, basis = Decimal(row["amount"]), Basis(row["basis"])
    return UnitValue(amount, row["currency"], basis, rate)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _line_row(line: ReceiptLine) -> dict[str, Any]:
    row: dict[str, Any] = {
        "product_code": line.product_code,
        "quantity": line.quantity,
        "value": None,
    }
    if line.value:
        row["value"] = _value_row(line.value)
        if line.value.rate:
            row["value"]["rate_on"] = line.value.rate.on.isoformat()
    return row


def _line_of(row: Mapping[str, Any]) -> ReceiptLine:
    value = value_of(row["value"]) if row["value"] else None
    return ReceiptLine(row["product_code"], row["quantity"], value)
