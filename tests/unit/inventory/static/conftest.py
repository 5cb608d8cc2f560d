"""Browser modules, bundled as browsers get them and asked in one Node process."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.web import build_assets
from tests.support.node import NodeProcess, bundled, node_for

HERE = Path(__file__).parent
PARTS = build_assets.ROOT / "services/inventory/static/parts"
DECODER_OF_PICTURES = "zxing-wasm/dist/reader/zxing_reader.wasm"


class BrowserDecoder:
    """The three functions of ``parts/gs1/index.js``."""

    def __init__(self, node: NodeProcess) -> None:
        self._node = node

    def decode(self, raw: str, today: str, *substitutes: str) -> dict[str, Any]:
        options = {"today": today, "substitutes": substitutes}
        question = {"call": "decode", "raw": raw, "options": options}
        answer: dict[str, Any] = self._node.ask(question)
        return answer

    def combine(self, raw: str, second: str, today: str) -> dict[str, Any]:
        question = {"call": "combine", "raw": raw, "second": second}
        answer: dict[str, Any] = self._node.ask(
            {**question, "options": {"today": today}}
        )
        return answer

    def without_secrets(self, raw: str, *substitutes: str) -> str:
        question = {"call": "withoutSecrets", "raw": raw}
        return str(
            self._node.ask({**question, "options": {"substitutes": substitutes}})
        )


@pytest.fixture(scope="session")
def start_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a driver of this folder; it ends with the tests."""
    started: list[NodeProcess] = []

    def start(driver: str, *arguments: str | Path) -> NodeProcess:
        folder = tmp_path_factory.mktemp("node")
        started.append(node_for(HERE / driver, folder, *arguments))
        return started[-1]

    yield start
    for process in started:
        process.stop()


@pytest.fixture(scope="session")
def browser_decoder(start_node: Callable[..., NodeProcess]) -> BrowserDecoder:
    return BrowserDecoder(start_node("decoder_driver.js"))


@pytest.fixture(scope="session")
def picture_reader(start_node: Callable[..., NodeProcess]) -> NodeProcess:
    return start_node("reader_driver.js", build_assets.MODULES / DECODER_OF_PICTURES)


@pytest.fixture(scope="session")
def sightings(start_node: Callable[..., NodeProcess]) -> NodeProcess:
    return start_node("sightings_driver.js")


@pytest.fixture(scope="session")
def decoder_bytes(tmp_path_factory: pytest.TempPathFactory) -> int:
    """The weight of the decoder alone, minified."""
    build_assets.build()
    target = tmp_path_factory.mktemp("weight") / "decoder.js"
    return bundled(PARTS / "gs1/index.js", target).stat().st_size
