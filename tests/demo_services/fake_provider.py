"""A provider in this process, reached through requests' own adapters; nothing touches a socket."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import ECKey, Key, KeySet
from requests.adapters import BaseAdapter

ISSUER = "http://provider.test"
CLIENT_ID = "council-tax"
CLIENT_SECRET = "a secret between the two"
EVENTS_TOKEN = "shown with each event"

Answer = tuple[int, object]
Forger = Callable[[dict[str, Any]], str]


def new_key(kid: str) -> ECKey:
    """Return a signing key."""
    return ECKey.generate_key("P-256", {"kid": kid, "alg": "ES256", "use": "sig"})


class FakeProvider(BaseAdapter):
    """Does all right until one of its attributes says otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[Key] = [new_key("first")]
        self.issuer = ISSUER
        self.subject = "pairwise-1"
        self.id_token: dict[str, Any] = {}
        self.details: dict[str, Any] = {"name": "Ada Lovelace", "email": "ada@example.org"}
        self.userinfo_subject = ""
        self.access_ended = False
        self.down = False
        self.garbled = False
        self.sign: Forger = self.signed
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def session(self, **options: object) -> OAuth2Session:
        """Return Authlib's client session, its every request answered here."""
        session = OAuth2Session(**options)
        session.mount("http://", self)
        return session

    def consents(self, location: str, **changes: str) -> str:
        """Return where the provider sends the browser after all went well at `location`."""
        asked = dict(parse_qsl(urlsplit(location).query))
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": ISSUER} | changes
        return "/callback?" + urlencode(answer)

    def refuses(self, location: str, error: str, **changes: str) -> str:
        """Return where the provider sends the browser with an error."""
        asked = dict(parse_qsl(urlsplit(location).query))
        answer = {"error": error, "state": asked["state"], "iss": ISSUER} | changes
        return "/callback?" + urlencode(answer)

    def signed(self, claims: dict[str, Any], **header: str) -> str:
        """Return the claims as a JWT under the newest key."""
        key = self.keys[0]
        return jwt.encode({"alg": "ES256", "kid": key.kid, **header}, claims, key)

    def send(
        self, request: requests.PreparedRequest, *_args: object, **_options: object
    ) -> requests.Response:
        """Answer one request."""
        path = urlsplit(str(request.url)).path
        self.asked.append(path)
        if self.down:
            raise requests.ConnectionError
        status, content = self._endpoints()[path](request)
        response = requests.Response()
        response.status_code = status
        response.url = str(request.url)
        response.request = request
        response._content = b"<html>" if self.garbled else json.dumps(content).encode()  # noqa: SLF001
        return response

    def close(self) -> None:
        """Adapters have a close; this one holds nothing."""

    def _endpoints(self) -> Mapping[str, Callable[[requests.PreparedRequest], Answer]]:
        return {
            "/.well-known/openid-configuration": self._metadata,
            "/jwks": self._jwks,
            "/token": self._token,
            "/userinfo": self._userinfo,
        }

    def _metadata(self, _request: requests.PreparedRequest) -> Answer:
        return 200, {
            "issuer": self.issuer,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/jwks",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "end_session_endpoint": f"{ISSUER}/logout",
            # A provider must not be able to talk a service into these.
            "id_token_signing_alg_values_supported": ["none", "HS256", "ES256"],
        }

    def _jwks(self, _request: requests.PreparedRequest) -> Answer:
        return 200, KeySet(self.keys).as_dict(private=False)

    def _token(self, request: requests.PreparedRequest) -> Answer:
        form = dict(parse_qsl(str(request.body)))
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if request.headers["Authorization"] != f"Basic {basic}":
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form["code"], None)
        if asked is None or asked["code_challenge"] != _challenge(form["code_verifier"]):
            return 400, {"error": "invalid_grant", "error_description": "<b>No</b> such code"}
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": self.subject,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": asked["nonce"],
            "sid": "session-1",
        }
        id_token = self.sign(claims | self.id_token)
        return 200, {
            "access_token": "access",
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": id_token,
        }

    def _userinfo(self, request: requests.PreparedRequest) -> Answer:
        if self.access_ended or request.headers["Authorization"] != "Bearer access":
            return 401, {"error": "invalid_token"}
        return 200, {"sub": self.userinfo_subject or self.subject} | self.details


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
