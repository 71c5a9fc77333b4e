"""The provider that the plans test: behind the shipped nginx, at both of its hosts."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from tests.interop.authority import Authority, Certificate
from tests.interop.public import Public
from tests.protocol.conformance.provider import Provider

# Those that nginx keeps open to granian, as one client asks after the other.
_MOST_CONNECTIONS: Final = 3


@dataclass(kw_only=True)
class HighProvider(Provider):
    """One whose hosts have names; clients may come with certificates."""

    public: Public
    # Signs certificates that nginx does not trust.
    stranger: Authority
    _opened: list[httpx.Client] = field(default_factory=list)

    def client(self, certificate: Certificate | None = None) -> httpx.Client:
        """Return a client's connections, which end with the provider."""
        self._opened.append(self.public.client(certificate))
        return self._opened[-1]

    def wait(self, seconds: int) -> None:
        """Let time pass at the provider, at once, and let nginx see which connections it ends."""
        super().wait(seconds)
        # To granian they have been idle for that long. A GET that meets an ended one is sent again
        # by nginx, a POST is not.
        for _ in range(_MOST_CONNECTIONS):
            self.http.get(f"{self.issuer}/healthz").raise_for_status()

    def __exit__(self, *exception: object) -> None:
        super().__exit__(*exception)
        for client in self._opened:
            client.close()

    def _client(self) -> httpx.Client:
        return self.public.client()


def joined(certificate: Certificate) -> Path:
    """Return one file with a certificate and its key."""
    path = certificate.certificate.with_suffix(".both")
    path.write_bytes(certificate.certificate.read_bytes() + certificate.key.read_bytes())
    return path
