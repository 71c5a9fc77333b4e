"""A council's directory that a test plays: what the guarded client gets when it asks there."""

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from pytest_django import Settings

from accounts.security.outgoing.client import Fetched
from accounts.staffing.directory.asking import transport
from tests.accounts.staffing.desk import Desk
from tests.accounts.visitor import Response

ISSUER = "https://directory.council.example"
CLIENT_ID = "borough-login"
GROUPS = [("support", "Contact centre"), ("approver", "Digital"), ("auditor", "Digital")]
Claims = dict[str, Any]


@dataclass
class FakeDirectory:
    """People by their `sub`, with claims; what a test changes is what the next request meets.

    `more` goes into every ID token, None taking a claim out; `instead` answers in the place of an
    endpoint; `asked` are the requests that came.
    """

    people: dict[str, Claims] = field(default_factory=dict)
    more: Claims = field(default_factory=dict)
    instead: dict[str, Callable[[], Fetched]] = field(default_factory=dict)
    metadata: Claims = field(default_factory=dict)
    gives_refresh_tokens: bool = True
    names_in_refresh: bool = True
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    key: ECKey = field(default_factory=lambda: new_key("k1"))
    signs_with: ECKey | None = None
    _codes: dict[str, tuple[str, Claims]] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)
    _number: int = 0

    def employ(self, subject: str = "7", *groups: str, **claims: Any) -> str:
        """Let somebody work for the council; return their `sub`."""
        self.people[subject] = {
            "email": "ada@council.example",
            "name": "Ada Lee",
            "groups": list(groups or ["Contact centre"]),
            **claims,
        }
        return subject

    def sign_in(self, location: str, subject: str, **more: str) -> str:
        """Return the callback's address for somebody who was sent here and has signed in."""
        asked = dict(parse_qsl(urlsplit(location).query))
        code = self._new("code")
        self._codes[code] = (subject, asked)
        answer = {"code": code, "state": asked["state"], "iss": ISSUER, **more}
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode(answer)}"

    def get(self, url: str, *, authorization: str = "", **_how: object) -> Fetched:
        """Answer as the guarded client's `fetch`."""
        path = urlsplit(url).path
        self.asked.append((path, {}))
        if path in self.instead:
            return self.instead[path]()
        if path == "/.well-known/openid-configuration":
            return _json(200, self._discovery())
        if path == "/jwks":
            return _json(200, KeySet([self.key]).as_dict(private=False))
        subject = self._tokens.get(authorization.removeprefix("Bearer "))
        if path != "/userinfo" or subject not in self.people:
            return _json(401, {"error": "invalid_token"})
        return _json(200, {"sub": subject, **self.people[subject]})

    def post(self, url: str, *, body: bytes, authorization: str, **_how: object) -> Fetched:
        """Answer as the guarded client's `post`."""
        path, form = urlsplit(url).path, {k: v[0] for k, v in parse_qs(body.decode()).items()}
        self.asked.append((path, form))
        if path in self.instead:
            return self.instead[path]()
        secret = base64.b64encode(f"{CLIENT_ID}:a secret".encode()).decode()
        if authorization != f"Basic {secret}":
            return _json(401, {"error": "invalid_client"})
        return self._exchange(form)

    def _exchange(self, form: dict[str, str]) -> Fetched:
        if form["grant_type"] == "refresh_token":
            subject = self._tokens.pop(form["refresh_token"], "")
            return self._granted(subject, "", names=self.names_in_refresh)
        subject, asked = self._codes.pop(form["code"], ("", {}))
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked.get("code_challenge") != proof or asked["redirect_uri"] != form["redirect_uri"]:
            return _json(400, {"error": "invalid_grant"})
        return self._granted(subject, asked["nonce"])

    def _granted(self, subject: str, nonce: str, *, names: bool = True) -> Fetched:
        if subject not in self.people:
            return _json(400, {"error": "invalid_grant"})
        access, refresh = self._new("access"), self._new("refresh")
        self._tokens |= {access: subject, refresh: subject}
        answer: Claims = {"access_token": access, "token_type": "Bearer", "expires_in": 300}
        if self.gives_refresh_tokens:
            answer["refresh_token"] = refresh
        if names:
            answer["id_token"] = self._id_token(subject, nonce)
        return _json(200, answer)

    def _id_token(self, subject: str, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": CLIENT_ID, "sub": subject, "iat": now, "exp": now + 300}
        claims |= {"nonce": nonce} if nonce else {}
        claims |= self.more
        claims = {name: value for name, value in claims.items() if value is not None}
        key = self.signs_with or self.key
        return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)

    def _discovery(self) -> Claims:
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/jwks",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "authorization_response_iss_parameter_supported": True,
            **self.metadata,
        }

    def _new(self, kind: str) -> str:
        self._number += 1
        return f"{kind}-{self._number}"


def named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> FakeDirectory:
    """Return a directory that the settings name and that answers in this process."""
    fake = FakeDirectory()
    settings.DIRECTORY_ISSUER, settings.DIRECTORY_CLIENT_ID = ISSUER, CLIENT_ID
    settings.DIRECTORY_CLIENT_SECRET, settings.DIRECTORY_GROUPS = "a secret", GROUPS
    monkeypatch.setattr(transport, "fetch", fake.get)
    monkeypatch.setattr(transport, "post", fake.post)
    return fake


def visit(desk: Desk, fake: FakeDirectory, subject: str = "7", **more: str) -> Response:
    """Go to the directory in this browser, sign in there, and come back."""
    sent = desk.get("/staff/directory")
    assert sent.status_code == 303
    return desk.get(fake.sign_in(sent["Location"], subject, **more))


def said(status: int, body: object) -> Callable[[], Fetched]:
    """Return an answer in the place of an endpoint's."""
    return lambda: _json(status, body)


def new_key(kid: str) -> ECKey:
    """Return a key by this id; the directory's own is "k1"."""
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


def _json(status: int, body: object) -> Fetched:
    return Fetched(status, json.dumps(body).encode(), {"content-type": "application/json"})
