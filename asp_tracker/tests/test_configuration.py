"""The settings as other environments see them, and the documents that speak of them."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import get_commands
from django.test import Client, RequestFactory

from asp_tracker.proxy import client_address

ROOT: Path = settings.BASE_DIR
PRODUCTION = {"PRODUCTION": "true", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "tracker.example.org"}


def python(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "asp_tracker.settings", **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str, environment: dict[str, str]) -> str:
    done = python(f"from django.conf import settings; print(settings.{name})", environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def documented() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/configuration.md").read_text(), re.MULTILINE))


def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return parsed


# --- Settings


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_makes_nothing_up(missing: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}

    done = python("from django.conf import settings; settings.DEBUG", {**environment, "DATA_DIR": str(tmp_path)})

    assert done.returncode != 0
    assert missing in done.stderr.splitlines()[-1]
    assert not (tmp_path / "secret_key").exists()


def test_the_embedded_key_is_made_once_and_private(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path / "data"), "SECRET_KEY": ""}

    first, second = setting("SECRET_KEY", environment), setting("SECRET_KEY", environment)

    assert first == second
    assert len(first) > 60
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_nothing_is_open_by_default(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path)}

    assert setting("DEBUG", environment) == "False"
    assert setting("ALLOWED_HOSTS", environment) == "['localhost', '127.0.0.1', '[::1]']"


@pytest.mark.parametrize("name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"])
@pytest.mark.parametrize(("https", "expected"), [("", "True"), ("false", "False")])
def test_production_keeps_to_https_unless_told(name: str, https: str, expected: str, tmp_path: Path) -> None:
    assert setting(name, {**PRODUCTION, "DATA_DIR": str(tmp_path), "HTTPS": https}) == expected


def test_redis_and_postgresql_take_over(tmp_path: Path) -> None:
    environment = {
        "DATA_DIR": str(tmp_path / "data"),
        "SECRET_KEY": "x",
        "DATABASE_URL": "postgresql://u:p@db:5433/tracker?sslmode=require",
        "REDIS_URL": "redis://redis:6379/0",
    }

    assert setting("CELERY_BROKER_URL", environment) == "redis://redis:6379/0"
    assert setting("CACHES['default']['BACKEND']", environment).endswith("RedisCache")
    assert setting("DATABASES['default']['OPTIONS']['sslmode']", environment) == "require"
    # Nothing is written: a container may be read-only.
    assert not (tmp_path / "data").exists()


def test_every_scheduled_task_exists_and_expires_before_it_is_due_again() -> None:
    from asp_tracker.celery import app

    app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in app.tasks
        assert entry["options"]["expires"] < entry["schedule"].total_seconds()


# --- What visitors meet


def test_the_policy_allows_this_site_alone(client: Client, db: None) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]

    assert set(policy.split("; ")) == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    }


def test_guessing_a_password_is_stopped_for_that_address_only(db: None) -> None:
    User.objects.create_user("chair", password="right", is_staff=True)

    def attempt(password: str, address: str) -> int:
        form = {"username": "chair", "password": password}
        return Client(REMOTE_ADDR=address).post("/admin/login/?next=/healthz", form).status_code

    for _ in range(5):
        attempt("wrong", "192.0.2.1")

    assert attempt("right", "192.0.2.1") == 429
    assert attempt("right", "192.0.2.2") == 302


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [("", "127.0.0.1"), ("192.0.2.9", "192.0.2.9"), ("made-up, 192.0.2.9", "192.0.2.9")],
)
def test_address_behind_a_proxy(forwarded: str, expected: str) -> None:
    assert client_address(RequestFactory().get("/", headers={"x-forwarded-for": forwarded})) == expected


# --- Documents


def test_every_variable_that_is_read_is_documented_and_the_other_way_round() -> None:
    read = set()
    for path in [ROOT / "gunicorn.conf.py", *(ROOT / "asp_tracker").rglob("*.py")]:
        if "tests" in path.parts and path.name != "services.py":
            continue
        code = path.read_text()
        read |= set(re.findall(r'\benv\.\w+\("([A-Z_]+)"|Env\(\)\.\w+\("([A-Z_]+)"|environ\.get\("([A-Z_]+)"', code))
    named = {name for groups in read for name in groups if name} - {"TEST_REDIS_URL"}

    assert named | {"POSTGRES_PASSWORD"} == documented()


def test_compose_and_its_example_speak_of_known_variables() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    from_env_file = set(re.findall(r"\$\{([A-Z_]+)", text))
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert from_env_file == example
    assert from_env_file <= documented()
    for service in ("prepare", "web", "worker", "beat"):
        assert set(compose()["services"][service]["environment"]) <= documented()


def test_compose_runs_what_exists() -> None:
    services = compose()["services"]

    assert set(services) == {"prepare", "web", "worker", "beat", "postgres", "redis"}
    assert services["prepare"]["command"][2] in get_commands()
    for name in ("web", "worker", "beat", "postgres", "redis"):
        assert services[name]["healthcheck"]["test"]
    for name in ("web", "worker", "beat"):
        assert services[name]["read_only"]
        assert services[name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"


def test_the_image_holds_what_runs_and_no_more() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert all((ROOT / name).exists() for name in kept)
    assert {"asp_tracker", "mandates", "resolutions", "templates", "static", "reference", "corpus"} <= kept
