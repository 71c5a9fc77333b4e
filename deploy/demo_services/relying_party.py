"""The OpenID Connect client of one service, made with Authlib.

It alone speaks to the provider. Whatever goes wrong there leaves it as one of the errors below.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import requests
from authlib.integrations.base_client import (
    BaseApp,
    InvalidTokenError,
    OAuth2Mixin,
    OAuthError,
    OpenIDMixin,
)
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from deploy.demo_services.configuration import Service
from deploy.demo_services.visits import Claims, Departure, SignedIn

SCOPE = "openid profile email"
CLOCK_SKEW_SECONDS = 30
TIMEOUT_SECONDS = 5
# Discovery is believed about addresses, never about which algorithms are safe: "none" and shared
# secrets are not, whatever it lists.
ALGORITHMS = ["ES256", "RS256"]


class ProviderError(Exception):
    """The provider could not be used; each kind gets its own page."""


class UnreachableError(ProviderError):
    """No answer, or one that makes no sense: trying again later may help."""


class UntrustedError(ProviderError):
    """An answer that fails validation: nobody may be signed in by it."""


class DeclinedError(ProviderError):
    """The token endpoint refused, with a registered error code."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description


class AccessEndedError(ProviderError):
    """The access token is no longer good: it ran out, or the person signed out somewhere."""


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]  # Authlib has no types
    client_cls = OAuth2Session


class RelyingParty:
    """One service as a client of its provider; finds the provider when it is first needed."""

    def __init__(self, service: Service, session: Callable[..., Any] = OAuth2Session) -> None:
        self._service = service
        self._session = session
        self._found: _Client | None = None

    def depart(self, *, hint: str = "") -> tuple[str, Departure]:
        """Begin a sign-in.

        With `hint`, an earlier ID token, the provider may not ask the person anything.
        Returns the address to send the browser to, and what its answer must match.
        """
        silent = {"prompt": "none", "id_token_hint": hint} if hint else {}
        with _errors_translated():
            sent = self._client().create_authorization_url(self._service.redirect_uri, **silent)
        departure = Departure(
            state=sent["state"],
            nonce=sent["nonce"],
            verifier=sent["code_verifier"],
            silent=bool(hint),
            began=time.monotonic(),
        )
        return sent["url"], departure

    def arrive(self, departure: Departure, code: str) -> SignedIn:
        """Exchange the code, validate the ID token and fetch the details of its person."""
        with _errors_translated():
            client = self._client()
            token = client.fetch_access_token(
                self._service.redirect_uri, code=code, code_verifier=departure.verifier
            )
            id_token = client.parse_id_token(
                token,
                nonce=departure.nonce,
                claims_options={
                    "iss": {"essential": True, "value": self._service.issuer},
                    # Authlib leaves aud to the caller. OpenID Connect Core §3.1.3.7 (3)
                    "aud": {"essential": True, "value": self._service.client_id},
                },
                leeway=CLOCK_SKEW_SECONDS,
            )
        if id_token is None:
            message = "The token response holds no ID token."
            raise UntrustedError(message)
        signed_in = SignedIn(token=token, id_token=id_token, userinfo={}, at=_moment(id_token))
        signed_in.userinfo = self.userinfo(signed_in)
        return signed_in

    def userinfo(self, signed_in: SignedIn) -> Claims:
        """Return the person's details as they are now."""
        with _errors_translated():
            details: dict[str, Any] = self._client().userinfo(token=signed_in.token)
        # Another person's details must not be shown as this one's. OpenID Connect Core §5.3.2
        if details.get("sub") != signed_in.subject:
            message = "Userinfo is about somebody else than the ID token."
            raise UntrustedError(message)
        return details

    def security_event(self, token: str) -> Claims:
        """Return what a security event token says, if it is the provider's, for this service.

        RFC 8417 §4.1 and SSF §9.1: its own `typ`, and no `exp` as other tokens have.
        """
        with _errors_translated():
            claims = self._verified(token)
            if claims["iss"] != self._service.issuer or claims["aud"] != self._service.client_id:
                message = "The event is another provider's, or another service's."
                raise UntrustedError(message)
            if len(claims["events"]) != 1 or not isinstance(claims["jti"], str):
                message = "The token holds no event, or several."
                raise UntrustedError(message)
        return claims

    def _verified(self, token: str) -> Claims:
        client = self._client()
        keys = KeySet.import_key_set(client.fetch_jwk_set())
        kid = jws.extract_compact(token.encode()).headers().get("kid")
        if kid not in {key.kid for key in keys.keys}:
            # A key that is newer than those that were fetched.
            keys = KeySet.import_key_set(client.fetch_jwk_set(force=True))
        found = jwt.decode(token, keys, algorithms=ALGORITHMS)
        if found.header.get("typ") != "secevent+jwt" or "exp" in found.claims:
            message = "The token is no security event."
            raise UntrustedError(message)
        return found.claims

    def leave(self, signed_in: SignedIn, state: str) -> str:
        """Return the address at the provider that signs this browser out there."""
        with _errors_translated():
            sent = self._client().create_logout_url(
                post_logout_redirect_uri=self._service.post_logout_redirect_uri,
                id_token_hint=signed_in.token["id_token"],
                client_id=self._service.client_id,
                state=state,
            )
        return str(sent["url"])

    def _client(self) -> _Client:
        if self._found is None:
            self._found = self._discover()
        return self._found

    def _discover(self) -> _Client:
        client = _Client(
            framework=None,
            client_id=self._service.client_id,
            client_secret=self._service.client_secret,
            server_metadata_url=f"{self._service.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": SCOPE,
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT_SECONDS,
                "leeway": 0,
                "trust_env": False,
            },
        )
        client.client_cls = self._session
        metadata = client.load_server_metadata()
        # OpenID Connect Discovery §4.3: else one issuer could speak in another's name.
        if metadata["issuer"] != self._service.issuer:
            message = "Discovery names another issuer."
            raise UntrustedError(message)
        metadata["id_token_signing_alg_values_supported"] = ALGORITHMS
        return client


def _moment(id_token: Claims) -> datetime:
    return datetime.fromtimestamp(id_token.get("auth_time", id_token["iat"]), tz=UTC)


@contextmanager
def _errors_translated() -> Iterator[None]:
    try:
        yield
    except InvalidTokenError as error:
        raise AccessEndedError from error
    except OAuthError as error:
        raise DeclinedError(str(error.error), str(error.description or "")) from error
    except JoseError as error:
        raise UntrustedError(str(error)) from error
    except requests.HTTPError as error:
        if error.response.status_code == requests.codes.unauthorized:
            raise AccessEndedError from error
        raise UnreachableError(str(error)) from error
    except requests.RequestException as error:
        raise UnreachableError(str(error)) from error
    # A provider that answers in another shape than the standards' reaches Authlib's inside as one
    # of these.
    except (AttributeError, KeyError, RuntimeError, TypeError, ValueError) as error:
        raise UntrustedError(repr(error)) from error
