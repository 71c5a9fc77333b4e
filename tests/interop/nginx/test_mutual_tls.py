"""Applications that come with a certificate (RFC 8705), from the handshake to the token."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import httpx
import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from tests.interop.authority import Authority, Certificate
from tests.interop.nginx.server import HOST, MTLS_HOST
from tests.interop.public import Public
from tests.interop.resident import Resident

pytestmark = [pytest.mark.served, pytest.mark.once]

NAME, OTHER_NAME = "api.service.example", "api.other.example"
CALLBACK = "https://service.example/mtls/callback"
VERIFIER = "a-verifier-of-the-service-" * 3
TOKEN, USERINFO, PAR = (f"https://{MTLS_HOST}/{end}" for end in ("token", "userinfo", "par"))


@dataclass
class Service:
    """An application of the high profile, known by the name in its certificate."""

    public: Public
    client_id: str
    certificate: Certificate
    tokens: dict[str, Any] = field(default_factory=dict)

    def http(self) -> httpx.Client:
        """Return a client that comes with its certificate."""
        return self.public.client(self.certificate)

    def pushed(self, http: httpx.Client, **headers: str) -> httpx.Response:
        """Push a request."""
        challenge = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": CALLBACK,
            "scope": "openid email",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return http.post(PAR, data=asked, headers=headers)

    def code(self, http: httpx.Client) -> str:
        """Let the resident sign in and share; return the code."""
        link = self.pushed(http)
        assert link.status_code == httpx.codes.CREATED, link.text
        wish = {"client_id": self.client_id, "request_uri": link.json()["request_uri"]}
        person = self.public.person
        with self.public.client() as browser:
            resident = Resident(person["sign_in_name"], person["password"], http=browser)
            begin = f"{self.public.issuer}/authorize?{urlencode(wish)}"
            answer = parse_qs(urlsplit(resident.travel(begin, CALLBACK)).query)
        return answer["code"][0]

    def exchanged(self, http: httpx.Client, code: str, address: str = TOKEN) -> httpx.Response:
        """Exchange a code."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        own = {"client_id": self.client_id, "code_verifier": VERIFIER}
        return http.post(address, data=form | own)


