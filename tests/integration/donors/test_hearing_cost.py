"""What a receipt's two messages ask of the donors' database."""

from services.donors.domain.happening import HappeningKind
from shared.contracts.inventory_v1 import GoodsReceived
from tests.integration.donors.programme import SOAP, a_lot, named
from tests.support.statements import asking

STATEMENTS_MAX = 14


def a_receipt(gift):
    return GoodsReceived(
        movement_id=named("movement"),
        grn_number="GRN-1",
        lot_id=named("lot"),
        product_code=SOAP,
        gift_number=gift,
        quantity=10,
    )


def test_a_receipt_is_one_commit_of_few_statements(donors, programme):
    programme.has_products()
    programme.registers("ORCHARD")
    gift = programme.gift_of("ORCHARD")
    programme.hears(a_lot("lot", 1, gift))

    with asking(donors.database) as asked:
        programme.hears(a_lot("lot", 2, gift), a_receipt(gift))

    assert asked.commits == 1
    assert len(asked.statements) <= STATEMENTS_MAX, asked.statements
    story = donors.queries.book("ORCHARD").story
    assert [each.kind for each in story] == [HappeningKind.RECEIVED]
