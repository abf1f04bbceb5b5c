"""Finds PostgreSQL and Redis for the tests: at the addresses of the environment, or the standard local ones."""

import os
from functools import cache
from typing import NoReturn

import psycopg
import pytest
import redis

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}

POSTGRES = ["postgresql://postgres@127.0.0.1:5432/postgres", "postgresql:///postgres"]  # the second by its socket
REDIS = ["redis://127.0.0.1:6379"]


@cache
def postgres_url() -> str | None:
    """The address of a server where this user may create a test database."""
    given = os.environ.get("DATABASE_URL", "")
    for url in [given] if given.startswith("postgres") else POSTGRES:
        try:
            with psycopg.connect(url, connect_timeout=15) as connection:
                role = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
                if connection.execute(role).fetchone() == (True,):
                    return url
        except psycopg.Error:
            continue
    return None


@cache
def redis_url() -> str | None:
    given = os.environ.get("TEST_REDIS_URL") or os.environ.get("REDIS_URL")
    for url in [given] if given else REDIS:
        try:
            redis.Redis.from_url(url, socket_connect_timeout=15).ping()
        except (redis.RedisError, ValueError):
            continue
        return url
    return None


def missing(reason: str) -> NoReturn:
    """A test cannot run here: a skip on somebody's machine, a failure in CI, where everything has to be there."""
    if IN_CI:
        pytest.fail(f"{reason}; CI requires it")
    pytest.skip(reason)