@pytest.fixture(scope="module")
def service(public: Public, authority: Authority) -> Service:
    """Return one that holds tokens."""
    # As the council's own authority signs it: by no more than its name it is known.
    made = Service(public, _registered(public, NAME), authority.issue(NAME))
    with made.http() as http:
        answer = made.exchanged(http, made.code(http))
    assert answer.status_code == 200, answer.text
    made.tokens = answer.json()
    return made


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return an authority that nginx was not told of."""
    return Authority(tmp_path_factory.mktemp("stranger"))


@pytest.fixture
def bare(public: Public) -> Iterator[httpx.Client]:
    """Yield a client without a certificate."""
    with public.client() as http:
        yield http


def _registered(public: Public, name: str) -> str:
    wanted = ("--profile=high", "--auth-method=tls_client_auth", "--certificate-bound")
    known_by = f"--certificate-subject=san_dns:{name}"
    return public.register(f"Held by {name}", CALLBACK, *wanted, known_by)["client_id"]


def _thumbprint(path: Path) -> str:
    digest = x509.load_pem_x509_certificate(path.read_bytes()).fingerprint(SHA256())
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _userinfo(http: httpx.Client, token: str, address: str = USERINFO) -> httpx.Response:
    return http.get(address, headers={"Authorization": f"Bearer {token}"})


def _is_refused(answer: httpx.Response, error: str) -> bool:
    assert (answer.status_code, answer.json()["error"]) == (401, error), answer.text
    return True


def test_the_metadata_lead_there(public: Public) -> None:
    """RFC 8705 §5."""
    with public.client() as http:
        found = http.get(f"https://{HOST}/.well-known/openid-configuration").json()
    aliases = found["mtls_endpoint_aliases"]
    assert {TOKEN, USERINFO, PAR} <= set(aliases.values())
    assert {urlsplit(address).netloc for address in aliases.values()} == {MTLS_HOST}


def test_the_token_is_bound_to_the_certificate_and_good_with_it(service: Service) -> None:
    token = service.tokens["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["cnf"] == {"x5t#S256": _thumbprint(service.certificate.certificate)}
    with service.http() as http:
        assert _userinfo(http, token).json()["email"] == "nora@example.org"


def test_without_the_certificate_the_token_is_good_for_nothing(
    service: Service, bare: httpx.Client
) -> None:
    token = service.tokens["access_token"]
    assert _is_refused(_userinfo(bare, token), "invalid_token")
    with service.http() as http:
        # At the host of residents no certificate is asked for, so none comes.
        assert _is_refused(_userinfo(http, token, f"https://{HOST}/userinfo"), "invalid_token")


def test_with_another_certificate_of_the_same_name_it_is_good_for_nothing(
    service: Service, authority: Authority
) -> None:
    with service.public.client(authority.issue(NAME)) as http:
        assert _is_refused(_userinfo(http, service.tokens["access_token"]), "invalid_token")


def test_a_renewed_certificate_of_the_same_name_authenticates(
    service: Service, authority: Authority
) -> None:
    with service.public.client(authority.issue(NAME)) as http:
        assert service.pushed(http).status_code == httpx.codes.CREATED


def test_the_name_of_another_authority_authenticates_nobody(
    service: Service, stranger: Authority
) -> None:
    """§6.4: anybody can write any name."""
    with service.public.client(stranger.issue(NAME)) as http:
        assert _is_refused(service.pushed(http), "invalid_client")


def test_another_name_of_the_right_authority_authenticates_nobody(
    service: Service, authority: Authority
) -> None:
    with service.public.client(authority.issue(OTHER_NAME)) as http:
        assert _is_refused(service.pushed(http), "invalid_client")


def test_a_code_is_worth_nothing_to_another_application(
    service: Service, authority: Authority
) -> None:
    other = Service(service.public, _registered(service.public, OTHER_NAME), service.certificate)
    other.certificate = authority.issue(OTHER_NAME)
    with service.http() as http, other.http() as others:
        code = service.code(http)
        answer = other.exchanged(others, code)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
        assert service.exchanged(others, code).json()["error"] == "invalid_client"


def _forged(certificate: Certificate) -> dict[str, str]:
    text = quote(certificate.certificate.read_text())
    return {
        "X-Client-Certificate": text,
        "X_Client_Certificate": text,
        "X-Client-Certificate-Verified": "SUCCESS",
        "X_Client_Certificate_Verified": "SUCCESS",
        "Client-Cert": text,
    }


@pytest.mark.parametrize("host", [HOST, MTLS_HOST])
def test_a_header_that_a_caller_made_up_is_none(
    service: Service, bare: httpx.Client, host: str
) -> None:
    """§6.5: the right certificate is public; whoever writes it down has not shown its key."""
    headers = _forged(service.certificate)
    bearer = {"Authorization": f"Bearer {service.tokens['access_token']}"}
    asked = bare.get(f"https://{host}/userinfo", headers=headers | bearer)
    assert _is_refused(asked, "invalid_token")
    form = {"grant_type": "refresh_token", "client_id": service.client_id, "refresh_token": "x"}
    assert _is_refused(
        bare.post(f"https://{host}/token", data=form, headers=headers), "invalid_client"
    )


def test_one_beside_another_certificate_does_not_count(
    service: Service, authority: Authority
) -> None:
    with service.public.client(authority.issue(OTHER_NAME)) as http:
        headers = _forged(service.certificate)
        assert _is_refused(service.pushed(http, **headers), "invalid_client")


def _beside_nginx(service: Service, peer: str) -> httpx.Response:
    transport = httpx.HTTPTransport(local_address=peer)
    told = {"Host": MTLS_HOST, "X-Forwarded-Proto": "https", **_forged(service.certificate)}
    told |= {"Authorization": f"Bearer {service.tokens['access_token']}"}
    with httpx.Client(transport=transport) as http:
        return http.get(f"http://127.0.0.1:{service.public.port}/userinfo", headers=told)


def test_whoever_reaches_the_provider_beside_nginx_is_not_believed(service: Service) -> None:
    """BOROUGH_TRUSTED_PROXIES names the one peer that is."""
    assert _is_refused(_beside_nginx(service, "127.0.0.2"), "invalid_token")
    assert _beside_nginx(service, "127.0.0.1").is_success


def test_of_two_headers_from_the_listed_peer_none_counts(service: Service) -> None:
    """A proxy that adds where it should overwrite lets nobody choose."""
    text = _forged(service.certificate)["X-Client-Certificate"]
    headers = [
        ("Host", MTLS_HOST),
        ("X-Forwarded-Proto", "https"),
        ("X-Client-Certificate", text),
        ("X-Client-Certificate", text),
        ("X-Client-Certificate-Verified", "SUCCESS"),
        ("Authorization", f"Bearer {service.tokens['access_token']}"),
    ]
    answer = httpx.get(f"http://127.0.0.1:{service.public.port}/userinfo", headers=headers)
    assert _is_refused(answer, "invalid_token")


def test_nothing_of_a_certificate_is_in_a_log(service: Service) -> None:
    written = [path.read_text() for path in sorted(service.public.logs.glob("*.log"))]
    logs = "\n".join([service.public.nginx.all_logs, *written])
    assert "BEGIN" not in logs
    assert service.tokens["access_token"] not in logs
