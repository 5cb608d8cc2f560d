"""What every integration test of the shared ground cleans up."""

from collections.abc import Iterator

import pytest

from tests.support import service


@pytest.fixture(autouse=True)
def _closed_databases() -> Iterator[None]:
    yield
    service.close_all()
