"""Reads test residents, and what they sign in with."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet

from accounts.mfa.apps import rules as apps
from accounts.models import AppSecret
from accounts.security import encryption
from clients.models import Organisation, TestResident


@dataclass(frozen=True)
class SignInWith:
    """All that a test resident signs in with; `until` is when `code` gives way to `next_code`."""

    password: str
    app_secret: str
    code: str
    next_code: str
    until: datetime


def of(organisation: Organisation) -> QuerySet[TestResident]:
    """Return the organisation's test residents, in the order in which they were made."""
    rows = TestResident.objects.filter(organisation=organisation)
    return rows.select_related("account").order_by("pk")


def sign_in_with(resident: TestResident, *, now: datetime) -> SignInWith:
    """Return what the test resident signs in with at this moment."""
    app = AppSecret.objects.get(authenticator__account=resident.account)
    secret = encryption.decrypt(app.secret)
    step = apps.step_at(now)
    return SignInWith(
        password=encryption.decrypt(resident.password).decode(),
        app_secret=apps.as_text(secret),
        code=apps.code_at(secret, step),
        next_code=apps.code_at(secret, step + 1),
        until=datetime.fromtimestamp(apps.begins(step + 1), tz=UTC),
    )
