"""Recipes and kit lots in SQL, to write and to read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, literal, or_, select

from services.inventory.adapters.kits.tables import KIT_CONTENTS, KIT_LOTS, KIT_RECIPES
from services.inventory.adapters.ledger_rows import lot_of
from services.inventory.adapters.tables import (
    BALANCES,
    LOCATIONS,
    LOTS,
    PRODUCTS,
    STANDING,
)
from services.inventory.application.ports.kits import (
    BuiltKits,
    ContentView,
    KitLotView,
)
from services.inventory.domain.kit import FreeUnits, Recipe, in_turn
from services.inventory.domain.ledger import STORAGE
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import location, place_of
from shared.database.database import Database

_RECIPES = select(KIT_RECIPES).order_by(KIT_RECIPES.c.version.desc())
_ACCOUNT: ColumnElement[str] = literal(location("")) + LOCATIONS.c.location_code
_LOT = (
    LOTS.c.product_code,
    LOTS.c.lot_number,
    LOTS.c.expires_on,
    LOTS.c.gift_number,
    LOTS.c.hold,
)


class SqlKits:
    """The port ``Kits`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def recipe(self, product_code: str) -> Recipe | None:
        """Give the newest recipe of a product; None when it never had one."""
        newest = _RECIPES.where(KIT_RECIPES.c.product_code == product_code).limit(1)
        row = self._connection.execute(newest).first()
        return None if row is None else _recipe(row)

    def lock_recipe(self, product_code: str) -> Recipe | None:
        """Give it with its product locked, which there is also before the first."""
        product = select(PRODUCTS.c.product_code).with_for_update()
        is_it = PRODUCTS.c.product_code == product_code
        self._connection.execute(product.where(is_it))
        return self.recipe(product_code)

    def save_recipe(self, recipe: Recipe, *, set_by: str, set_at: datetime) -> None:
        """Store a version of a recipe."""
        self._connection.execute(
            KIT_RECIPES.insert().values(
                product_code=recipe.product_code,
                version=recipe.version,
                components=dict(recipe.components),
                set_by=set_by,
                set_at=set_at,
            )
        )

    def add(self, built: BuiltKits) -> None:
        """Store a kit lot and the contents of each of its kits."""
        self._connection.execute(
            KIT_LOTS.insert().values(
                kit_lot_id=built.kit_lot_id,
                recipe_version=built.recipe_version,
                built=built.built,
                built_at=built.built_at,
                built_by=built.built_by,
                other_lot_reason=built.other_lot_reason,
            )
        )
        self._connection.execute(
            KIT_CONTENTS.insert(),
            [
                {"kit_lot_id": built.kit_lot_id, "lot_id": lot_id, "quantity": quantity}
                for lot_id, quantity in built.contents.items()
            ],
        )

    def contents(self, kit_lot_id: UUID) -> Mapping[UUID, int]:
        """Give the units of each lot in one kit; empty for what is no kit lot."""
        query = select(KIT_CONTENTS.c.lot_id, KIT_CONTENTS.c.quantity).where(
            KIT_CONTENTS.c.kit_lot_id == kit_lot_id
        )
        rows = self._connection.execute(query.order_by(KIT_CONTENTS.c.lot_id))
        return {row.lot_id: row.quantity for row in rows}

    def containing(self, lot_ids: Sequence[UUID]) -> Sequence[UUID]:
        """Name the kit lots that hold units of any of some lots, by id."""
        query = (
            select(KIT_CONTENTS.c.kit_lot_id)
            .distinct()
            .where(KIT_CONTENTS.c.lot_id.in_(list(lot_ids)))
        )
        return sorted(self._connection.execute(query).scalars())

    def free_lots(self, product_codes: Sequence[str]) -> Sequence[UUID]:
        """Name the lots of products that stand in storage, to be opened."""
        query = (
            select(BALANCES.c.lot_id)
            .distinct()
            .join(LOCATIONS, BALANCES.c.account == _ACCOUNT)
            .where(STANDING, LOCATIONS.c.kind == STORAGE)
            .where(BALANCES.c.product_code.in_(list(product_codes)))
        )
        return sorted(self._connection.execute(query).scalars())


class SqlKitQueries:
    """The port ``KitQueries``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recipes(self) -> Mapping[str, Recipe]:
        """Give the newest recipe of every kit that has one, by product."""
        with self._database.reading() as connection:
            rows = connection.execute(_RECIPES).all()
        return {row.product_code: _recipe(row) for row in reversed(rows)}

    def kit_lots(
        self, product_code: str | None = None, *, limit: int
    ) -> Sequence[KitLotView]:
        """List kit lots, the newest first."""
        query = _kit_lots().limit(limit)
        if product_code:
            query = query.where(LOTS.c.product_code == product_code)
        return self._read(query)

    def kit_lot(self, kit_lot_id: UUID) -> KitLotView | None:
        """Give one; None for what is no kit lot."""
        return next(
            iter(self._read(_kit_lots().where(KIT_LOTS.c.kit_lot_id == kit_lot_id))),
            None,
        )

    def free(
        self, product_codes: Sequence[str], today: date
    ) -> Mapping[str, Mapping[Lot, int]]:
        """Count the units of each lot that may go into kits now, in their turn."""
        lasts = or_(LOTS.c.expires_on.is_(None), LOTS.c.expires_on >= today)
        units = BALANCES.c.on_hand - BALANCES.c.reserved
        query = (
            select(LOTS, BALANCES.c.account, units.label("units"))
            .join(BALANCES, LOTS.c.lot_id == BALANCES.c.lot_id)
            .join(LOCATIONS, BALANCES.c.account == _ACCOUNT)
            .where(STANDING, LOCATIONS.c.kind == STORAGE, lasts, units > 0)
            .where(LOTS.c.hold == LotStatus.RELEASED, LOTS.c.awaits_gift.is_(False))
            .where(BALANCES.c.product_code.in_(list(product_codes)))
        )
        with self._database.reading() as connection:
            return in_turn(
                FreeUnits(lot_of(row), place_of(row.account), row.units)
                for row in connection.execute(query)
            )

    def _read(self, query: Any) -> list[KitLotView]:
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            ids = [row.kit_lot_id for row in rows]
            contents, places = _contents(connection, ids), _places(connection, ids)
        return [
            KitLotView(
                kit_lot_id=row.kit_lot_id,
                product_code=row.product_code,
                lot_number=row.lot_number,
                expires_on=row.expires_on,
                earmark=row.earmark,
                status=row.hold,
                built=row.built,
                built_at=row.built_at,
                places=places[row.kit_lot_id],
                contents=contents[row.kit_lot_id],
                other_lot_reason=row.other_lot_reason,
            )
            for row in rows
        ]


def _recipe(row: Any) -> Recipe:
    return Recipe(row.product_code, row.components, row.version)


def _kit_lots() -> Any:
    return (
        select(KIT_LOTS, *_LOT, LOTS.c.earmark)
        .join(LOTS, LOTS.c.lot_id == KIT_LOTS.c.kit_lot_id)
        .order_by(KIT_LOTS.c.built_at.desc(), LOTS.c.lot_number.desc())
    )


def _contents(
    connection: Connection, kit_lot_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[ContentView]]:
    query = (
        select(KIT_CONTENTS, *_LOT)
        .join(LOTS, LOTS.c.lot_id == KIT_CONTENTS.c.lot_id)
        .where(KIT_CONTENTS.c.kit_lot_id.in_(list(kit_lot_ids)))
        .order_by(LOTS.c.product_code, LOTS.c.lot_number)
    )
    contents: dict[UUID, list[ContentView]] = defaultdict(list)
    for row in connection.execute(query):
        view = ContentView(
            lot_id=row.lot_id,
            product_code=row.product_code,
            lot_number=row.lot_number,
            expires_on=row.expires_on,
            gift_number=row.gift_number,
            quantity=row.quantity,
            status=row.hold,
        )
        contents[row.kit_lot_id].append(view)
    return contents


def _places(
    connection: Connection, kit_lot_ids: Sequence[UUID]
) -> Mapping[UUID, Mapping[str, int]]:
    query = select(BALANCES.c.lot_id, BALANCES.c.account, BALANCES.c.on_hand).where(
        STANDING, BALANCES.c.lot_id.in_(list(kit_lot_ids))
    )
    places: dict[UUID, dict[str, int]] = defaultdict(dict)
    for lot_id, account, on_hand in connection.execute(query):
        places[lot_id][place_of(account)] = on_hand
    return places
