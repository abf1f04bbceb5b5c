"""The program's own settings, in a data folder that goes away with the test run."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="asp-tracker-test-")
os.environ["DATA_DIR"] = _folder.name
# Tests share nothing with a Redis that somebody uses; those of the worker take its address from `services`.
os.environ.setdefault("TEST_REDIS_URL", os.environ.pop("REDIS_URL", ""))

from asp_tracker.settings import *  # noqa: E402, F403 - only now, as they read the environment
from asp_tracker.settings import DATA_DIR, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402 - likewise

STATIC_ROOT.mkdir()
# The manifest storage knows only files that were collected.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
# Not a secret, and quick.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life, so that a worker started by a test can open it as well.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
