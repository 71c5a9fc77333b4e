"""Organisations, applications and their secrets."""

from collections.abc import Iterable
from itertools import count
from typing import Any, Final

from accounts.models import Account
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from clients.applications import terms
from clients.applications.credentials.operations import PURPOSE
from clients.applications.registration import ScopeWanted
from clients.models import (
    Application,
    ApplicationScope,
    ClientSecret,
    Member,
    Organisation,
    Resource,
)
from tests.factories import people

REDIRECT_URI: Final = "https://service.example.org/callback"
OFFLINE: Final = ("openid", "profile", "email", "offline_access")

_numbers = count(1)


def organisation(**columns: Any) -> Organisation:
    """Return an active organisation."""
    defaults = {"slug": f"organisation-{next(_numbers)}", "name": "Riverside Trust"}
    return Organisation.objects.create(**{**defaults, **columns})


def member(
    account: Account, *, of: Organisation | None = None, role: Member.Role = Member.Role.OWNER
) -> Member:
    """Return the account's membership of an organisation, in this role."""
    return Member.objects.create(account=account, organisation=of or organisation(), role=role)


def application(
    *,
    public: bool = False,
    scopes: Iterable[str] = OFFLINE,
    of: Organisation | None = None,
    **columns: Any,
) -> Application:
    """Return an active live application that may ask for these scopes; it has no secret yet."""
    slug = f"service-{next(_numbers)}"
    defaults = {
        "slug": slug,
        "name": "Council Tax",
        "environment": Application.Environment.LIVE,
        "client_type": "public" if public else "confidential",
        "token_endpoint_auth_method": "none" if public else "client_secret_basic",
        "grant_types": ["authorization_code", "refresh_token"],
        "redirect_uris": REDIRECT_URI,
        "post_logout_redirect_uris": "https://service.example.org/signed-out",
        "sector_identifier": slug,
    }
    columns = {**defaults, **columns}
    row = Application.objects.create(organisation=of or organisation(), **columns)
    terms.write(
        row,
        [
            ScopeWanted(scope, ApplicationScope.LawfulBasis.PUBLIC_TASK, "To find your account")
            for scope in scopes
        ],
    )
    return row


def sandbox(*, of: Organisation | None = None, **columns: Any) -> Application:
    """Return an application for trying out, which serves its organisation's test residents."""
    return application(of=of, environment=Application.Environment.SANDBOX, **columns)


def test_resident(of: Organisation, **columns: Any) -> Account:
    """Return an account that this organisation's sandbox applications alone know."""
    address = f"resident{next(_numbers)}@test.invalid"
    return people.account(address, is_test=True, test_group=of.pk, **columns)


def client_secret(application: Application, **columns: Any) -> str:
    """Return a new secret of the application."""
    secret = random_token()
    ClientSecret.objects.create(
        application=application, secret_hash=keyed_hash.digest(PURPOSE, secret), **columns
    )
    return secret


def resource(*callers: Application, of: Organisation | None = None, **columns: Any) -> Resource:
    """Return an API that these applications may call."""
    slug = f"resource-{next(_numbers)}"
    defaults = {
        "slug": slug,
        "name": "Bin Days",
        "identifier": f"https://{slug}.example.org/api",
        "scopes": ["bins:read", "bins:write"],
    }
    row = Resource.objects.create(organisation=of or organisation(), **{**defaults, **columns})
    row.callers.set(callers)
    return row
