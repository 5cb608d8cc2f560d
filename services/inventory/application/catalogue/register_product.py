"""Keep a product in the catalogue, new or changed."""

from collections.abc import Sequence
from dataclasses import replace

from services.inventory.application.ports.work import Work
from services.inventory.domain.errors import GtinTakenError, ProductMalformedError
from services.inventory.domain.product import Product
from shared.contracts.inventory_v1 import Pack, ProductRegistered


def register_product(work: Work, product: Product) -> Product:
    """Store a product; the same again changes and says nothing."""
    return register_products(work, [product])[0]


def register_products(work: Work, products: Sequence[Product]) -> list[Product]:
    """Store products, all or none.

    Raises GtinTakenError when a trade item number belongs to another product.
    """
    known = work.catalogue.of_codes(product.product_code for product in products)
    _refuse_taken(work, products)
    return [
        _store(work, product, known.get(product.product_code)) for product in products
    ]


def _store(work: Work, product: Product, before: Product | None) -> Product:
    version = before.version if before else 0
    if before == replace(product, version=version):
        return before
    changed = replace(product, version=version + 1)
    work.catalogue.save(changed)
    work.announce(_fact(changed))
    return changed


def _refuse_taken(work: Work, products: Sequence[Product]) -> None:
    owners = dict(
        work.catalogue.codes_of_gtins(
            pack.gtin for product in products for pack in product.packs
        )
    )
    for product in products:
        for pack in product.packs:
            owner = owners.setdefault(pack.gtin, product.product_code)
            if owner != product.product_code:
                raise GtinTakenError(gtin=pack.gtin, product_code=owner)
        if len({pack.gtin for pack in product.packs}) < len(product.packs):
            raise ProductMalformedError("packs", "the same number stands there twice")


def _fact(product: Product) -> ProductRegistered:
    return ProductRegistered(
        product_code=product.product_code,
        version=product.version,
        category=product.category,
        names=dict(product.names),
        unit_of_issue=product.unit_of_issue,
        packs=tuple(Pack(str(pack.gtin), pack.quantity) for pack in product.packs),
        min_days_at_receipt=product.min_days_at_receipt,
        min_days_at_dispatch=product.min_days_at_dispatch,
        sensitivity=product.sensitivity,
        flags=product.flags,
    )
