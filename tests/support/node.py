"""Browser modules, bundled as browsers get them and asked in one Node process."""

import json
import subprocess
from pathlib import Path
from typing import Any

from shared.web import build_assets


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
        """Ask, and wait for the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def stop(self) -> None:
        """End it, as its input ends."""
        self._process.communicate(timeout=10)


def bundled(source: Path, target: Path, *options: str) -> Path:
    """Bundle a module as the pages get it, for Node where the options say so."""
    esbuild = build_assets.MODULES / "esbuild/bin/esbuild"
    ours = [*build_assets.ESBUILD_OPTIONS, "--entry-names=[name]", *options]
    command = [build_assets._tools().node, esbuild, source, *ours]
    place = [f"--outdir={target.parent}", f"--out-extension:.js={target.suffix}"]
    subprocess.run([*command, *place], check=True)
    return target.with_stem(source.stem)


def node_for(driver: Path, folder: Path, *arguments: str | Path) -> NodeProcess:
    """Start Node on a driver that waits for its lines."""
    build_assets.build()
    # drivers wait for their lines at the top level, which no page does
    newer = ("--platform=node", "--target=node20")
    bundle = bundled(driver, folder / "bundle.mjs", *newer)
    return NodeProcess(bundle, *arguments)
