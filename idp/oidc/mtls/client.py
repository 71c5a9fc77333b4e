"""Whether a certificate is an application's own: tls_client_auth and its self-signed kin."""

from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from django.http import HttpRequest

from clients.applications.certificates.rules import has_subject
from clients.applications.keys.material import MalformedKeyError, WeakKeyError, public_key
from clients.applications.keys.rules import algorithms_of
from clients.models import Application
from idp.oidc import fetched_keys
from idp.oidc.mtls.certificate import Certificate, Reason, RefusedCertificateError, required


def check(request: HttpRequest, application: Application) -> None:
    """Refuse a request that comes without the certificate that the application registered.

    May ask the application's jwks_uri: never call it inside a transaction.

    Raises:
        RefusedCertificateError: it does.
    """
    certificate = required(request)
    if application.token_endpoint_auth_method == Application.AuthMethod.TLS_CLIENT_AUTH:
        _check_subject(certificate, application)
    else:
        _check_key(certificate, application)


def _check_subject(certificate: Certificate, application: Application) -> None:
    """§2.1: anybody can write any name into a certificate, so the chain comes first."""
    if not certificate.is_verified:
        raise RefusedCertificateError(Reason.UNTRUSTED)
    try:
        is_its_own = has_subject(
            certificate.parsed,
            application.certificate_subject_kind,
            application.certificate_subject,
        )
    except ValueError as error:
        raise RefusedCertificateError(Reason.MALFORMED) from error
    if not is_its_own:
        raise RefusedCertificateError(Reason.SUBJECT)


def _check_key(certificate: Certificate, application: Application) -> None:
    """§2.2: the handshake showed who holds the key; names and chain say nothing here."""
    try:
        held = certificate.parsed.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise RefusedCertificateError(Reason.MALFORMED) from error
    if application.jwks is not None:
        is_its_own = _is_among(held, application.jwks["keys"])
    else:
        known = fetched_keys.known(application)
        is_its_own = known.is_fresh and _is_among(held, known.keys)
        # It may be a new one.
        is_its_own = is_its_own or _is_among(held, fetched_keys.renewed(application).keys)
    if not is_its_own:
        raise RefusedCertificateError(Reason.KEY)


def _is_among(held: object, keys: Iterable[Mapping[str, Any]]) -> bool:
    return any(held == _key(jwk) for jwk in keys if algorithms_of(jwk))


def _key(jwk: Mapping[str, Any]) -> object:
    try:
        return public_key(jwk)
    except (MalformedKeyError, WeakKeyError):
        return None
