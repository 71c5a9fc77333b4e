"""`manage.py resource VERB`."""

from collections.abc import Callable
from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from clients.applications import queries as applications
from clients.management.organisation_rows import found as found_organisation
from clients.models import Application, Resource
from clients.resources import operations, queries
from clients.resources.operations import ResourceRefusedError
from clients.resources.rules import Description
from clients.resources.wording import sentence


def _found(slug: str) -> Resource:
    resource = queries.find(slug)
    if resource is None:
        message = f"There is no resource {slug!r}: see resource list"
        raise Refused(message)
    return resource


def _application(reference: str) -> Application:
    application = applications.find(reference)
    if application is None:
        message = f"There is no application {reference!r}: see application list"
        raise Refused(message)
    return application


def _listed(_: Options) -> Outcome:
    return Outcome([_row(resource) for resource in queries.listed()])


def _shown(options: Options) -> Outcome:
    return Outcome(_detail(_found(options["resource"])))


def _created(options: Options) -> Outcome:
    description = Description(
        name=options["name"],
        slug=options["slug"],
        identifier=options["identifier"],
        scopes=tuple(options["scope"]),
    )
    organisation = found_organisation(options["organisation"])
    try:
        resource = operations.create(
            organisation=organisation, description=description, by=OPERATOR
        )
    except ResourceRefusedError as refused:
        raise Refused("\n".join(map(sentence, refused.findings))) from refused
    return Outcome(_detail(_found(resource.slug)))


def _related(change: Callable[..., None]) -> Callable[[Options], Outcome]:
    def run(options: Options) -> Outcome:
        resource = _found(options["resource"])
        application = _application(options["application"])
        try:
            change(resource=resource, application=application, by=OPERATOR)
        except ResourceRefusedError as refused:
            raise Refused("\n".join(map(sentence, refused.findings))) from refused
        return _shown(options)

    return run


def _row(resource: Resource) -> Row:
    return {
        "resource": resource.slug,
        "name": resource.name,
        "organisation": resource.organisation.slug,
        "identifier": resource.identifier,
    }


def _detail(resource: Resource) -> Row:
    return {
        **_row(resource),
        "scopes": resource.scopes,
        "called_by": sorted(row.slug for row in resource.callers.all()),
        "served_by": sorted(row.slug for row in resource.servers.all()),
        "created_at": resource.created_at,
    }


_RESOURCE: Final = argument("resource", help="its short name")
_BOTH: Final = (_RESOURCE, argument("application", help="its short name or client_id"))

VERBS: Final = (
    Verb("list", "List all resources.", _listed),
    Verb("show", "Show one resource, who calls it and who serves it.", _shown, (_RESOURCE,)),
    Verb(
        "create",
        "Create a resource: an API that access tokens can be for.",
        _created,
        (
            argument("--organisation", required=True, help="short name of who runs it"),
            argument("--name", required=True, help="as people read it"),
            argument("--slug", default="", help="short name; made from the name unless given"),
            argument("--identifier", required=True, metavar="URI", help="audience of its tokens"),
            argument(
                "--scope",
                action="append",
                default=[],
                help="repeatable: its word for something that programs may do there",
            ),
        ),
    ),
    Verb("let-call", "Let an application have its tokens.", _related(operations.let_call), _BOTH),
    Verb(
        "stop-calls", "Give an application no more of them.", _related(operations.stop_calls), _BOTH
    ),
    Verb(
        "let-serve",
        "Let an application ask about its tokens (introspection).",
        _related(operations.let_serve),
        _BOTH,
    ),
    Verb(
        "stop-serving",
        "Let an application ask about them no more.",
        _related(operations.stop_serving),
        _BOTH,
    ),
)
