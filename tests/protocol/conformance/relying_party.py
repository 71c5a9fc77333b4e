"""A relying party that takes nothing for granted: what every module checks, wherever it happens."""

import math
import re
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit
from uuid import uuid4

import httpx

from tests.protocol.conformance import id_tokens
from tests.protocol.conformance.browser import Browser, Stop
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.site import Received
from tests.protocol.signing import ASSERTION_TYPE, SigningKey

# What prompt=none may be answered where it cannot succeed (OIDC Core §3.1.2.6).
NEEDS_SOMEBODY = (
    *("login_required", "interaction_required", "consent_required", "account_selection_required"),
)
BEARER = "bearer"
Parameters = dict[str, str]
Json = dict[str, Any]


@dataclass(frozen=True)
class SignedIn:
    """A sign-in from its request to its tokens."""

    asked: Parameters
    stop: Stop
    code: str
    tokens: Json
    claims: Json

    @property
    def access_token(self) -> str:
        """The access token."""
        return str(self.tokens["access_token"])


@dataclass
class RelyingParty:
    """A registered client; `mode` is the response mode that its plan asks for, if any."""

    provider: Provider
    registered: Json
    # What it sent to be registered.
    sent: Json
    mode: str = ""
    key: SigningKey | None = None
    # Of an assertion; the token endpoint's address unless a module wants another.
    audience: str = ""
    # How it presents access tokens.
    presents: str = BEARER
    _seen: list[str] = field(default_factory=list)

    @property
    def client_id(self) -> str:
        """Its name at the provider."""
        return str(self.registered["client_id"])

    @property
    def redirect_uri(self) -> str:
        """Its first redirect URI."""
        return str(self.registered["redirect_uris"][0])

    def request(self, **changes: str | None) -> Parameters:
        """Return an authorization request without PKCE, with changes; None leaves one out."""
        usual = {
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "openid",
            "state": token_hex(64),
            "nonce": token_hex(16),
            "response_type": "code",
            "response_mode": self.mode or None,
        }
        return {name: text for name, text in {**usual, **changes}.items() if text is not None}

    def ask(self, browser: Browser, asked: Parameters) -> Stop:
        """Send a browser with a request."""
        endpoint = self.provider.metadata()["authorization_endpoint"]
        return browser.open(f"{endpoint}?{urlencode(asked)}")

    def sign_in(self, browser: Browser, **changes: str | None) -> SignedIn:
        """Let somebody sign in, redeem the code, and check all of it."""
        asked = self.request(**changes)
        return self.finish(asked, self.ask(browser, asked))

    def finish(self, asked: Parameters, stop: Stop, **more: str) -> SignedIn:
        """Take the answer to a request, redeem its code, and check both."""
        code = self.code(asked, stop)
        answer = self.redeem(code, **more)
        tokens = checked_tokens(answer, self.presents)
        claims = id_tokens.claims_of(
            self.provider,
            tokens["id_token"],
            client_id=self.client_id,
            nonce=asked.get("nonce"),
            hashed={"at_hash": tokens["access_token"], "c_hash": code},
        )
        return SignedIn(asked, stop, code, tokens, claims)

    def code(self, asked: Parameters, stop: Stop) -> str:
        """Return the code of an answer that holds what it should and no more."""
        answer = self.answer(asked, stop)
        assert answer.keys() <= {"code", "state", "iss", "session_state"}, answer
        code = answer["code"]
        assert len(code) * 6 >= 128
        assert entropy(code) >= 96
        assert code not in self._seen
        self._seen.append(code)
        return code

    def refusal(self, asked: Parameters, stop: Stop, *errors: str) -> Parameters:
        """Return an answer that is one of these errors, and holds what it should and no more."""
        answer = self.answer(asked, stop)
        allowed = {"error", "error_description", "error_uri", "state", "session_state", "iss"}
        assert answer.keys() <= allowed, answer
        assert answer["error"] in errors, answer
        return answer

    def answer(self, asked: Parameters, stop: Stop) -> Parameters:
        """Return the parameters that came back, the way that was asked for, with `state`."""
        received, own = stop.callback, urlsplit(asked.get("redirect_uri", self.redirect_uri))
        assert received.path == own.path
        answer = self._parameters(received, stop)
        for name, value in parse_qsl(own.query):
            # RFC 6749 §3.1.2: the query of the redirect URI is kept.
            assert answer.pop(name) == value
        assert answer.get("state") == asked.get("state")
        # RFC 9207 §2: in each of our answers.
        assert answer["iss"] == self.provider.issuer
        return answer

    def _parameters(self, received: Received, stop: Stop) -> Parameters:
        if self.mode == "form_post":
            assert received.method == "POST"
            assert received.content_type == "application/x-www-form-urlencoded"
            assert not received.query
            assert sends_itself(self.provider, stop.page_before("continue"))
            return _single(received.form)
        assert (received.method, received.form) == ("GET", {})
        return _single(received.query)

    def redeem(self, code: str, **more: str) -> httpx.Response:
        """Exchange a code."""
        values = {"grant_type": "authorization_code", "code": code}
        return self.token_request({**values, "redirect_uri": self.redirect_uri, **more})

    def refresh(self, refresh_token: str, **more: str) -> httpx.Response:
        """Use a refresh token."""
        values = {"grant_type": "refresh_token", "refresh_token": refresh_token, **more}
        return self.token_request(values)

    def token_request(self, values: Parameters) -> httpx.Response:
        """Send a request to the token endpoint, authenticated as registered."""
        metadata = self.provider.metadata()
        method = self.registered["token_endpoint_auth_method"]
        assert method in metadata["token_endpoint_auth_methods_supported"]
        headers = {}
        if method == "client_secret_basic":
            headers["Authorization"] = self._basic()
        elif method == "client_secret_post":
            secret = self.registered["client_secret"]
            values = {**values, "client_id": self.client_id, "client_secret": secret}
        else:
            values = {**values, **self._assertion(metadata["token_endpoint"])}
        return self.provider.http.post(metadata["token_endpoint"], data=values, headers=headers)

    def userinfo(self, access_token: str) -> Json:
        """Return what userinfo tells."""
        return checked_userinfo(self.ask_userinfo(access_token))

    def ask_userinfo(self, access_token: str) -> httpx.Response:
        """Return what userinfo answers to GET."""
        address = self.provider.metadata()["userinfo_endpoint"]
        return self.provider.http.get(address, headers=bearer(access_token))

    def sign_out(self, browser: Browser, **values: str) -> Stop:
        """Send a browser to the end-session endpoint with these parameters."""
        endpoint = self.provider.metadata()["end_session_endpoint"]
        return browser.open(f"{endpoint}?{urlencode(values)}" if values else endpoint)

    def knows_nobody(self, browser: Browser) -> bool:
        """Say whether prompt=none finds nobody signed in."""
        asked = self.request(prompt="none")
        self.refusal(asked, self.ask(browser, asked), *NEEDS_SOMEBODY)
        return True

    def _basic(self) -> str:
        pair = f"{quote_plus(self.client_id)}:{quote_plus(self.registered['client_secret'])}"
        return f"Basic {b64encode(pair.encode()).decode()}"

    def _assertion(self, token_endpoint: str) -> Parameters:
        assert self.key
        now = self.provider.now()
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.audience or token_endpoint,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + 60,
        }
        return {
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self.key.sign(claims),
        }


