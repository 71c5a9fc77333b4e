"""Servers of partners on loopback, with TLS, that answer with whatever bytes a test wants."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.utils import timezone

Answer = Callable[[socket.socket], None]


@dataclass
class Server:
    """One that is listening; `seen` are the requests that reached it, as they were sent."""

    port: int
    seen: list[bytes] = field(default_factory=list)


def answering(body: bytes, *, head: str = "HTTP/1.1 200 OK") -> Answer:
    """Return a whole answer; `head` without its Content-Length."""

    def send(connection: socket.socket) -> None:
        lines = f"{head}\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(lines.encode("latin-1") + body)

    return send


@contextmanager
def serving(answer: Answer, *, certificate: Path | None = None) -> Iterator[Server]:
    """Answer each connection on 127.0.0.1, with TLS if there is a certificate."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # Only so that a lost test ends: on a busy machine a caller's first page takes its time.
        listening.settimeout(120)
        server = Server(port=listening.getsockname()[1])
        thread = Thread(target=_serve, args=(listening, server, answer, certificate), daemon=True)
        thread.start()
        yield server
        # Closing alone would leave the thread in accept().
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=10)
        assert not thread.is_alive()


def _serve(
    listening: socket.socket, server: Server, answer: Answer, certificate: Path | None
) -> None:
    while True:
        try:
            plain, _peer = listening.accept()
        except OSError:  # closed: the test is over
            return
        plain.settimeout(10)
        try:
            with _encrypted(plain, certificate) as connection:
                server.seen.append(_request(connection))
                answer(connection)
        except OSError:  # the caller hung up, as some tests want
            pass
        finally:
            plain.close()


def _encrypted(plain: socket.socket, certificate: Path | None) -> socket.socket:
    if certificate is None:
        return plain
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context.wrap_socket(plain, server_side=True)


def _request(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536) or b"\r\n\r\n"
    head, _, body = received.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(fields.get(b"content-length", b"0")):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def certificate_for(name: str, folder: Path) -> Path:
    """Return a file with a certificate for this name, its key, and nobody else above it."""
    path = folder / f"{name}.pem"
    path.write_bytes(_certificate(name))
    return path


@cache
def _certificate(name: str) -> bytes:
    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.public_bytes(Encoding.PEM) + private
