"""What every test run shares: which tests are left out where, and the lines that say so."""

import os
from collections.abc import Sequence

import pytest
from hypothesis import settings

from tests.public_data import PUBLIC_DATA

pytest_plugins = ["tests.neo4j_fixtures"]

# Nothing of the user's own configuration may reach a test.
for _name in [name for name in os.environ if name.startswith("TIERSCOPE_") and not name.startswith("TIERSCOPE_TEST_")]:
    del os.environ[_name]
os.environ["HF_HUB_OFFLINE"] = "1"

# Timing never decides a test; the same examples on every machine.
settings.register_profile("tierscope", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("tierscope")

_left_out: dict[str, int] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need the large public sets where these do not lie beside the checkout."""
    if PUBLIC_DATA.is_dir():
        return
    _leave_out(config, items, [item for item in items if item.get_closest_marker("public_data")], "public data")


def _leave_out(config: pytest.Config, items: list[pytest.Item], gone: Sequence[pytest.Item], why: str) -> None:
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]
        _left_out[why] = len(gone)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what was left out."""
    if "public data" in _left_out:
        count = _left_out["public data"]
        terminalreporter.write_line(
            f"Left out: {count} tests on the large public sets; there is no ../shared/data here."
        )
