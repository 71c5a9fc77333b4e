"""Which TLS an endpoint speaks (Security Profile §5.2, RFC 9325)."""

import socket
import ssl
import warnings
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from tests.protocol.conformance.fapi.provider import HighProvider

_OLD: Final = (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)
_NEW: Final = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)
# RFC 9325 §4.1, §4.2: no forward secrecy, or no authenticated encryption.
_WEAK: Final = "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-CCM8"


def is_modern(provider: HighProvider, address: str) -> bool:
    """Say whether 1.2 and 1.3 are spoken, by BCP 195's ciphers alone, and nothing older."""
    return _is_modern(provider.public.nginx.https_port, urlsplit(address).hostname or "")


@cache
def _is_modern(port: int, host: str) -> bool:
    assert all(_speaks(port, host, version) for version in _NEW), host
    assert not any(_speaks(port, host, version) for version in _OLD), host
    assert not _speaks(port, host, ssl.TLSVersion.TLSv1_2, _WEAK), host
    return True


def _speaks(port: int, host: str, version: ssl.TLSVersion, ciphers: str = "ALL") -> bool:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    # Level 0: this client would otherwise itself leave out what has to be refused.
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    with warnings.catch_warnings():
        # To offer the old versions is what is tested.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    try:
        with (
            socket.create_connection(("127.0.0.1", port), timeout=30) as plain,
            context.wrap_socket(plain, server_hostname=host),
        ):
            return True
    except ssl.SSLError as error:
        # An alert of the server's own is what refusing looks like.
        if "ALERT" not in str(error):
            raise
        return False
