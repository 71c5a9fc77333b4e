"""Last of these files: what it waits for has been running since the first."""

import socket
import time

import pytest

from tests.interop.nginx.conftest import Front

pytestmark = [pytest.mark.served, pytest.mark.once]


def test_whoever_sends_half_a_form_and_then_nothing_is_hung_up_on(
    front: Front, silent: socket.socket
) -> None:
    """Ten seconds are its time; the provider never hears of it."""
    began = time.monotonic()
    assert silent.recv(1024) == b""
    assert time.monotonic() - began < 20
    assert not [request for request in front.upstream.seen if request.body.startswith(b"half=")]
