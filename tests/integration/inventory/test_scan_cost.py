"""What a scanned line asks of inventory's database, so that it cannot creep back."""

from tests.support.statements import asking

SOAP = {"product_code": "HYG-SOAP-B", "lot_number": "L1", "expires_on": "2029-12-31"}
STATEMENTS_MAX = 14


def test_a_scanned_line_is_one_commit_of_few_statements(warehouse):
    warehouse.receive(**SOAP)

    with asking(warehouse.database) as asked:
        warehouse.receive(**SOAP)

    assert asked.commits == 1
    assert len(asked.statements) <= STATEMENTS_MAX, asked.statements


def test_two_hundred_lines_ask_as_much_as_one(warehouse):
    warehouse.receive(**SOAP)
    lines = [warehouse.line(**SOAP) for _ in range(200)]

    with asking(warehouse.database) as asked:
        answers = warehouse.scan(*lines)

    assert {answer["status"] for answer in answers} == {"applied"}
    assert asked.commits == 1
    assert len(asked.statements) <= STATEMENTS_MAX, asked.statements


def test_a_receipt_opens_the_lots_of_its_own_gift_alone(warehouse):
    """Else two who receive the same number of two gifts wait for each other."""
    for gift_number in ("G-2026-0001", "G-2026-0002"):
        warehouse.announce(gift_number)
        warehouse.receive(gift_number=gift_number, **SOAP)

    with warehouse.working() as work:
        mine = work.lots.numbered("HYG-SOAP-B", "L1", "G-2026-0001")
        opened = [each.lot.lot_id for each in work.ledger.opened()]
        of_any_gift = work.lots.numbered("HYG-SOAP-B", "L1")

    assert len(mine) == 1
    assert opened == list(mine)
    assert set(mine) < set(of_any_gift)