def public(key: SigningKey) -> Json:
    """Return the public half of a key, as the suite publishes its clients'."""
    return {**key.jwk, "alg": key.algorithm, "use": "sig"}


def bearer(access_token: str) -> dict[str, str]:
    """Return the header of RFC 6750 §2.1."""
    return {"Authorization": f"Bearer {access_token}"}


def checked_tokens(answer: httpx.Response, presented: str = BEARER) -> Json:
    """Return what the token endpoint answered, if it is a success in every respect."""
    assert (answer.status_code, _type(answer)) == (200, "application/json"), answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    tokens: Json = answer.json()
    assert tokens["token_type"].lower() == presented
    assert entropy(tokens["access_token"]) >= 96
    assert tokens["expires_in"] > 0
    return tokens


def checked_userinfo(answer: httpx.Response) -> Json:
    """Return what userinfo answered, if it is JSON about somebody."""
    assert (answer.status_code, _type(answer)) == (200, "application/json"), answer.text
    told: Json = answer.json()
    assert id_tokens.no_empty_value(told)
    return told


def is_invalid_grant(answer: httpx.Response) -> bool:
    """Say whether the token endpoint refused the code or refresh token (RFC 6749 §5.2)."""
    assert (answer.status_code, _type(answer)) == (400, "application/json"), answer.text
    return bool(answer.json()["error"] == "invalid_grant")


def sends_itself(provider: Provider, page: httpx.Response) -> bool:
    """Say whether a script of one line submits the page's form, and its policy lets it."""
    assert (page.status_code, _type(page)) == (200, "text/html")
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in page.headers["Content-Security-Policy"].split(";")
    )
    assert policy["script-src"] == "'self'"
    assert provider.site.origin in policy["form-action"]
    found = re.search(r'<script src="([^"]*/form_post[^"]*)"></script>', page.text)
    assert found
    text = provider.http.get(f"{provider.issuer}{found[1]}").raise_for_status().text
    return 'document.getElementById("answer").submit()' in text and 'id="answer"' in page.text


def entropy(text: str) -> float:
    """Return Shannon's measure of a text, in bits."""
    counts = Counter(text).values()
    return -sum(count * math.log2(count / len(text)) for count in counts)


def _type(answer: httpx.Response) -> str:
    return str(answer.headers["Content-Type"]).partition(";")[0]


def _single(values: dict[str, list[str]]) -> Parameters:
    assert all(len(given) == 1 for given in values.values()), values
    return {name: given[0] for name, given in values.items()}
