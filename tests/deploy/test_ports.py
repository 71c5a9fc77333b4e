"""The demonstration says plainly when one of its four ports is another program's."""

import argparse
import socket

import pytest

from deploy.ports import Ports, first_of_four, free
from tests.serving.provider import free_port


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_taken_port_is_named_whichever_of_the_four_it_is(place: int) -> None:
    # Below those that the system gives to whoever connects: these come and go.
    ports = free()
    assert ports is not None
    port = ports.provider + place
    with socket.create_server(("127.0.0.1", port)):
        assert ports.taken() == port


def test_free_ports_are_not_taken() -> None:
    assert Ports(free_port()).taken() is None


def test_a_server_on_the_other_loopback_address_takes_the_port_too() -> None:
    # A browser that is told localhost may well ask there first.
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        port = server.getsockname()[1]
        assert Ports(port).taken() == port


def test_ports_to_choose_instead_are_free() -> None:
    others = free()
    assert others is not None
    assert others.taken() is None


def test_the_provider_and_its_services_are_different_sites() -> None:
    ports = Ports(8000)

    assert ports.issuer == "http://localhost:8000"
    assert (ports.council_tax_url, ports.hub_url, ports.housing_url) == (
        "http://127.0.0.1:8001",
        "http://127.0.0.1:8002",
        "http://127.0.0.1:8003",
    )


@pytest.mark.parametrize("text", ["0", "65533", "-1", "abc", ""])
def test_a_port_without_room_for_four_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="from 1 to 65532"):
        first_of_four(text)
