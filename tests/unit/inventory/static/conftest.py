"""The browser's decoder, bundled as browsers get it and asked in one Node process."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.web import build_assets

DRIVER = Path(__file__).with_name("decoder_driver.js")


class BrowserDecoder:
    """Calls the decoder's functions; one JSON line each way."""

    def __init__(self, node: str, bundle: Path) -> None:
        self._process = subprocess.Popen(
            [node, bundle],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def decode(self, raw: str, today: str, *substitutes: str) -> dict[str, Any]:
        options = {"today": today, "substitutes": substitutes}
        answer: dict[str, Any] = self._call("decode", raw=raw, options=options)
        return answer

    def combine(self, raw: str, second: str, today: str) -> dict[str, Any]:
        options = {"today": today}
        answer: dict[str, Any] = self._call(
            "combine", raw=raw, second=second, options=options
        )
        return answer

    def without_secrets(self, raw: str, *substitutes: str) -> str:
        options = {"substitutes": substitutes}
        return str(self._call("withoutSecrets", raw=raw, options=options))

    def stop(self) -> None:
        self._process.communicate(timeout=10)

    def _call(self, call: str, **asked: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"call": call, **asked}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def bundled(source: Path, target: Path, *options: str) -> Path:
    """Bundle a module as the pages get it, but for Node."""
    esbuild = build_assets.MODULES / "esbuild/bin/esbuild"
    command = [build_assets._tools().node, esbuild, source, f"--outfile={target}"]
    ours = [*build_assets.ESBUILD_OPTIONS, "--entry-names=[name]", *options]
    subprocess.run([*command, *ours], check=True)
    return target


@pytest.fixture(scope="session")
def decoder_bytes(tmp_path_factory: pytest.TempPathFactory) -> int:
    """The weight of the decoder alone, minified."""
    build_assets.build()
    source = build_assets.ROOT / "services/inventory/static/parts/gs1/index.js"
    target = tmp_path_factory.mktemp("weight") / "decoder.js"
    return bundled(source, target).stat().st_size


@pytest.fixture(scope="session")
def browser_decoder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    build_assets.build()
    bundle = tmp_path_factory.mktemp("decoder") / "decoder.mjs"
    bundled(DRIVER, bundle, "--platform=node")
    decoder = BrowserDecoder(build_assets._tools().node, bundle)
    yield decoder
    decoder.stop()
