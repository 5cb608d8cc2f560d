"""Tell what the programme needs, whenever that has changed."""

from services.distribution.application.ports import DistributionWork
from shared.contracts.distribution_v1 import NeedsPublished, ProductNeed


def publish_needs(work: DistributionWork) -> bool:
    """Announce the needs unless they are what was announced last.

    Gives whether there was news. Breast-milk substitutes are never among them.
    """
    today = work.today()
    work.needs.lock()
    items = work.needs.items(today)
    version, published = work.needs.published()
    if items == published:
        return False
    work.needs.keep(version + 1, today, items)
    told = tuple(ProductNeed(**item) for item in items)
    work.announce(NeedsPublished(version + 1, today, told))
    return True
