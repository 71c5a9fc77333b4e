"""The programs for applications of which more is demanded, at the provider behind nginx."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from clients.applications.keys import pem
from tests.interop.authority import Authority, Certificate
from tests.interop.high.applications import REDIRECT_URI
from tests.interop.programs import FAPI, FAPI_SERVICES
from tests.interop.programs.conftest import KEY_FILE, NAME, own_key
from tests.interop.programs.running import address, running, told
from tests.interop.public import Public
from tests.interop.resident import Resident

pytestmark = [pytest.mark.served, pytest.mark.once]

HOST = "fapi.service.example"
SIGNED_IN, GOT = "Signed in: ", "Got a token: "
API, SCOPE = "https://lamps.example/api", "lamps:read"
HIGH = ("--profile=high",)
KEYED = (*HIGH, "--auth-method=private_key_jwt")
NAMED = (*HIGH, "--auth-method=tls_client_auth", f"--certificate-subject=san_dns:{HOST}")
DPOP = {"dpop_bound_access_tokens": True}
BOUND = {"tls_client_certificate_bound_access_tokens": True}
SIGNS = {"require_signed_request_object": True}


@dataclass(frozen=True)
class Case:
    """How an application was registered, and what its file of settings says of that."""

    method: str
    how: tuple[str, ...]
    says: Mapping[str, bool]

    @property
    def has_certificate(self) -> bool:
        """Whether its program needs a certificate."""
        return "tls" in self.method or "--certificate-bound" in self.how


CASES = {
    "by-key-and-proof": Case("private_key_jwt", (*KEYED, "--dpop"), DPOP),
    "by-key-and-certificate": Case("private_key_jwt", (*KEYED, "--certificate-bound"), BOUND),
    "by-name": Case("tls_client_auth", (*NAMED, "--certificate-bound"), BOUND),
    "by-name-and-proof": Case("tls_client_auth", (*NAMED, "--dpop"), DPOP),
    "by-own-certificate": Case(
        "self_signed_tls_client_auth",
        (*HIGH, "--auth-method=self_signed_tls_client_auth", "--certificate-bound"),
        BOUND,
    ),
}
SIGNING = Case("private_key_jwt", (*KEYED, "--dpop", "--signed-requests"), {**DPOP, **SIGNS})
STANDARD = Case("client_secret_basic", ("--dpop",), DPOP)
BY_CERTIFICATE = ("by-name", "by-own-certificate")


@dataclass(frozen=True)
class Starting:
    """A partner who starts: registers an application, and saves what belongs to it."""

    public: Public
    folder: Path
    # It vouches to itself alone: nginx was not told of it.
    unknown: Authority

    def save(self, case: Case, *, people: bool = True) -> dict[str, str]:
        """Register such an application, and put its file and its keys into the folder."""
        how = list(case.how)
        if case.method == "private_key_jwt":
            how += own_key(self.folder)[1:]
        if case.has_certificate:
            by_name = case.method == "tls_client_auth"
            self.hold((self.public.authority if by_name else self.unknown).issue(HOST))
        if case.method == "self_signed_tls_client_auth":
            how.append(self._key_of_certificate())
        made = self._registered(how, people=people)
        secret = {"client_secret": made["client_secret"]} if made.get("client_secret") else {}
        self.write(
            {
                "issuer": self.public.issuer,
                "client_id": made["client_id"],
                **secret,
                "token_endpoint_auth_method": case.method,
                "redirect_uri": REDIRECT_URI,
                "scope": "openid email",
                "id_token_signed_response_alg": "ES256",
                **case.says,
            }
        )
        return made

    def _registered(self, how: list[str], *, people: bool) -> dict[str, str]:
        if people:
            return self.public.register(self.folder.name, REDIRECT_URI, *how)
        named = ("--organisation", self.public.organisation, "--name", self.folder.name)
        command = ("create", *named, "--sandbox", "--kind=service", *how)
        made: dict[str, str] = self.public.served.manage("application", *command)
        return made

    def _key_of_certificate(self) -> str:
        """Return what registers the key of the certificate, told as openssl x509 -pubkey does."""
        file = self.folder / "certificate.pem"
        key = x509.load_pem_x509_certificate(file.read_bytes()).public_key()
        told = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        jwks = self.folder / "certificate-jwks.json"
        jwks.write_text(json.dumps(pem.jwk_set(told)), encoding="utf-8")
        return f"--jwks={jwks}"

    def write(self, members: Mapping[str, object]) -> None:
        """Add members to the file of settings, or have others in their place."""
        file = self.folder / NAME
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        file.write_text(json.dumps({**known, **members}), encoding="utf-8")

    def hold(self, certificate: Certificate) -> None:
        """Put a certificate and its key where the programs read them."""
        shutil.copy(certificate.certificate, self.folder / "certificate.pem")
        shutil.copy(certificate.key, self.folder / "certificate-key.pem")

    @property
    def environment(self) -> dict[str, str]:
        """What leads a program to the public address, and has it trust that."""
        authority = str(self.public.authority.certificate)
        return {
            "HTTPS_PROXY": self.public.internet.proxy,
            "NODE_EXTRA_CA_CERTS": authority,
            "REQUESTS_CA_BUNDLE": authority,
        }


@pytest.fixture(scope="session")
def unknown(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return an authority that nginx was not told of."""
    return Authority(tmp_path_factory.mktemp("unknown"))


