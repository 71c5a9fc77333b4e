"""`served` and `services`: one provider and one pair of services for all tests of a run."""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deploy.demo_services.configuration import SERVICES
from tests.clients.organisations import name_server
from tests.clients.organisations.name_server import Records
from tests.databases import fresh
from tests.serving import provider
from tests.serving import services as demo_services
from tests.serving.clock import Clock, clock_in
from tests.serving.provider import Prepared, Served
from tests.serving.services import Services


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """Yield what every provider of this run starts on a copy of; to migrate takes seconds."""
    folder = tmp_path_factory.mktemp("prepared")
    with fresh.database(_engine(), folder) as database_url:
        made = Prepared(database_url, folder / "static")
        provider.prepare(made)
        yield made


@pytest.fixture(scope="session")
def callback_port() -> int:
    """Return the port of this machine at which `served` may call a service back."""
    return provider.free_port()


@pytest.fixture(scope="session")
def service_ports() -> dict[str, int]:
    """Return the ports of the demo services, which `served` tells what happens to accounts."""
    return {name: provider.free_port() for name in SERVICES}


@pytest.fixture(scope="session")
def txt_records() -> Records:
    """Return the TXT records that `served` finds, by name; a test may add to them."""
    return {}


@pytest.fixture(scope="session")
def served(
    tmp_path_factory: pytest.TempPathFactory,
    prepared: Prepared,
    callback_port: int,
    service_ports: dict[str, int],
    txt_records: Records,
) -> Iterator[Served]:
    """Yield a provider in processes of its own, on a fresh database of the engine under test."""
    allowed = [f"127.0.0.1:{port}" for port in (callback_port, *service_ports.values())]
    folder = tmp_path_factory.mktemp("served")
    with name_server.serving(txt_records) as address:
        settings = {
            "BOROUGH_OUTGOING_ALLOW": ",".join(allowed),
            "BOROUGH_DNS_SERVERS": address,
            # Nobody comes there; pages offer what applications need it for.
            "BOROUGH_MTLS_ADDRESS": "https://127.0.0.1",
            "BOROUGH_TRUSTED_PROXIES": "127.0.0.1",
        }
        with serving_copy(folder, prepared, settings=settings) as started:
            yield started


@pytest.fixture(scope="session")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    """Return the clock that `served_in_time` goes by."""
    return clock_in(tmp_path_factory.mktemp("clock"))


@pytest.fixture(scope="session")
def served_in_time(
    tmp_path_factory: pytest.TempPathFactory, prepared: Prepared, clock: Clock
) -> Iterator[Served]:
    """Yield a provider of its own, like `served`, whose clock a test may put forward."""
    with serving_copy(tmp_path_factory.mktemp("served_in_time"), prepared, clock) as started:
        yield started


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say beside a failure what the provider and its worker printed last."""
    report = yield
    if report.failed and call.when == "call" and isinstance(item, pytest.Function):
        used = [getattr(value, "served", value) for value in item.funcargs.values()]
        children = {id(one.children): one.children for one in used if isinstance(one, Served)}
        for child in (child for one in children.values() for child in one.started):
            state = "running" if child.process.poll() is None else "ended"
            report.sections.append((f"{child.name}, {state}", child.last_lines()))
    return report


@contextmanager
def serving_copy(
    folder: Path, prepared: Prepared, clock: Clock | None = None, **how: Any
) -> Iterator[Served]:
    """Yield a provider on a copy of what is prepared; `how` is for `provider.serving`."""
    with fresh.database(_engine(), folder, like=prepared.database_url) as database_url:
        copy = replace(prepared, database_url=database_url)
        with provider.serving(folder, copy, clock, **how) as started:
            yield started


def _engine() -> str:
    return os.environ.get("BOROUGH_DATABASE_URL", "")


@pytest.fixture(scope="session")
def services(
    served: Served, service_ports: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """Yield the demo services, registered with the served provider."""
    folder = tmp_path_factory.mktemp("services")
    with demo_services.running(served, folder, service_ports) as started:
        yield started
