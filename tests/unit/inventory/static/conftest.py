"""Browser modules, bundled as browsers get them and asked in one Node process."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.web import build_assets

HERE = Path(__file__).parent
PARTS = build_assets.ROOT / "services/inventory/static/parts"
DECODER_OF_PICTURES = "zxing-wasm/dist/reader/zxing_reader.wasm"


class NodeProcess:
    """Answers one JSON line with one JSON line."""

    def __init__(self, bundle: Path, *arguments: str | Path) -> None:
        self._process = subprocess.Popen(
            [build_assets._tools().node, bundle, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, question: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def stop(self) -> None:
        self._process.communicate(timeout=10)


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


def bundled(source: Path, target: Path, *options: str) -> Path:
    """Bundle a module as the pages get it, for Node where the options say so."""
    esbuild = build_assets.MODULES / "esbuild/bin/esbuild"
    ours = [*build_assets.ESBUILD_OPTIONS, "--entry-names=[name]", *options]
    command = [build_assets._tools().node, esbuild, source, *ours]
    place = [f"--outdir={target.parent}", f"--out-extension:.js={target.suffix}"]
    subprocess.run([*command, *place], check=True)
    return target.with_stem(source.stem)


@pytest.fixture(scope="session")
def start_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a driver of this folder; it ends with the tests."""
    build_assets.build()
    started: list[NodeProcess] = []

    def start(driver: str, *arguments: str | Path) -> NodeProcess:
        target = tmp_path_factory.mktemp("node") / "bundle.mjs"
        # drivers wait for their lines at the top level, which no page does
        newer = ("--platform=node", "--target=node20")
        bundle = bundled(HERE / driver, target, *newer)
        started.append(NodeProcess(bundle, *arguments))
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
