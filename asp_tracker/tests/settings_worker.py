"""For a worker that a test starts: a beat that does not keep the test waiting, names of its own on a shared Redis."""

import os

from asp_tracker.settings import *  # noqa: F403 - settings are names
from asp_tracker.settings import CACHES, CELERY_BEAT_SCHEDULE, CELERY_BROKER_TRANSPORT_OPTIONS

CELERY_BEAT_SCHEDULE["beat-heart"]["schedule"] = 1
CELERY_BEAT_SCHEDULE["sweep-imports"]["schedule"] = 1
CELERY_BEAT_SCHEDULE["sweep-bulks"]["schedule"] = 1
IMPORT_STALLED_SECONDS = 4
CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = os.environ["TEST_PREFIX"]
CACHES["default"]["KEY_PREFIX"] = os.environ["TEST_PREFIX"]
