"""What every test run shares: which tests are left out where, and the lines that say so."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.public_data import PUBLIC_DATA

pytest_plugins = ["tests.neo4j_fixtures"]

# Nothing of the user's own configuration may reach a test.
for _name in [name for name in os.environ if name.startswith("TIERSCOPE_") and not name.startswith("TIERSCOPE_TEST_")]:
    del os.environ[_name]
os.environ["HF_HUB_OFFLINE"] = "1"

# Timing never decides a test; the same examples on every machine.
settings.register_profile(
    "tierscope", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tierscope")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need the large public sets where these do not lie beside the checkout."""
    gone = [] if PUBLIC_DATA.is_dir() else [item for item in items if item.get_closest_marker("public_data")]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_together(item)))


def _together(item: pytest.Item) -> str:
    """What one worker of a parallel run does: a file, so that its fixtures are made once, or all tests of a server."""
    params = getattr(item, "callspec", None)
    names = [] if params is None else [str(value) for value in params.params.values()]
    return next((name for name in names if name.startswith("neo4j-")), str(item.path))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what was left out."""
    if not PUBLIC_DATA.is_dir():
        terminalreporter.write_line("Left out: the tests on the large public sets; there is no ../shared/data here.")
