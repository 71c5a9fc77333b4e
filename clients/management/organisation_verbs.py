"""`manage.py organisation VERB`."""

from typing import Final

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from clients.management import ownership_verbs
from clients.management.organisation_rows import detail, found, row
from clients.models import TestResident
from clients.organisations import operations, queries
from clients.organisations.operations import OrganisationRefusedError
from clients.organisations.wording import NAME_PROBLEMS
from clients.test_residents import operations as test_residents
from clients.test_residents.queries import sign_in_with


def _listed(_: Options) -> Outcome:
    return Outcome([row(organisation) for organisation in queries.listed()])


def _shown(options: Options) -> Outcome:
    return Outcome(detail(found(options["organisation"])))


def _created(options: Options) -> Outcome:
    try:
        organisation = operations.create(
            name=options["name"], slug=options["slug"], is_council=options["council"], by=OPERATOR
        )
    except OrganisationRefusedError as refused:
        raise Refused(str(NAME_PROBLEMS[refused.problem])) from refused
    return Outcome(detail(found(organisation.slug)))


def _suspended(options: Options) -> Outcome:
    organisation = found(options["organisation"])
    operations.suspend(organisation=organisation, by=OPERATOR)
    return Outcome(detail(found(organisation.slug)))


def _reinstated(options: Options) -> Outcome:
    organisation = found(options["organisation"])
    operations.reinstate(organisation=organisation, by=OPERATOR)
    return Outcome(detail(found(organisation.slug)))


def _test_residents(options: Options) -> Outcome:
    organisation = found(options["organisation"])
    residents = test_residents.make_all(organisation=organisation, by=OPERATOR)
    return Outcome([_test_resident(resident) for resident in residents])


def _test_resident(resident: TestResident) -> Row:
    known = sign_in_with(resident, now=timezone.now())
    return {
        "situation": resident.situation,
        "name": resident.account.full_name,
        "sign_in_name": resident.account.sign_in_name,
        "password": known.password,
        "code": known.code,
        "app_secret": known.app_secret,
    }


_ORGANISATION: Final = argument("organisation", help="its short name")

VERBS: Final = (
    Verb("list", "List all organisations.", _listed),
    Verb("show", "Show one organisation.", _shown, (_ORGANISATION,)),
    Verb(
        "create",
        "Create an organisation.",
        _created,
        (
            argument("--name", required=True, help="as residents read it"),
            argument("--slug", default="", help="short name; made from the name unless given"),
            argument("--council", action="store_true", help="it is the council itself"),
        ),
    ),
    Verb(
        "suspend",
        "Stop all of its applications and end their tokens.",
        _suspended,
        (_ORGANISATION,),
    ),
    Verb(
        "test-residents",
        "Show whom its sandbox applications can be tried with, made if they are missing.",
        _test_residents,
        (_ORGANISATION,),
    ),
    Verb("reinstate", "Let its applications work again.", _reinstated, (_ORGANISATION,)),
    *ownership_verbs.VERBS,
)
