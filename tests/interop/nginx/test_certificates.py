"""Certificates of services, as the shipped nginx tells the provider of them (RFC 8705)."""

import ssl
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.interop.authority import Authority, Certificate
from tests.interop.nginx.conftest import Front
from tests.interop.nginx.server import HOST, MTLS_HOST

pytestmark = [pytest.mark.served, pytest.mark.once]

TEXT, VERIFIED = "x-client-certificate", "x-client-certificate-verified"
FORGED = {
    "X-Client-Certificate": "forged",
    "X_Client_Certificate": "forged",
    "X-Client-Certificate-Verified": "SUCCESS",
    "X_Client_Certificate_Verified": "SUCCESS",
}
SERVICE = "api.service.example"


def _ask(
    front: Front,
    path: str = "/token",
    *,
    certificate: Certificate | None = None,
    name: str = MTLS_HOST,
    host: str = MTLS_HOST,
) -> httpx.Response:
    trust = ssl.create_default_context()
    trust.load_verify_locations(front.authority)
    if certificate is not None:
        trust.load_cert_chain(certificate.certificate, certificate.key)
    with httpx.Client(verify=trust, trust_env=False) as client:
        return client.post(
            f"https://127.0.0.1:{front.nginx.https_port}{path}",
            headers={"Host": host, **FORGED},
            extensions={"sni_hostname": name},
        )


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return an authority that nginx was not told of."""
    return Authority(tmp_path_factory.mktemp("stranger"))


def _arrived(front: Front) -> dict[str, str]:
    headers = front.upstream.last().headers
    return {name: headers[name] for name in (TEXT, VERIFIED) if name in headers}


def _pem(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_one_of_a_trusted_authority_is_told_whole_and_as_verified(
    front: Front, authority: Authority
) -> None:
    certificate = authority.issue(SERVICE)
    assert _ask(front, certificate=certificate).status_code == 200
    arrived = _arrived(front)
    assert arrived[VERIFIED] == "SUCCESS"
    told = x509.load_pem_x509_certificate(unquote(arrived[TEXT]).encode())
    assert told == _pem(certificate.certificate)


def test_an_untrusted_chain_with_the_right_names_is_told_and_not_as_verified(
    front: Front, stranger: Authority
) -> None:
    certificate = stranger.issue(SERVICE, key=ec.generate_private_key(ec.SECP256R1()))
    assert _ask(front, certificate=certificate).status_code == 200
    arrived = _arrived(front)
    assert arrived[VERIFIED].startswith("FAILED")
    told = x509.load_pem_x509_certificate(unquote(arrived[TEXT]).encode())
    assert told == _pem(certificate.certificate)


def test_without_one_nothing_is_told_whatever_was_forged(front: Front) -> None:
    assert _ask(front).status_code == 200
    assert _arrived(front) == {VERIFIED: "NONE"}


def test_at_the_host_of_residents_nobody_is_asked_for_one(
    front: Front, authority: Authority
) -> None:
    answer = _ask(front, certificate=authority.issue(SERVICE), name=HOST, host=HOST)
    assert answer.status_code == 200
    assert _arrived(front) == {}


def test_a_connection_to_one_host_does_not_speak_to_the_other(
    front: Front, authority: Authority
) -> None:
    """RFC 9110 §15.5.20: the handshake asked for no certificate there, or for one here."""
    assert _ask(front, name=HOST, host=MTLS_HOST).status_code == httpx.codes.MISDIRECTED_REQUEST
    assert front.upstream.seen == []
    certificate = authority.issue(SERVICE)
    _ask(front, certificate=certificate, name=MTLS_HOST, host=HOST)
    assert all(TEXT not in one.headers for one in front.upstream.seen)
    front.upstream.seen.clear()


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/authorize", "/staff", "/tokens", "/ssf/../staff"]
)
def test_no_page_is_there(front: Front, path: str) -> None:
    assert _ask(front, path).status_code == httpx.codes.NOT_FOUND
    assert front.upstream.seen == []


def test_the_host_that_is_passed_on_is_the_one_that_was_named(front: Front) -> None:
    assert _ask(front, "/ssf/poll").status_code == 200
    assert front.upstream.last().headers["host"] == MTLS_HOST
