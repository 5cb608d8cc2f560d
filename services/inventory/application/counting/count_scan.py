"""A count: onto its sheet when it names one, else into the books at once."""

from services.inventory.application.counting.count_on_sheet import count_on_sheet
from services.inventory.application.counting.count_stock import count_stock
from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.goods import Applied, ScannedGoods


def count_scan(work: Work, goods: ScannedGoods) -> Applied:
    """Take a count; only one without a sheet is booked as it comes."""
    if goods.line.count_sheet_number is not None:
        return count_on_sheet(work, goods)
    return count_stock(work, goods)
