"""What the API answers with."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field

from clients.applications.declared.document import Declared

# What a database takes for a row's number.
Number: TypeAlias = Annotated[int, Field(ge=1, le=2**63 - 1)]


def in_full(path: str) -> str:
    """Return a path of ours as programs take it; empty of none."""
    return f"{settings.ISSUER}{path}" if path else ""


class Problem(BaseModel):
    """Problem details (RFC 9457 §3.1); `reason` is named, `errors` are of the parts sent."""

    type: str
    title: str
    status: int
    detail: str
    reason: str
    errors: list[dict[str, Any]]


class _OfRow(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class OrganisationShown(_OfRow):
    """An organisation."""

    slug: str
    name: str
    status: Literal["active", "suspended"]


class MemberShown(BaseModel):
    """Somebody who looks after the organisation's applications."""

    id: int
    name: str
    role: Literal["owner", "developer", "viewer"]
    since: datetime


class ApplicationListed(BaseModel):
    """An application, in a list."""

    slug: str
    client_id: str
    name: str
    kind: str
    environment: Literal["sandbox", "live"]
    status: str


class ApplicationShown(ApplicationListed):
    """An application and the document that declares it, fit to be sent back by PUT.

    `logo_uri`: where its logo is shown, empty of none.
    """

    issuer: str
    logo_uri: str
    declared: Declared


class DifferenceShown(BaseModel):
    """One member of the document: what it said, and what it says from now on."""

    member: str
    before: Any
    after: Any


class ConvergedShown(BaseModel):
    """What became of an application; `dry_run`: would have become.

    `client_secret` is there when one was made just now: it cannot be read again.
    """

    changed: bool
    created: bool
    dry_run: bool
    differences: list[DifferenceShown]
    application: ApplicationShown | None
    client_secret: str | None = None


class SecretShown(BaseModel):
    """A secret of an application; itself it is never shown again."""

    id: int
    created_at: datetime
    expires_at: datetime | None


class SecretMade(SecretShown):
    """A new secret."""

    client_secret: str
