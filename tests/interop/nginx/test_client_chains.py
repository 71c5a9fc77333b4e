"""Chains of certificates that services come with (RFC 5280 §6), as the shipped nginx takes them."""

from pathlib import Path

import httpx
import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.interop.authority import Authority, Certificate
from tests.interop.nginx.server import MTLS_HOST
from tests.interop.public import Public

pytestmark = [pytest.mark.served, pytest.mark.once]

NAME = "chains.service.example"
API, SCOPE = "https://chains.example/api", "chains:read"


@pytest.fixture(scope="module")
def client_id(public: Public) -> str:
    """Return an application of the high profile that is known by a name, and may call an API."""
    whose = ("--organisation", public.organisation)
    named = ("--name=Chained", "--sandbox", "--kind=service", "--profile=high")
    known = ("--auth-method=tls_client_auth", f"--certificate-subject=san_dns:{NAME}")
    made = public.served.manage(
        "application", "create", *whose, *named, *known, "--certificate-bound"
    )
    own = (f"--identifier={API}", f"--scope={SCOPE}", "--name=Chains")
    api = public.served.manage("resource", "create", *whose, *own)
    public.served.manage("resource", "let-call", api["resource"], made["application"])
    return str(made["client_id"])


def _asked(public: Public, client_id: str, certificate: Certificate) -> httpx.Response:
    form = {"grant_type": "client_credentials", "resource": API, "scope": SCOPE}
    with public.client(certificate) as http:
        return http.post(f"https://{MTLS_HOST}/token", data={**form, "client_id": client_id})


def _below(authority: Authority, folder: Path, *, is_authority: bool = True) -> Authority:
    folder.mkdir()
    return Authority(folder, above=authority, is_authority=is_authority)


def test_an_authority_between_vouches_too(
    public: Public, client_id: str, authority: Authority, tmp_path: Path
) -> None:
    between = _below(_below(authority, tmp_path / "between"), tmp_path / "below")
    answer = _asked(public, client_id, between.issue(NAME))
    assert answer.json()["scope"] == SCOPE


def test_without_the_chain_nobody_vouches(
    public: Public, client_id: str, authority: Authority, tmp_path: Path
) -> None:
    own = _below(authority, tmp_path / "between").issue(NAME)
    first, ends, _chain = own.certificate.read_text().partition("-----END CERTIFICATE-----\n")
    own.certificate.write_text(first + ends)
    answer = _asked(public, client_id, own)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_who_is_no_authority_vouches_for_nobody(
    public: Public, client_id: str, authority: Authority, tmp_path: Path
) -> None:
    """§6.1.4 (k): a service whose own certificate is good signs one with another's name."""
    service = _below(authority, tmp_path / "service", is_authority=False)
    assert _is_refused_by_nginx(_asked(public, client_id, service.issue(NAME)))


@pytest.mark.parametrize("days", [(-3, -1), (1, 3)], ids=["expired", "not yet good"])
def test_one_of_another_day_is_refused_in_json(
    public: Public, client_id: str, authority: Authority, days: tuple[int, int]
) -> None:
    assert _is_refused_by_nginx(_asked(public, client_id, authority.issue(NAME, days=days)))


def test_one_for_servers_alone_shows_no_client(
    public: Public, client_id: str, authority: Authority
) -> None:
    """§4.2.1.12."""
    own = authority.issue(NAME, usage=ExtendedKeyUsageOID.SERVER_AUTH)
    assert _is_refused_by_nginx(_asked(public, client_id, own))


def test_one_for_clients_does(public: Public, client_id: str, authority: Authority) -> None:
    own = authority.issue(NAME, usage=ExtendedKeyUsageOID.CLIENT_AUTH)
    assert _asked(public, client_id, own).json()["scope"] == SCOPE


def _is_refused_by_nginx(answer: httpx.Response) -> bool:
    """RFC 6749 §5.2: by an error that libraries can read."""
    assert answer.status_code == 401, answer.text
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["error"] == "invalid_client"
    return "Renew it" in str(answer.json()["error_description"])
