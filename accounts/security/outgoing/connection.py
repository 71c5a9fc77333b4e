"""Connections that resolve a name once, check each address, and connect to those very addresses.

A name that is looked up a second time may lead elsewhere by then (DNS rebinding).
"""

import ssl
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from socket import SOCK_STREAM, getaddrinfo
from typing import Final

import httpcore

from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from accounts.security.outgoing.rules import Target, may_connect

# A resolver that hangs cannot be stopped; so many may hang at once.
_MOST_LOOK_UPS: Final = 8
_MOST_ADDRESSES: Final = 4


@dataclass(frozen=True)
class Deadline:
    """The moment until which all must be done, on the clock that nobody sets."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """Return the deadline so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Return the seconds left.

        Raises:
            OutgoingRefusedError: it has passed.
        """
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise OutgoingRefusedError(FetchProblem.TIMED_OUT)
        return seconds


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects to one target at addresses that were checked, whatever host it is asked for."""

    def __init__(self, target: Target, deadline: Deadline) -> None:
        self._target = target
        self._deadline = deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers; one bad address spoils them all."""
        del host, port, timeout, local_address
        addresses = _addresses(self._target, self._deadline)
        for number, address in enumerate(addresses, 1):
            # The first of several must leave time for the next.
            wait = self._deadline.left() / (2 if number < len(addresses) else 1)
            try:
                stream = self._network.connect_tcp(
                    address, self._target.port, wait, None, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                return _BoundedStream(stream, self._deadline)
        raise OutgoingRefusedError(FetchProblem.UNKNOWN_HOST)


class _BoundedStream(httpcore.NetworkStream):
    """Gives each step only the time that is left of the whole, so that a trickle ends too."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        del timeout
        left = self._deadline.left()
        stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return _BoundedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _addresses(target: Target, deadline: Deadline) -> list[str]:
    asked = _look_ups().submit(getaddrinfo, target.host, target.port, type=SOCK_STREAM)
    try:
        found = asked.result(timeout=deadline.left())
    except TimeoutError as error:
        asked.cancel()
        raise OutgoingRefusedError(FetchProblem.TIMED_OUT) from error
    except (OSError, UnicodeError) as error:
        raise OutgoingRefusedError(FetchProblem.UNKNOWN_HOST) from error
    addresses = list(dict.fromkeys(str(address[0]) for *_kind, address in found))
    if not all(may_connect(target, address) for address in addresses):
        raise OutgoingRefusedError(FetchProblem.ADDRESS_INSIDE)
    return addresses[:_MOST_ADDRESSES]


@cache
def _look_ups() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_MOST_LOOK_UPS, thread_name_prefix="outgoing-look-up")
