"""All settings, by section. What differs between machines comes from the environment: docs/configuration.md."""

import contextlib
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from asp_tracker.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
# An empty variable is an unset one: that is how compose files and .env files leave them.
env.ENVIRON = {name: value for name, value in os.environ.items() if value}

# --- Where it runs ---------------------------------------------------------------------------------------------------

# Off: the embedded program, reached from this machine only. On: nothing is made up, secrets and hosts must be given.
PRODUCTION: bool = env.bool("PRODUCTION", default=False)
HTTPS: bool = env.bool("HTTPS", default=PRODUCTION)
DEBUG: bool = env.bool("DEBUG", default=False)

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).absolute()


def _embedded_secret_key() -> str:
    """Made once and kept beside the data, so that sessions outlive a restart."""
    path = DATA_DIR / "secret_key"
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under a name of its own and then linked: of two processes that start together, one wins for both.
    draft = DATA_DIR / f"secret_key.{os.getpid()}"
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


SECRET_KEY: str = env.str("SECRET_KEY") if PRODUCTION or "SECRET_KEY" in env else _embedded_secret_key()

_local_hosts = ["localhost", "127.0.0.1", "[::1]"]  # always, for health checks from inside the container
ALLOWED_HOSTS: list[str] = (
    env.list("ALLOWED_HOSTS") if PRODUCTION else env.list("ALLOWED_HOSTS", default=[])
) + _local_hosts

# --- The program -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "asp_tracker",
    "mandates",
    "resolutions",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random: sizes tell nothing of tokens
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as it asks
]

ROOT_URLCONF = "asp_tracker.urls"
WSGI_APPLICATION = "asp_tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Data ------------------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_database: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
if _database["ENGINE"].endswith("sqlite3"):
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    # WAL lets pages be read while an import writes; IMMEDIATE waits for the lock where DEFERRED fails with "locked".
    _database["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL"}
else:
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {
        "connect_timeout": 5,
        # Compiling the long queries of filters and past days takes longer than running them.
        "options": "-c jit=off",
        # A request waits this long for a connection, then fails, rather than pile up.
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8), "timeout": 5},
        **_database.get("OPTIONS", {}),
    }
DATABASES = {"default": _database}

# --- Cache and background work ---------------------------------------------------------------------------------------

REDIS_URL: str = env.str("REDIS_URL", default="")

CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
        if REDIS_URL
        # Files, not memory: web and worker are separate processes and see the same entries.
        else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA_DIR / "cache"}
    )
}

_broker_folder = DATA_DIR / "broker"
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {}
else:
    for _name in ("messages", "control"):
        (_broker_folder / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # The same folder both ways: what one process sends, the other receives.
        "data_folder_in": str(_broker_folder / "messages"),
        "data_folder_out": str(_broker_folder / "messages"),
        "control_folder": str(_broker_folder / "control"),
        "polling_interval": 0.2,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True  # a task leaves what it did in the database
CELERY_TASK_ACKS_LATE = True  # tasks are safe to run twice; one that dies with its worker comes back
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"

# Each expires before the next one is due, so that nothing piles up while no worker runs.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "beat-heart": {
        "task": "asp_tracker.tasks.beat_heart",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "refresh-statuses": {
        "task": "mandates.tasks.refresh_statuses",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3000},
    },
    "sweep-imports": {
        "task": "mandates.tasks.sweep_imports",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "sweep-bulks": {
        "task": "mandates.tasks.sweep_bulks",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "clear-sessions": {
        "task": "asp_tracker.tasks.clear_sessions",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600},
    },
}

# An import, or a decision about many mandates, of which no worker was heard for so long is begun again. Longer than any
# stage of reading may take.
IMPORT_STALLED_SECONDS = 300

# --- People and sessions ---------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

AXES_VERBOSE = False  # no banner from every command
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Both together: a stranger can neither lock a colleague out from elsewhere nor a whole office behind one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True  # htmx sends the token that the page holds

# --- Security headers ------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked for inside the container, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=False):  # only where the proxy sets these headers itself
    AXES_CLIENT_IP_CALLABLE = "asp_tracker.proxy.client_address"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# The page of imports says in a sentence that 100 are enough; beyond this nothing is even looked at.
DATA_UPLOAD_MAX_NUMBER_FILES = 300

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"  # British spelling and day before month, as in the documents
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- Static files ----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Logging ---------------------------------------------------------------------------------------------------------

LOGGING = logging_config(env.str("LOG_LEVEL", default="INFO"))
