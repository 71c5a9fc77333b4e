"""Codes as the authorization endpoint would have issued them, and the keys that sign tokens."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import count
from typing import Any, Final

from django.utils import timezone

from accounts.models import Account, Session
from accounts.security.encryption import encrypt
from clients.models import Application
from idp.keys.material import Algorithm, KeyPair, generate
from idp.models import AuthorizationRequest, Grant, SigningKey
from idp.oidc import codes
from tests.factories import agreements, partners, people
from tests.factories.partners import OFFLINE, REDIRECT_URI

VERIFIER: Final = "a-verifier-of-at-least-forty-three-characters-0123456789"


@dataclass(frozen=True)
class IssuedCode:
    """A code and everything it stands on."""

    code: str
    grant: Grant
    account: Account
    session: Session
    application: Application


def challenge(verifier: str = VERIFIER) -> str:
    """Return the S256 challenge of a verifier (RFC 7636 §4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def authorization_request(application: Application, **columns: Any) -> AuthorizationRequest:
    """Return a validated request for everything, from no browser in particular."""
    defaults = {
        "redirect_uri": REDIRECT_URI,
        "scope": " ".join(OFFLINE),
        "state": "state-of-the-application",
        "nonce": "nonce-of-the-application",
        "code_challenge": challenge(),
        "expires_at": timezone.now() + timedelta(hours=2),
    }
    columns = {**defaults, **columns}
    return AuthorizationRequest.objects.create(application=application, **columns)


def grant(
    application: Application,
    *,
    account: Account | None = None,
    session: Session | None = None,
    scopes: Iterable[str] = OFFLINE,
    **request: Any,
) -> IssuedCode:
    """Return a code that this resident, signed in just now, agreed to; `request` as asked for."""
    scopes = list(scopes)
    account = account or (session.account if session else _whom_it_serves(application))
    session = session or people.session(account)
    current = account.consents.filter(application=application, superseded_at=None).first()
    code = codes.issue(
        request=authorization_request(application, scope=" ".join(scopes), **request),
        participant=agreements.participant(session, application),
        consent=current or agreements.consent(account, application, scopes=scopes),
        account=account,
    )
    row = Grant.objects.latest("pk")
    return IssuedCode(code, row, account, session, application)


def _whom_it_serves(application: Application) -> Account:
    is_live = application.environment == Application.Environment.LIVE
    return people.account() if is_live else partners.test_resident(application.organisation)


def signing_keys() -> None:
    """Give each algorithm an active and a next key, both published for an hour."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    rows = [
        _signing_key(algorithm, state, an_hour_ago)
        for state in (SigningKey.State.ACTIVE, SigningKey.State.NEXT)
        for algorithm in Algorithm
    ]
    SigningKey.objects.bulk_create(rows)
    SigningKey.objects.update(created_at=an_hour_ago)


def _signing_key(algorithm: Algorithm, state: SigningKey.State, since: datetime) -> SigningKey:
    pair, stored = _pair(algorithm, state)
    return SigningKey(
        kid=pair.kid,
        algorithm=algorithm,
        state=state,
        private_key=stored,
        public_jwk=pair.public_jwk,
        activated_at=since if state == SigningKey.State.ACTIVE else None,
    )


@cache
def _pair(algorithm: Algorithm, _use: str) -> tuple[KeyPair, str]:
    """Return one key for each use in all tests: RSA is slow to make."""
    pair = generate(algorithm)
    return pair, encrypt(pair.private_der)


def made_before() -> Callable[[Algorithm], KeyPair]:
    """Return what may stand for `generate`: a new key at each call, the same ones in each test."""
    numbers = count(1)
    return lambda algorithm: _pair(algorithm, f"made {next(numbers)}")[0]
