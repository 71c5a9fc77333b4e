"""Operations on applications."""

from typing import Any

from django.conf import settings
from ninja import Path, Query, Router, Status

from clients.api_tokens.operations import actor
from clients.applications import queries
from clients.applications.columns import described, kind_of
from clients.applications.declared import operations
from clients.applications.declared.document import Declared, Slug, declared_as
from clients.applications.declared.operations import Converged, Wanted
from clients.applications.form import operations as form
from clients.applications.logo import queries as logos
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application
from clients.organisations.members.rules import Permission
from idp.partner_api.documents import (
    ApplicationListed,
    ApplicationShown,
    ConvergedShown,
    in_full,
)
from idp.partner_api.door import ApiRequest, application_of, needs, note_of_another
from idp.partner_api.problems import unfit

router = Router(tags=["Applications"])


@router.get("", response=list[ApplicationListed], operation_id="list_applications")
@needs(Permission.SEE)
def list_applications(request: ApiRequest, organisation: Path[str]) -> list[dict[str, Any]]:
    """List the organisation's applications, but for those that were closed."""
    del organisation
    return [_listed(row) for row in queries.of_organisation(request.auth.organisation)]


@router.get("/{application}", response=ApplicationShown, operation_id="show_application")
@needs(Permission.SEE)
def show_application(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, Any]:
    """Show an application, with the document that declares it."""
    del organisation
    return _shown(application_of(request, application))


@router.put(
    "/{application}",
    response={200: ConvergedShown, 201: ConvergedShown},
    operation_id="declare_application",
)
@needs(Permission.CHANGE_APPLICATIONS)
def declare_application(
    request: ApiRequest,
    organisation: Path[str],
    application: Path[Slug],
    declared: Declared,
    dry_run: Query[bool] = False,  # noqa: FBT002 - a parameter of the address
) -> Status[dict[str, Any]]:
    """Make a sandbox application what the document says, and tell what differed.

    It is made where there is none of this short name. What the document leaves out gets its
    default. Where nothing differs, nothing is changed. With `dry_run`, nothing is changed at all.
    """
    del organisation
    token = request.auth
    # What is another's is not written to: its name is taken. Who asks for it is worth knowing.
    note_of_another(request, application)
    wanted = Wanted(application, declared, live=_is_live(request, application))
    act = operations.tried if dry_run else operations.converge
    try:
        came = act(organisation=token.organisation, wanted=wanted, by=actor(token))
    except ApplicationRefusedError as refused:
        raise unfit(refused.findings) from refused
    return Status(201 if came.is_new and not dry_run else 200, _converged(came, dry_run=dry_run))


@router.delete("/{application}", response={204: None}, operation_id="close_application")
@needs(Permission.CHANGE_APPLICATIONS)
def close_application(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> Status[None]:
    """End a sandbox application for good, and everything that it holds."""
    del organisation
    row = application_of(request, application)
    try:
        form.close(application=row, by=actor(request.auth))
    except ApplicationRefusedError as refused:
        raise unfit(refused.findings) from refused
    return Status(204, None)


def _is_live(request: ApiRequest, slug: str) -> bool:
    rows = queries.of_organisation(request.auth.organisation)
    return rows.filter(slug=slug, environment=Application.Environment.LIVE).exists()


def _listed(row: Application) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "client_id": row.client_id,
        "name": row.name,
        "kind": str(kind_of(row)),
        "environment": row.environment,
        "status": row.status,
    }


def _shown(row: Application) -> dict[str, Any]:
    return {
        **_listed(row),
        "issuer": settings.ISSUER,
        "logo_uri": in_full(logos.address(row)),
        "declared": declared_as(described(row)),
    }


def _converged(came: Converged, *, dry_run: bool) -> dict[str, Any]:
    return {
        "changed": bool(came.differences),
        "created": came.is_new,
        "dry_run": dry_run,
        "differences": [vars(one) for one in came.differences],
        "application": _shown(came.application) if came.application else None,
        "client_secret": came.client_secret or None,
    }
