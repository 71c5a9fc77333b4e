"""The certificate must be the name's, from an authority that we trust."""

import socket
from datetime import timedelta
from pathlib import Path
from threading import Thread

from pytest_django import Settings

from accounts.security.outgoing.client import Fetched, fetch
from accounts.security.outgoing.refusals import FetchProblem
from tests.accounts.security.outgoing.asking import KEYS, NAME, Names, listed, refusal
from tests.accounts.security.outgoing.servers import answering, certificate_for, serving


class TestTls:
    def ask(self, settings: Settings, name: str, certificate: Path) -> Fetched:
        with serving(answering(KEYS), certificate=certificate) as server:
            return fetch(f"https://{listed(settings, server, name)}/jwks")

    def test_an_authority_of_the_bundle_is_trusted(
        self, settings: Settings, names: Names, tmp_path: Path
    ) -> None:
        names(["127.0.0.1"])
        certificate = certificate_for(NAME, tmp_path)
        settings.OUTGOING_CA_BUNDLE = str(certificate)
        assert self.ask(settings, NAME, certificate).body == KEYS

    def test_one_that_nobody_named_is_not(
        self, settings: Settings, names: Names, tmp_path: Path
    ) -> None:
        names(["127.0.0.1"])
        certificate = certificate_for(NAME, tmp_path)
        assert refusal(lambda: self.ask(settings, NAME, certificate)) == FetchProblem.TLS

    def test_the_certificate_of_another_name_is_refused(
        self, settings: Settings, names: Names, tmp_path: Path
    ) -> None:
        names(["127.0.0.1"])
        certificate = certificate_for("other.example.org", tmp_path)
        settings.OUTGOING_CA_BUNDLE = str(certificate)
        assert refusal(lambda: self.ask(settings, NAME, certificate)) == FetchProblem.TLS

    def test_a_server_without_tls_is_refused(self, settings: Settings, names: Names) -> None:
        names(["127.0.0.1"])

        def greet(listening: socket.socket) -> None:
            plain, _peer = listening.accept()
            with plain:
                plain.sendall(b"220 mail.example.org ESMTP\r\n")
                plain.recv(65536)

        with socket.create_server(("127.0.0.1", 0)) as listening:
            Thread(target=greet, args=(listening,), daemon=True).start()
            settings.OUTGOING_ALLOW = [f"{NAME}:{listening.getsockname()[1]}"]
            url = f"https://{settings.OUTGOING_ALLOW[0]}/"
            assert refusal(lambda: fetch(url)) == FetchProblem.TLS

    def test_a_handshake_that_hangs_ends_with_the_time(
        self, settings: Settings, names: Names
    ) -> None:
        names(["127.0.0.1"])
        with socket.create_server(("127.0.0.1", 0)) as silent:
            settings.OUTGOING_ALLOW = [f"{NAME}:{silent.getsockname()[1]}"]
            url = f"https://{settings.OUTGOING_ALLOW[0]}/"
            problem = refusal(lambda: fetch(url, timeout=timedelta(seconds=0.2)))
        assert problem == FetchProblem.TIMED_OUT
