"""Put a code into the catalogue because a person said what it is."""

from dataclasses import replace

from services.inventory.application.catalogue.register_product import register_product
from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.read_scans import ReadScan
from services.inventory.domain.case_code import inner_item, is_case
from services.inventory.domain.product import Pack, Product
from shared.kernel.gs1 import GTIN


def is_unknown(work: Work, scan: ReadScan) -> bool:
    """Tell whether a scan has a trade item number that the catalogue lacks."""
    return scan.gtin is not None and not work.catalogue.codes_of_gtins([scan.gtin])


def learn_code(work: Work, scan: ReadScan) -> bool:
    """Add the code of a scan to the product a person named, or whose case it is.

    It means one unit unless they said how many; of a case they have to say. Says
    whether it was learnt: not a number that means something only inside another
    company (DOMAIN.md 1.1), and nothing for a product that nobody knows.
    """
    product, quantity = _named(work, scan), _units(scan)
    if product is None or quantity is None or scan.gtin is None:
        return False
    gtin = GTIN(scan.gtin)
    if gtin.is_restricted or not is_unknown(work, scan):
        return False
    packs = (*product.packs, Pack(gtin, quantity))
    register_product(work, replace(product, packs=packs))
    return True


def _named(work: Work, scan: ReadScan) -> Product | None:
    code = scan.line.product_code
    item = inner_item(scan.gtin) if scan.gtin else None
    if code is None and item is not None:
        code = work.catalogue.codes_of_gtins([item]).get(item)
    return work.catalogue.of_codes([code]).get(code) if code else None


def _units(scan: ReadScan) -> int | None:
    said = scan.line.pack_quantity
    return said if said or not scan.gtin or is_case(scan.gtin) else 1
