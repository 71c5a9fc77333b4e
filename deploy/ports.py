"""The demonstration's four ports, and whether another program already has one."""

from __future__ import annotations

import argparse
import errno
import socket
from dataclasses import dataclass

_HIGHEST = 65535 - 3


@dataclass(frozen=True)
class Ports:
    """Four ports in a row, one for each server of the demonstration."""

    provider: int

    @property
    def council_tax(self) -> int:
        """Return the council service's port."""
        return self.provider + 1

    @property
    def community_hub(self) -> int:
        """Return the partner service's port."""
        return self.provider + 2

    @property
    def housing_benefit(self) -> int:
        """Return the port of the council service that asks for more than a password."""
        return self.provider + 3

    @property
    def issuer(self) -> str:
        """Return the provider's address; localhost is another site than the services' 127.0.0.1."""
        return f"http://localhost:{self.provider}"

    @property
    def council_tax_url(self) -> str:
        """Return the council service's address."""
        return f"http://127.0.0.1:{self.council_tax}"

    @property
    def hub_url(self) -> str:
        """Return the partner service's address."""
        return f"http://127.0.0.1:{self.community_hub}"

    @property
    def housing_url(self) -> str:
        """Return the address of the council service that asks for more than a password."""
        return f"http://127.0.0.1:{self.housing_benefit}"

    def taken(self) -> int | None:
        """Return the first that another program has, on either address that localhost means."""
        for port in range(self.provider, self.housing_benefit + 1):
            if _taken(socket.AF_INET, "127.0.0.1", port) or _taken(socket.AF_INET6, "::1", port):
                return port
        return None


def free() -> Ports | None:
    """Return four that no program has just now, for people to choose; none where all are taken."""
    found = (Ports(first) for first in range(9000, _HIGHEST, 1000))
    return next((ports for ports in found if ports.taken() is None), None)


def first_of_four(text: str) -> int:
    """Return a command line's port number, with room for three more above it."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _HIGHEST):
        message = f"must be a number from 1 to {_HIGHEST}, not {text}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _taken(family: socket.AddressFamily, address: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:  # others: no IPv6 here, or a port only root may use
        return error.errno == errno.EADDRINUSE
    return False
