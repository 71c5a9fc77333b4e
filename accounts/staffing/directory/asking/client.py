"""One look at the directory: discovery, the code's exchange, asking again, userinfo."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from threading import BoundedSemaphore
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError

from accounts.security.outgoing.refusals import OutgoingRefusedError
from accounts.staffing.directory.asking import id_tokens, transport
from accounts.staffing.directory.asking.problems import (
    DeclinedError,
    SilentError,
    UntrustedError,
)
from accounts.staffing.directory.configuration import Configuration

Claims = Mapping[str, Any]

_DISCOVERY: Final = "/.well-known/openid-configuration"
# Of one process: anybody may begin a visit, and a slow directory must leave threads for residents.
_TURNS: Final = BoundedSemaphore(8)


@dataclass(frozen=True)
class Said:
    """Whom the directory named, and by what it can be asked about them again."""

    subject: str
    claims: Claims = field(repr=False)
    refresh_token: str = field(repr=False)


class Directory:
    """The directory as it is found now; make a new one for each visit and each round."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    @property
    def issuer(self) -> str:
        """Whose word it is."""
        return self._configuration.issuer

    def departure(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return the address at the directory to send a browser to.

        Raises:
            DirectoryError: the directory cannot be used.
        """
        with _turn():
            address = self._endpoint("authorization_endpoint")
            if urlsplit(address).scheme != "https" and not address.startswith(self._origin):
                message = "Browsers would be sent to an address without https."
                raise UntrustedError(message)
            session = self._session(
                redirect_uri=self._configuration.redirect_uri, code_challenge_method="S256"
            )
            url, _state = session.create_authorization_url(
                address,
                state=state,
                code_verifier=verifier,
                nonce=nonce,
                scope=self._configuration.scopes,
                # Whoever sits at a shared desk is not taken for the one before.
                prompt="login",
            )
        return str(url)

    def arrival(self, *, code: str, nonce: str, verifier: str, since: datetime) -> Said:
        """Return whom a browser came back as; `since`: when it left for the directory.

        Raises:
            DirectoryError: the code is not good, or an answer is not to be believed.
        """
        with _turn():
            session = self._session(redirect_uri=self._configuration.redirect_uri)
            token = session.fetch_token(
                self._endpoint("token_endpoint"),
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
            )
            if not isinstance(token.get("id_token"), str):
                message = "The token response holds no ID token."
                raise UntrustedError(message)
            named = self._named(token, nonce=nonce, since=since)
            return self._said(session, token, named)

    def again(self, *, refresh_token: str, subject: str, keep: Callable[[str], None]) -> Said:
        """Return what the directory says now of somebody who came before.

        `keep` gets the refresh token that comes in the place of the spent one, before all else:
        whatever fails behind it, the next question must not be asked with one that is spent.

        Raises:
            DeclinedError: it vouches for them no more, or refuses for another reason.
            DirectoryError: it cannot be asked, or the answer is about somebody else.
        """
        with _turn():
            session = self._session()
            token = session.refresh_token(
                self._endpoint("token_endpoint"), refresh_token=refresh_token
            )
            if renewed := _refresh_token(token):
                keep(renewed)
            # OpenID Connect Core §12.2: a refresh need not bring one.
            named = self._named(token) if token.get("id_token") else {"sub": subject}
            if named["sub"] != subject:
                message = "The directory answers about somebody else."
                raise UntrustedError(message)
            return self._said(session, token, named)

    def answers_with_issuer(self) -> bool:
        """Say whether its answers name it (RFC 9207 §3).

        Raises:
            DirectoryError: the directory cannot be used.
        """
        with _turn():
            return self._metadata.get("authorization_response_iss_parameter_supported") is True

    @cached_property
    def _metadata(self) -> dict[str, Any]:
        found: dict[str, Any] = self._json(f"{self.issuer.rstrip('/')}{_DISCOVERY}")
        # OpenID Connect Discovery §4.3: else one directory could speak in another's name.
        if found["issuer"] != self.issuer:
            message = "Discovery names another issuer."
            raise UntrustedError(message)
        return found

    @cached_property
    def _keys(self) -> dict[str, Any]:
        return self._json(self._endpoint("jwks_uri"))

    @property
    def _origin(self) -> str:
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}/"

    def _endpoint(self, name: str) -> str:
        address = self._metadata[name]
        if not isinstance(address, str):
            raise TypeError(name)
        return address

    def _json(self, address: str) -> dict[str, Any]:
        answer = self._session().get(address, withhold_token=True)
        answer.raise_for_status()
        found = answer.json()
        if not isinstance(found, dict):
            raise TypeError(address)
        return found

    def _named(self, token: Claims, **of_a_visit: Any) -> Claims:
        client_id = self._configuration.client_id
        expected = id_tokens.Expected(self.issuer, client_id, **of_a_visit)
        try:
            return id_tokens.checked(token, self._keys, expected)
        except id_tokens.UnknownKeyError:
            # One that is newer than those that were fetched for an earlier member.
            vars(self).pop("_keys", None)
            return id_tokens.checked(token, self._keys, expected)

    def _said(self, session: OAuth2Session, token: Claims, named: Claims) -> Said:
        has_userinfo = "userinfo_endpoint" in self._metadata
        told = self._userinfo(session) if has_userinfo else {}
        # Another person's details must not pass as this one's. OpenID Connect Core §5.3.2
        if has_userinfo and told.get("sub") != named["sub"]:
            message = "Userinfo is about somebody else than the ID token."
            raise UntrustedError(message)
        if not has_userinfo and "id_token" not in token:
            message = "The directory says nothing about anybody."
            raise SilentError(message)
        return Said(str(named["sub"]), {**told, **named}, _refresh_token(token))

    def _userinfo(self, session: OAuth2Session) -> Claims:
        answer = session.get(self._endpoint("userinfo_endpoint"))
        answer.raise_for_status()
        told: Claims = dict(answer.json())
        return told

    def _session(self, **how: str) -> OAuth2Session:
        configuration = self._configuration
        return transport.session(
            [configuration.own_host],
            client_id=configuration.client_id,
            client_secret=configuration.client_secret,
            leeway=0,
            **how,
        )


def _refresh_token(token: Claims) -> str:
    found = token.get("refresh_token")
    return found if isinstance(found, str) else ""


@contextmanager
def _turn() -> Iterator[None]:
    if not _TURNS.acquire(blocking=False):
        message = "Too many wait for the directory."
        raise SilentError(message)
    try:
        with _errors_translated():
            yield
    finally:
        _TURNS.release()


@contextmanager
def _errors_translated() -> Iterator[None]:
    try:
        yield
    except OAuthError as error:
        raise DeclinedError(str(error.error)) from error
    except OutgoingRefusedError as error:
        raise SilentError(str(error.reason)) from error
    except requests.RequestException as error:
        raise SilentError(type(error).__name__) from error
    except (JoseError, id_tokens.UnknownKeyError) as error:
        raise UntrustedError(str(error)) from error
    # A directory that answers in another shape than the standards' reaches Authlib's inside as one
    # of these.
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise UntrustedError(type(error).__name__) from error
