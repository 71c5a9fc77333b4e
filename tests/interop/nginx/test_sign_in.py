"""A whole sign-in at the public address of a provider whose settings are the environment alone."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import jwt
import pytest

from tests.interop.nginx.server import HOST
from tests.interop.public import Public, production
from tests.interop.resident import Resident
from tests.serving.provider import run_command

pytestmark = [pytest.mark.served, pytest.mark.once]

CALLBACK = "https://service.example/callback"
SIGNED_OUT = "https://service.example/signed-out"
# As long as it may be, and three times as long in the address that repeats it.
STATE = "state" + "%" * 2043
VERIFIER = "a-verifier-of-the-service-" * 3


@dataclass
class Visit:
    """Everything that one person's browser and one service saw, from discovery to signing out."""

    public: Public
    metadata: dict[str, Any] = field(default_factory=dict)
    answers: list[httpx.Response] = field(default_factory=list)
    code: str = ""
    tokens: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    left_to: str = ""
    secrets: list[str] = field(default_factory=list)

    def headers(self, name: str) -> list[str]:
        """Return every value of a header, of all answers."""
        return [value for answer in self.answers for value in answer.headers.get_list(name)]


@pytest.fixture(scope="module")
def visit(public: Public) -> Iterator[Visit]:
    """Yield a visit that is over."""
    made = Visit(public)
    with public.client() as browser, public.client() as service:
        for client in (browser, service):
            client.event_hooks["response"].append(made.answers.append)
        _visit(made, browser, service)
        yield made


def _visit(visit: Visit, browser: httpx.Client, service: httpx.Client) -> None:
    public, person = visit.public, visit.public.person
    application = public.register(
        "Behind nginx", CALLBACK, "--post-logout-redirect-uri", SIGNED_OUT
    )
    client_id, secret = application["client_id"], application["client_secret"]
    visit.metadata = service.get(f"{public.issuer}/.well-known/openid-configuration").json()

    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=")
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": CALLBACK,
        "scope": "openid email",
        "state": STATE,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }
    resident = Resident(person["sign_in_name"], person["password"], http=browser)
    begin = f"{visit.metadata['authorization_endpoint']}?{urlencode(asked)}"
    answer = parse_qs(urlsplit(resident.travel(begin, CALLBACK)).query)
    assert answer["state"] == [STATE]
    visit.code = answer["code"][0]

    form = {"grant_type": "authorization_code", "code": visit.code, "redirect_uri": CALLBACK}
    visit.tokens = service.post(
        visit.metadata["token_endpoint"],
        data=form | {"code_verifier": VERIFIER},
        auth=(client_id, secret),
    ).json()
    id_token, access_token = visit.tokens["id_token"], visit.tokens["access_token"]
    keys = jwt.PyJWKSet.from_dict(service.get(visit.metadata["jwks_uri"]).json())
    key = keys[jwt.get_unverified_header(id_token)["kid"]]
    visit.claims = jwt.decode(id_token, key, ["ES256"], audience=client_id, issuer=public.issuer)
    visit.details = service.get(
        visit.metadata["userinfo_endpoint"], headers={"Authorization": f"Bearer {access_token}"}
    ).json()

    wish = {"id_token_hint": id_token, "post_logout_redirect_uri": SIGNED_OUT}
    leaving = f"{visit.metadata['end_session_endpoint']}?{urlencode(wish)}"
    visit.left_to = resident.travel(leaving, SIGNED_OUT)
    cookies = [value for cookie in browser.cookies.jar if (value := cookie.value)]
    visit.secrets = [person["password"], secret, visit.code, id_token, access_token, *cookies]


def test_the_whole_sign_in_works(visit: Visit) -> None:
    assert visit.metadata["issuer"] == f"https://{HOST}"
    assert visit.claims["sub"] == visit.details["sub"]
    assert visit.details["email"] == "nora@example.org"
    assert visit.left_to == SIGNED_OUT


def test_every_endpoint_is_named_by_its_public_address(visit: Visit) -> None:
    endpoints = {
        name: value
        for name, value in visit.metadata.items()
        if name.endswith(("_endpoint", "_uri")) and isinstance(value, str)
    }
    assert len(endpoints) >= 8
    assert not {name for name in endpoints if urlsplit(endpoints[name]).netloc != HOST}
    assert not {name for name in endpoints if not endpoints[name].startswith("https://")}


def test_every_redirect_stays_at_the_public_address(visit: Visit) -> None:
    places = {urlsplit(where)[:2] for where in visit.headers("Location")}
    assert places <= {("", ""), ("https", HOST), ("https", "service.example")}


def test_cookies_belong_to_this_host_alone_and_travel_encrypted(visit: Visit) -> None:
    """RFC 6265bis §4.1.3.2: browsers take a name with __Host- only so."""
    cookies = visit.headers("Set-Cookie")
    names = {cookie.partition("=")[0] for cookie in cookies}
    assert {"__Host-test-session", "__Host-csrf"} <= names
    for cookie in cookies:
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert cookie.startswith("__Host-")
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= attributes
        assert not {part for part in attributes if part.startswith("domain")}


def test_every_answer_tells_browsers_to_come_by_https(visit: Visit) -> None:
    """RFC 6797 §7.1, once each: of two, browsers read the first."""
    for answer in visit.answers:
        said = answer.headers.get_list("Strict-Transport-Security")
        assert said == ["max-age=31536000; includeSubDomains"], answer.url.path


def test_nothing_of_it_is_in_any_log(visit: Visit) -> None:
    public = visit.public
    written = [path.read_text() for path in sorted(public.logs.glob("*.log"))]
    logs = "\n".join([public.nginx.all_logs, *written])
    assert len(written) == 2
    assert [secret for secret in visit.secrets if secret in logs] == []
    assert "nora" not in logs
    assert "/authorize " in public.nginx.own_log


def test_the_settings_are_safe_and_complete() -> None:
    said = run_command(
        production("postgresql://borough:only-here@localhost/borough"),
        *("check", "--deploy", "--fail-level", "WARNING"),
    )
    assert "no issues" in said


def test_static_files_come_compressed_and_stay_for_ever(public: Public) -> None:
    with public.client() as client:
        page = client.get(f"{public.issuer}/help/contact").raise_for_status()
        style = page.text.partition('rel="stylesheet"')[0].rpartition("<link")[2]
        href = (style + page.text.partition('rel="stylesheet"')[2]).partition('href="')[2]
        answer = client.get(f"{public.issuer}{href.partition(chr(34))[0]}").raise_for_status()
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in page.headers
