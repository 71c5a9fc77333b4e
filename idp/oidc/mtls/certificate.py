"""One certificate, as it came with a request (RFC 8705 §3.1, RFC 5280)."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import unquote

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from django.http import HttpRequest
from django.utils import timezone

from idp.web_servers import CERTIFICATE, ClientCertificate

# A chain of RSA keys has been seen with 3 KiB; percent-encoded it is a third longer.
_LONGEST: Final = 16 * 1024
_BEGINS, _ENDS = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


class Reason(StrEnum):
    """Why a certificate shows nothing."""

    MISSING = "certificate_missing"
    MALFORMED = "certificate_malformed"
    EXPIRED = "certificate_expired"
    NOT_YET = "certificate_not_yet_valid"
    UNTRUSTED = "certificate_untrusted"
    SUBJECT = "certificate_of_another_subject"
    KEY = "certificate_key_not_registered"


class RefusedCertificateError(Exception):
    """The certificate shows nothing; `reason` is for the log."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Certificate:
    """A certificate that can be read and is of this time; its holder has its key.

    `thumbprint`: as `x5t#S256` has it. `is_verified`: an authority that the council chose vouches
    for its names; without that, it says no more than which key it has.
    """

    parsed: x509.Certificate = field(repr=False)
    thumbprint: str
    is_verified: bool


def presented(request: HttpRequest) -> Certificate | None:
    """Return the certificate that a request came with.

    Raises:
        RefusedCertificateError: it cannot be read, or is not of this time.
    """
    told: ClientCertificate | None = request.META.get(CERTIFICATE)
    return None if told is None else _read(told, timezone.now())


def required(request: HttpRequest) -> Certificate:
    """Return it likewise, where there has to be one.

    Raises:
        RefusedCertificateError: likewise, or there is none.
    """
    found = presented(request)
    if found is None:
        raise RefusedCertificateError(Reason.MISSING)
    return found


def _read(told: ClientCertificate, now: datetime) -> Certificate:
    pem = unquote(told.text).strip()
    # Of two certificates, or of two headers that came joined, none is chosen.
    is_one = pem.startswith(_BEGINS) and pem.endswith(_ENDS) and pem.count(_BEGINS) == 1
    if len(told.text) > _LONGEST or not is_one:
        raise RefusedCertificateError(Reason.MALFORMED)
    try:
        found = x509.load_pem_x509_certificate(pem.encode())
        begins, ends = found.not_valid_before_utc, found.not_valid_after_utc
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise RefusedCertificateError(Reason.MALFORMED) from error
    if ends <= now:
        raise RefusedCertificateError(Reason.EXPIRED)
    if begins > now:
        raise RefusedCertificateError(Reason.NOT_YET)
    digest = found.fingerprint(hashes.SHA256())
    thumbprint = urlsafe_b64encode(digest).rstrip(b"=").decode()
    return Certificate(found, thumbprint, told.is_verified)
