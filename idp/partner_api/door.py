"""Who may come in: a token of the organisation in the address, of a role that may do this."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from math import ceil
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import API_CALL, API_REFUSED, Limit
from accounts.security.tokens import TOKEN_LENGTH
from clients.api_tokens import operations, queries
from clients.api_tokens.rules import over
from clients.applications import queries as applications
from clients.models import ApiToken, Application, Organisation
from clients.organisations.members.rules import Permission, may
from idp.partner_api.problems import Refusal, not_there

_LONGEST = 2 * TOKEN_LENGTH
Operation = TypeVar("Operation", bound=Callable[..., Any])


class ApiRequest(HttpRequest):
    """A request whose token was found good."""

    auth: ApiToken


class TokenOfOrganisation(HttpBearer):
    """A token in the header (RFC 6750 §2.1); never a cookie, so that no page can act by it."""

    openapi_description = "A token that an owner of the organisation made on the portal."

    def __call__(self, request: HttpRequest) -> ApiToken:
        """Return the request's token.

        Raises:
            Refusal: 401, or 429 where this network or token came too often.
        """
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not text:
            words = "Send a token of your organisation in the header Authorization, as Bearer."
            raise _unauthorised(reason="no_token", words=words)
        return self.authenticate(request, text.strip())

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """Return the token if it is good."""
        fits = len(token) <= _LONGEST and token.isascii()
        found = queries.presented(token) if fits else None
        if found is None:
            _count(API_REFUSED, network_of(request.META.get("REMOTE_ADDR", "")))
            words = "No organisation has this token."
            raise _unauthorised(reason="unknown_token", words=words, invalid=True)
        reason = over(
            revoked_at=found.revoked_at,
            expires_at=found.expires_at,
            is_suspended=found.organisation.status != Organisation.Status.ACTIVE,
            maker_may=queries.maker_may(found),
            now=timezone.now(),
        )
        if reason is not None:
            words = "This token is good no more."
            raise _unauthorised(reason=reason, words=words, invalid=True)
        _count(API_CALL, str(found.pk))
        operations.used(token=found)
        return found


def needs(permission: Permission) -> Callable[[Operation], Operation]:
    """Let in the tokens of the organisation in the address whose role may do this."""

    def decorate(operation: Operation) -> Operation:
        @wraps(operation)
        def checked(request: ApiRequest, organisation: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the operation answers
            token = request.auth
            if token.organisation.slug != organisation:
                other = Organisation.objects.filter(slug=organisation).first()
                reason = "not_of_organisation" if other else "no_such_organisation"
                operations.keep_out(token=token, organisation=other, reason=reason)
                raise not_there()
            if not may(token.role, permission):
                operations.keep_out(token=token, organisation=token.organisation, reason=permission)
                words = "The role of this token does not let it do that."
                raise Refusal(HTTPStatus.FORBIDDEN, permission, words)
            return operation(request, organisation, *args, **kwargs)

        vars(checked)["permission"] = permission
        return checked  # type: ignore[return-value] # wraps keeps the signature

    return decorate


def application_of(request: ApiRequest, slug: str) -> Application:
    """Return the application of the token's organisation.

    Raises:
        Refusal: there is none; one of another organisation is not there, and the try is recorded.
    """
    organisation = request.auth.organisation
    row = applications.of_organisation(organisation).filter(slug=slug).first()
    if row is None:
        note_of_another(request, slug)
        raise not_there()
    return row


def note_of_another(request: ApiRequest, slug: str) -> None:
    """Record a try, if there is an application of this short name elsewhere."""
    own = request.auth.organisation
    if Application.objects.filter(slug=slug).exclude(organisation=own).exists():
        operations.keep_out(token=request.auth, organisation=own, reason="application_of_another")


def _count(limit: Limit, key: str) -> None:
    verdict = hit(limit, key)
    if not verdict.allowed:
        seconds = ceil(verdict.wait.total_seconds())
        words = "Too many requests. Wait for as long as Retry-After says."
        headers = {"Retry-After": str(seconds)}
        raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, limit.name, words, headers=headers)


def _unauthorised(*, reason: str, words: str, invalid: bool = False) -> Refusal:
    # RFC 6750 §3.1: no error code where no token was sent.
    challenge = 'Bearer error="invalid_token"' if invalid else "Bearer"
    headers = {"WWW-Authenticate": challenge}
    return Refusal(HTTPStatus.UNAUTHORIZED, reason, words, headers=headers)
