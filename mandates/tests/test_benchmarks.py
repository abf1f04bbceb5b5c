"""The benchmarks run, and nothing that they time takes a minute."""

from __future__ import annotations

import pytest

from benchmarks.parsing import samples, time_import, time_parsing
from resolutions.models import Document

SECONDS = 60  # on a machine that is busy with something else; it takes one on a machine that is not


def test_parsing_of_the_longest_sample() -> None:
    timing = time_parsing(repeat=1)
    assert timing.seconds < SECONDS and timing.ratio > 1
    assert "ICC-ASP-17-Res5-ENG.txt" in str(timing)


@pytest.mark.django_db
def test_import_of_all_samples_leaves_nothing_behind() -> None:
    assert len(samples()) == 5
    assert time_import(repeat=1).seconds < SECONDS
    assert not Document.objects.exists()
