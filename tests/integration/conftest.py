"""What every test with a site stands on."""

import pytest

from shared.web.build_assets import build


@pytest.fixture(scope="session", autouse=True)
def _browser_parts() -> None:
    """Pages name built files; a fraction of a second when nothing changed."""
    build()
