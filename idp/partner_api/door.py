"""Who may come in: a token of the organisation in the address, of a role that may do this."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from accounts.limits.operations import OverLimitError, hit
from accounts.limits.rules import network_of
from accounts.limits.table import API_CALL, API_REFUSED, Limit
from accounts.models import Account
from accounts.security.tokens import TOKEN_LENGTH
from clients.api_tokens import operations, queries
from clients.api_tokens.rules import over
from clients.applications import queries as applications
from clients.models import ApiToken, Application, Organisation
from clients.organisations.members.rules import Permission, may
from idp.partner_api.problems import Refusal, conflict, not_there

_LONGEST = 2 * TOKEN_LENGTH
Operation = TypeVar("Operation", bound=Callable[..., Any])
Row = TypeVar("Row", bound=Model)


class ApiRequest(HttpRequest):
    """A request whose token was found good; `permission`: what its operation takes."""

    auth: ApiToken
    permission: Permission


class TokenOfOrganisation(HttpBearer):
    """A token in the header (RFC 6750 §2.1); never a cookie, so that no page can act by it."""

    openapi_description = "A token that an owner of the organisation made on the portal."

    def __call__(self, request: HttpRequest) -> ApiToken:
        """Return the request's token.

        Raises:
            Refusal: 401.
            OverLimitError: this network or token came too often.
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
            count(API_REFUSED, network_of(request.META.get("REMOTE_ADDR", "")))
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
        count(API_CALL, str(found.pk))
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
            request.permission = permission
            return operation(request, organisation, *args, **kwargs)

        vars(checked)["permission"] = permission
        return checked  # type: ignore[return-value] # wraps keeps the signature

    return decorate


def application_of(request: ApiRequest, slug: str) -> Application:
    """Return the application of the token's organisation, if the token may act on it.

    Raises:
        Refusal: there is none; one of another organisation is not there, and the try is recorded.
            More than a look at a live one takes a token that was made for that.
    """
    organisation = request.auth.organisation
    row = applications.of_organisation(organisation).filter(slug=slug).first()
    if row is None:
        note_of_another(request, slug)
        raise not_there()
    if request.permission is not Permission.SEE:
        if row.environment == Application.Environment.LIVE:
            needs_leave_for_live(request)
        if row.status == Application.Status.RETIRED:
            raise conflict(reason="application_retired", words="The application has ended.")
    return row


def needs_leave_for_live(request: ApiRequest) -> None:
    """Let in tokens that may act on live applications.

    On the pages that takes a sign-in of minutes ago, by two factors; whoever makes such a token
    does it in one.

    Raises:
        Refusal: the token may not; the try is recorded.
    """
    token = request.auth
    if token.acts_on_live:
        return
    reason = "api_token_not_for_live"
    operations.keep_out(token=token, organisation=token.organisation, reason=reason)
    words = "This token was not made to act on live applications."
    raise Refusal(HTTPStatus.FORBIDDEN, reason, words)


def own(
    request: ApiRequest, rows: QuerySet[Row], number: object, *, whose: str = "organisation"
) -> Row:
    """Return the row of this number; `whose` leads from a row to its organisation.

    Raises:
        Refusal: there is none among `rows`; a try at another organisation's is recorded.
    """
    row = rows.filter(pk=number).first()
    if row is None:
        token = request.auth
        everywhere: QuerySet[Any] = rows.model._default_manager.filter(pk=number)  # noqa: SLF001 - public by Django's documentation
        if everywhere.exclude(**{whose: token.organisation_id}).exists():
            operations.keep_out(token=token, organisation=token.organisation, reason="not_its_own")
        raise not_there()
    return row


def maker(token: ApiToken) -> Account:
    """Return who made the token, in whose name it asks: `authenticate` let no other in."""
    if token.made_by is None:
        raise not_there()
    return token.made_by


def note_of_another(request: ApiRequest, slug: str) -> None:
    """Record a try, if there is an application of this short name elsewhere."""
    own = request.auth.organisation
    if Application.objects.filter(slug=slug).exclude(organisation=own).exists():
        operations.keep_out(token=request.auth, organisation=own, reason="application_of_another")


def count(limit: Limit, key: str) -> None:
    """Count a try.

    Raises:
        OverLimitError: there were too many.
    """
    verdict = hit(limit, key)
    if not verdict.allowed:
        raise OverLimitError(verdict)


def _unauthorised(*, reason: str, words: str, invalid: bool = False) -> Refusal:
    # RFC 6750 §3.1: no error code where no token was sent.
    challenge = 'Bearer error="invalid_token"' if invalid else "Bearer"
    headers = {"WWW-Authenticate": challenge}
    return Refusal(HTTPStatus.UNAUTHORIZED, reason, words, headers=headers)
