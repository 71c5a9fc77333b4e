"""`manage.py initial_access_token VERB`."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import (
    Options,
    Outcome,
    Refused,
    Row,
    Verb,
    argument,
    count,
)
from clients.applications.wording import sentence
from clients.initial_access import operations, queries
from clients.initial_access.operations import TermsRefusedError
from clients.initial_access.rules import CODE, GRANT_TYPES, REFRESH, Limits, Terms, over
from clients.management.application_arguments import SCOPE
from clients.management.organisation_rows import found as found_organisation

if TYPE_CHECKING:
    from clients.initial_access.queries import Counted

_KEEP: Final = "Keep the token now: it cannot be shown again."


def _found(number: int) -> "Counted":
    row = queries.find(number)
    if row is None:
        message = f"There is no initial access token {number}: see initial_access_token list"
        raise Refused(message)
    return row


def _listed(_: Options) -> Outcome:
    return Outcome([_row(token) for token in queries.listed()])


def _created(options: Options) -> Outcome:
    organisation = found_organisation(options["organisation"])
    limits = Limits(
        scopes=tuple(options["scope"]),
        grant_types=tuple(options["grant"] or (CODE, REFRESH)),
        pkce_may_be_optional=options["pkce_may_be_optional"],
    )
    lifetime = timedelta(days=options["days"])
    terms = Terms(options["name"], limits, options["applications"], lifetime)
    try:
        made = operations.create(organisation=organisation, terms=terms, by=OPERATOR)
    except TermsRefusedError as refused:
        raise Refused("\n".join(map(sentence, refused.findings))) from refused
    return Outcome({**_detail(_found(made.token.pk)), "token": made.secret}, (_KEEP,))


def _revoked(options: Options) -> Outcome:
    operations.revoke(token=_found(options["number"]), by=OPERATOR)
    return Outcome(_detail(_found(options["number"])))


def _row(token: "Counted") -> Row:
    ended = over(queries.standing(token, used=token.used), now=timezone.now())
    return {
        "number": token.pk,
        "name": token.name,
        "organisation": token.organisation.slug,
        "used": token.used,
        "applications": token.most_applications,
        "expires_at": token.expires_at,
        "over": ended or "",
    }


def _detail(token: "Counted") -> Row:
    return {
        **_row(token),
        "scopes": token.scopes,
        "grants": token.grant_types,
        "pkce_may_be_optional": token.pkce_may_be_optional,
        "profile": "standard",
        "created_at": token.created_at,
    }


VERBS: Final = (
    Verb("list", "List all tokens; they cannot be shown again.", _listed),
    Verb(
        "create",
        "Create a token, and show it once: whoever has it registers sandbox applications.",
        _created,
        (
            argument("--organisation", required=True, help="short name of whose they will be"),
            argument("--name", required=True, help="for you to know it by"),
            SCOPE,
            argument(
                "--grant",
                action="append",
                choices=GRANT_TYPES,
                help=f"repeatable; the most they may have (default: {CODE} and {REFRESH})",
            ),
            argument(
                "--pkce-may-be-optional",
                action="store_true",
                help="spare those that keep a secret the code challenge, for old libraries",
            ),
            argument(
                "--applications",
                type=count,
                default=1,
                metavar="N",
                help="how many may be registered with it (default: 1)",
            ),
            argument(
                "--days",
                type=count,
                default=7,
                metavar="N",
                help="how long it works (default: 7; at most 366)",
            ),
        ),
    ),
    Verb(
        "revoke",
        "Let nobody register with it any more; what was registered stays.",
        _revoked,
        (argument("number", type=count, help="as list shows it"),),
    ),
)