@pytest.fixture
def starting(public: Public, unknown: Authority, tmp_path: Path) -> Starting:
    """Return a partner at the start, in a folder of their own."""
    return Starting(public, tmp_path, unknown)


@pytest.fixture
def resident(public: Public) -> Iterator[Resident]:
    """Yield a test resident at a new browser."""
    person = public.person
    with Resident(person["sign_in_name"], person["password"], http=public.client()) as resident:
        yield resident


def _signed_in(starting: Starting, resident: Resident) -> tuple[str, str]:
    """Return what the program prints and complains of; the browser ends where there is no page."""
    (key,) = FAPI
    with running(key, starting.folder, starting.environment) as process:
        answer = resident.travel(address(process), REDIRECT_URI)
        return process.communicate(f"{answer}\n", timeout=60)


def _asked(key: str, starting: Starting) -> tuple[str, str]:
    with running(key, starting.folder, starting.environment) as process:
        return process.communicate(timeout=60)


@pytest.mark.parametrize(
    "case", [*CASES.values(), SIGNING, STANDARD], ids=[*CASES, "signing", "plain"]
)
def test_it_signs_somebody_in_however_the_application_was_registered(
    case: Case, starting: Starting, resident: Resident
) -> None:
    made = starting.save(case)
    printed, complained = _signed_in(starting, resident)
    assert SIGNED_IN in printed, complained
    claims, details = told(printed, SIGNED_IN), told(printed, "Details: ")
    assert (claims["iss"], claims["aud"]) == (starting.public.issuer, made["client_id"])
    assert (details["sub"], details["email"]) == (claims["sub"], "nora@example.org")


def test_what_it_must_do_and_does_not_is_refused_in_the_providers_words(
    starting: Starting,
) -> None:
    starting.save(SIGNING)
    starting.write({"require_signed_request_object": False})
    printed, complained = _asked(*FAPI, starting)
    assert printed == ""
    assert complained.startswith("Not signed in: invalid_request: ")


@pytest.mark.parametrize("pasted", ["", "nothing", "https://service.example/callback"])
def test_what_is_no_answer_is_not_taken(
    pasted: str, starting: Starting, resident: Resident
) -> None:
    starting.save(CASES["by-key-and-proof"])
    with running(*FAPI, starting.folder, starting.environment) as process:
        resident.travel(address(process), REDIRECT_URI)
        printed, complained = process.communicate(f"{pasted}\n", timeout=60)
    assert SIGNED_IN not in printed
    assert complained.startswith("Not signed in: ")


@pytest.fixture(scope="module")
def api(public: Public) -> str:
    """Return the short name of an API that asks for certificates or proofs."""
    whose = f"--organisation={public.organisation}"
    made = ("--name=Lamps", f"--identifier={API}", f"--scope={SCOPE}")
    return str(public.served.manage("resource", "create", whose, *made)["resource"])


def _service(case: Case, api: str, starting: Starting) -> None:
    made = starting.save(case, people=False)
    starting.public.served.manage("resource", "let-call", api, made["application"])
    starting.write({"resource": API, "scope": SCOPE})


@pytest.mark.parametrize(
    "key, case",
    [
        *((key, case) for key in FAPI_SERVICES for case in BY_CERTIFICATE),
        ("openid-client-fapi-service", "by-key-and-proof"),
        ("openid-client-fapi-service", "by-name-and-proof"),
        ("openid-client-fapi-service", "by-key-and-certificate"),
    ],
)
def test_a_program_without_people_gets_a_token(
    key: str, case: str, api: str, starting: Starting
) -> None:
    _service(CASES[case], api, starting)
    printed, complained = _asked(key, starting)
    assert GOT in printed, complained
    token = told(printed, GOT)
    assert token["scope"] == SCOPE
    assert token["access_token"] == "not shown"
    by_proof = "proof" in case
    assert token["token_type"].lower() == ("dpop" if by_proof else "bearer")


@pytest.mark.parametrize("key", FAPI_SERVICES)
def test_with_another_certificate_it_says_what_the_provider_said(
    key: str, api: str, starting: Starting
) -> None:
    _service(CASES["by-name"], api, starting)
    starting.hold(starting.unknown.issue(HOST))
    printed, complained = _asked(key, starting)
    assert printed == ""
    assert complained.startswith("No token: invalid_client: ")


@pytest.mark.parametrize("key", [*FAPI, *FAPI_SERVICES])
@pytest.mark.parametrize("missing", ["certificate.pem", "certificate-key.pem"])
def test_it_says_which_file_is_missing(
    key: str, missing: str, api: str, starting: Starting
) -> None:
    _service(CASES["by-name"], api, starting)
    (starting.folder / missing).unlink()
    printed, complained = _asked(key, starting)
    assert printed == ""
    assert complained.startswith(f"There is no {missing}: ")


@pytest.mark.parametrize("key", FAPI_SERVICES)
def test_it_says_that_it_may_call_no_api(key: str, starting: Starting) -> None:
    starting.save(CASES["by-name"], people=False)
    assert _asked(key, starting) == (
        "",
        "borough-login.json names no API as resource: this application may call none so far.\n",
    )


def test_without_its_key_it_says_so(starting: Starting) -> None:
    starting.save(CASES["by-key-and-proof"])
    (starting.folder / KEY_FILE).unlink()
    printed, complained = _asked(*FAPI, starting)
    assert printed == ""
    assert complained.startswith(f"There is no {KEY_FILE}: ")
