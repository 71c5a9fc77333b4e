"""`served` and `services`: one provider and one pair of services for all tests of a run."""

import os
from collections.abc import Iterator

import pytest

from tests.databases import fresh
from tests.serving import provider
from tests.serving import services as demo_services
from tests.serving.clock import Clock, clock_in
from tests.serving.provider import Served
from tests.serving.services import Services


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield a provider in processes of its own, on a fresh database of the engine under test."""
    folder = tmp_path_factory.mktemp("served")
    engine = os.environ.get("BOROUGH_DATABASE_URL", "")
    with (
        fresh.database(engine, folder) as database_url,
        provider.serving(folder, database_url) as started,
    ):
        yield started


@pytest.fixture(scope="session")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    """Return the clock that `served_in_time` goes by."""
    return clock_in(tmp_path_factory.mktemp("clock"))


@pytest.fixture(scope="session")
def served_in_time(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Served]:
    """Yield a provider of its own, like `served`, whose clock a test may put forward."""
    folder = tmp_path_factory.mktemp("served_in_time")
    engine = os.environ.get("BOROUGH_DATABASE_URL", "")
    with (
        fresh.database(engine, folder) as database_url,
        provider.serving(folder, database_url, clock) as started,
    ):
        yield started


@pytest.fixture(scope="session")
def services(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Yield the two demo services, registered with the served provider."""
    with demo_services.running(served, tmp_path_factory.mktemp("services")) as started:
        yield started
