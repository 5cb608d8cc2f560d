"""What pages of the gate decide by, bundled as browsers get it and asked in Node."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.node import node_for

DRIVER = Path(__file__).with_name("field_driver.js")


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    node = node_for(DRIVER, tmp_path_factory.mktemp("field"))

    def ask(part: str, call: str, *given: Any) -> Any:
        return node.ask({"part": part, "call": call, "given": given})

    yield ask
    node.stop()
