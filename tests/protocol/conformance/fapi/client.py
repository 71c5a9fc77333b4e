"""A client of the high profile: it pushes, proves, and takes nothing for granted."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid4

import httpx

from clients.applications.high.rules import ALGORITHMS
from tests.interop.authority import Certificate
from tests.protocol.conformance import id_tokens
from tests.protocol.conformance.browser import Browser, Stop
from tests.protocol.conformance.fapi.provider import HighProvider
from tests.protocol.conformance.fapi.variants import KEY, Variant
from tests.protocol.conformance.relying_party import Json, Parameters, RelyingParty, SignedIn
from tests.protocol.conformance.site import Received
from tests.protocol.dpop.holder import Holder
from tests.protocol.signing import ASSERTION_TYPE, SigningKey

VERIFIER = "a-verifier-of-the-plans-for-fapi-" * 2
TOKEN, PAR, USERINFO = (
    "token_endpoint",
    "pushed_authorization_request_endpoint",
    "userinfo_endpoint",
)
_USE_NONCE = "use_dpop_nonce"


@dataclass(kw_only=True)
class HighClient(RelyingParty):
    """One of a plan's two clients, with all its keys."""

    variant: Variant
    # Beside `key`: registered too, and too weak a way of signing.
    rsa: SigningKey
    certificate: Certificate | None = None
    holder: Holder = field(default_factory=Holder)
    nonce: str = ""

    @property
    def high(self) -> HighProvider:
        """The provider."""
        return cast("HighProvider", self.provider)

    @cached_property
    def http(self) -> httpx.Client:
        """Its connections."""
        return self.high.client(self.certificate)

    @cached_property
    def metadata(self) -> Json:
        """What the provider says of itself."""
        return self.provider.metadata()

    def address(self, endpoint: str) -> str:
        """Return where it calls an endpoint (RFC 8705 §5)."""
        aliases = self.metadata["mtls_endpoint_aliases"] if self.certificate else {}
        return str(aliases.get(endpoint, self.metadata[endpoint]))

    def request(self, **changes: str | None) -> Parameters:
        """Return an authorization request, with changes; None leaves one out."""
        challenge = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
        usual = super().request(
            scope="openid email offline_access",
            nonce=f"{uuid4().hex}-and-eleven",
            code_challenge=challenge,
            code_challenge_method="S256",
            response_mode="jwt" if self.variant.signs else None,
        )
        return {name: text for name, text in {**usual, **changes}.items() if text is not None}

    def push(self, asked: Parameters, *, object_: str | None = None, **how: Any) -> httpx.Response:
        """Push a request, signed where the plan wants it; or this request object."""
        if self.variant.signs:
            asked = {"request": object_ or self.request_object(asked)}
        return self.send(PAR, asked, **how)

    def pushed(self, asked: Parameters, **how: Any) -> str:
        """Push a request that is taken; return its request_uri."""
        answer = self.push(asked, **how)
        assert answer.status_code == httpx.codes.CREATED, answer.text
        return str(answer.json()["request_uri"])

    def request_object(self, asked: Parameters, **changes: Any) -> str:
        """Return the request as a JWT, with changes to its claims; None leaves one out."""
        return self.key_of_its_own.sign(self.wish(asked, **changes), typ="oauth-authz-req+jwt")

    def wish(self, asked: Parameters, **changes: Any) -> Json:
        """Return the claims of a request object, with changes; None leaves one out."""
        now = self.provider.now()
        right = {"iss": self.client_id, "aud": self.provider.issuer, "nbf": now, "exp": now + 60}
        claims = {**asked, **right, **changes}
        return {name: value for name, value in claims.items() if value is not None}

    def ask(self, browser: Browser, asked: Parameters) -> Stop:
        """Push a request and send a browser with its name, and no more beside it."""
        return self.open(browser, self.pushed(asked))

    def open(self, browser: Browser, request_uri: str, **outside: str) -> Stop:
        """Send a browser with a pushed request, and with more beside it."""
        named = {"client_id": self.client_id, "request_uri": request_uri, **outside}
        return browser.open(f"{self.metadata['authorization_endpoint']}?{urlencode(named)}")

    def code_for(self, browser: Browser, **changes: str | None) -> str:
        """Let the person sign in; return the code."""
        asked = self.request(**changes)
        return self.code(asked, self.ask(browser, asked))

    def redeem(self, code: str, **more: Any) -> httpx.Response:
        """Exchange a code, with changes to the parameters; None leaves one out."""
        how = {name: more.pop(name) for name in ("proof", "assertion", "http") if name in more}
        values = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": VERIFIER,
            **more,
        }
        return self.send(TOKEN, {name: text for name, text in values.items() if text}, **how)

    def finish(self, asked: Parameters, stop: Stop, **more: str) -> SignedIn:
        """Take the answer, redeem its code, and check all of it: signatures by the three, too."""
        done = super().finish(asked, stop, **more)
        header = id_tokens.verified(self.provider, done.tokens["id_token"])[0]
        assert header["alg"] in ALGORITHMS
        return done

    def own_token(self, **how: Any) -> httpx.Response:
        """Ask for a token in its own name."""
        return self.send(TOKEN, {"grant_type": "client_credentials", "scope": "ssf.read"}, **how)

    def token_request(self, values: Parameters) -> httpx.Response:
        """Send a request to the token endpoint."""
        return self.send(TOKEN, values)

    def send(
        self,
        endpoint: str,
        values: Parameters,
        *,
        proof: str | None = None,
        assertion: str | None = None,
        http: httpx.Client | None = None,
    ) -> httpx.Response:
        """Post to an endpoint, authenticated as registered and with a proof where tokens need one.

        An empty proof or assertion is left out.
        """
        method = self.registered["token_endpoint_auth_method"]
        own = {"client_id": self.client_id}
        if method == KEY and assertion != "":
            own["client_assertion_type"] = ASSERTION_TYPE
        address, http = self.address(endpoint), http or self.http

        def once() -> httpx.Response:
            headers, sent = {}, {**own, **values}
            if "client_assertion_type" in sent:
                sent["client_assertion"] = assertion or self.assertion()
            if self.variant.by_proof and proof != "" and endpoint == TOKEN:
                headers["DPoP"] = proof or self.proof("POST", address)
            elif proof:
                headers["DPoP"] = proof
            return http.post(address, data=sent, headers=headers)

        return self._again(once, proof or assertion)

    def ask_userinfo(self, access_token: str, **headers: str) -> httpx.Response:
        """Return what the resource answers to GET; an empty header is left out."""
        return self.ask_resource(self.address(USERINFO), access_token, **headers)

    def ask_resource(self, address: str, access_token: str, **headers: str) -> httpx.Response:
        """Return what a resource answers to GET, with changes to the headers."""
        scheme = "DPoP" if self.variant.by_proof else "Bearer"

        def once() -> httpx.Response:
            right = {"Authorization": f"{scheme} {access_token}"}
            if self.variant.by_proof and "DPoP" not in headers:
                right["DPoP"] = self.proof("GET", address, access_token)
            sent = {**right, **headers}
            return self.http.get(address, headers={name: t for name, t in sent.items() if t})

        return self._again(once, headers.get("DPoP"))

    def _again(self, once: Callable[[], httpx.Response], fixed: str | None) -> httpx.Response:
        """Ask; where the provider wants its nonce in the proof, ask once more (RFC 9449 §8)."""
        answer = once()
        told = answer.headers.get("DPoP-Nonce")
        wants = told and answer.status_code in {400, 401} and _USE_NONCE in _error(answer)
        self.nonce = told or self.nonce
        return once() if wants and not fixed else answer

    def proof(self, method: str, address: str, token: str | None = None, **changes: Any) -> str:
        """Return a proof by its key, with changes to claims and header."""
        right = {"htu": address, "iat": self.provider.now(), "nonce": self.nonce or None}
        return self.holder.proof(method, "", token, **{**right, **changes})

    def know_nonce(self) -> None:
        """Learn which nonce its proofs are to hold."""
        self.nonce = ""
        self.send(TOKEN, {"grant_type": "refresh_token", "refresh_token": "none"})
        assert self.nonce

    def assertion(self, *, key: SigningKey | None = None, **changes: Any) -> str:
        """Return a client assertion, with changes to its claims; None leaves one out."""
        now = self.provider.now()
        right = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.provider.issuer,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + 60,
        }
        claims = {name: it for name, it in {**right, **changes}.items() if it is not None}
        return (key or self.key_of_its_own).sign(claims)

    @property
    def key_of_its_own(self) -> SigningKey:
        """Return what it signs with."""
        assert self.key
        return self.key

    def _parameters(self, received: Received, stop: Stop) -> Parameters:
        found = super()._parameters(received, stop)
        return self._opened(found) if self.variant.signs else found

    def _opened(self, found: Parameters) -> Parameters:
        """Return what a signed answer holds, beside which nothing is sent (JARM §2.3, §2.4)."""
        assert found.keys() == {"response"}, found
        header, claims = id_tokens.verified(self.provider, found["response"])
        assert header["alg"] in ALGORITHMS
        assert claims["iss"] == self.provider.issuer
        assert claims.pop("aud") == self.client_id
        assert 10 <= claims.pop("exp") - self.provider.now() <= 600
        return claims


def _error(answer: httpx.Response) -> str:
    return f"{answer.headers.get('WWW-Authenticate', '')} {answer.text}"
