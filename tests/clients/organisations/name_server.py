"""A name server on loopback that knows some TXT records."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Records = dict[str, list[str]]


@contextmanager
def serving(records: Records, *, rcode: int = dns.rcode.NOERROR) -> Iterator[str]:
    """Yield its address and port; it answers every question from these records, or by this code."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        thread = Thread(target=_serve, args=(sock, records, rcode))
        thread.start()
        address = sock.getsockname()
        try:
            yield f"127.0.0.1:{address[1]}"
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ending:
                ending.sendto(b"", address)
            thread.join()


def _serve(sock: socket.socket, records: Records, rcode: int) -> None:
    while True:
        data, peer = sock.recvfrom(4096)
        if not data:
            return
        query = dns.message.from_wire(data)
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        asked = query.question[0].name
        found = records.get(str(asked).removesuffix("."), [])
        answer.set_rcode(dns.rcode.Rcode(rcode))
        if rcode == dns.rcode.NOERROR and not found:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        if found and rcode == dns.rcode.NOERROR:
            quoted = [" ".join(f'"{part}"' for part in text.split("|")) for text in found]
            answer.answer.append(dns.rrset.from_text(asked, 60, "IN", "TXT", *quoted))
        sock.sendto(answer.to_wire(max_size=65535), peer)
