"""What tests in every folder may use."""

from collections.abc import Generator

import pytest
from hypothesis import settings

from asp_tracker.tests.services import IN_CI

# How long an example takes says more of the machine than of the program.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

pytest_plugins = ["asp_tracker.tests.browser", "resolutions.tests.golden"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one: whatever it misses has to be put there."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"CI skips nothing: {report.longrepr}"
    return report
