"""Serving one service on this machine's loopback address with granian."""

import socket
from functools import partial

from granian import Granian
from granian.constants import Interfaces

from deploy.demo_services.configuration import Service
from deploy.demo_services.relying_party import RelyingParty
from deploy.demo_services.site import Site

ADDRESS = "127.0.0.1"
THREADS = 4


class PortTakenError(Exception):
    """Another program listens there already."""


def serve(service: Service, port: int) -> None:
    """Serve until interrupted or terminated.

    One worker process only: visits live in its memory.
    """
    _check_free(port)
    server = Granian(
        service.key,
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        # Asked to stop in its first second, granian would otherwise wait for its worker for ever.
        workers_kill_timeout=2,
        log_enabled=False,
    )
    server.serve(target_loader=partial(_site, service), wrap_loader=False)


def _site(service: Service) -> Site:
    return Site(service, RelyingParty(service))


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise PortTakenError from error
