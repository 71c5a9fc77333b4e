"""`manage.py application VERB`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import (
    Misused,
    Options,
    Outcome,
    Refused,
    Verb,
    argument,
)
from clients.applications import operations, queries
from clients.applications.changing import operations as changing
from clients.applications.credentials import operations as credentials
from clients.applications.credentials.operations import NoSecretError
from clients.applications.keys import operations as public_keys
from clients.applications.keys.operations import KeysRefusedError
from clients.applications.rules import Finding
from clients.applications.wording import sentence
from clients.applications.writing import ApplicationRefusedError
from clients.approval.operators import operations as operators
from clients.management import application_details as details
from clients.management import declared_file, reviewed
from clients.management.application_arguments import (
    CALLBACKS,
    CREATE,
    KEYS,
    callbacks,
    keys,
    registration,
)
from clients.management.application_changes import CHANGE, TELL, changes, told
from clients.management.application_details import found
from clients.management.organisation_rows import found as found_organisation
from clients.management.reviewed import OVERRIDE, altered

_KEEP: Final = "Keep the client secret now: it cannot be shown again."
_LONGEST_OVERLAP_HOURS: Final = 30 * 24


def _listed(_: Options) -> Outcome:
    return Outcome([details.row(application) for application in queries.listed()])


def _shown(options: Options) -> Outcome:
    application = found(options["application"])
    cautions = (*details.cautions(application), *reviewed.caution(application))
    return Outcome(details.detail(application), cautions)


def _created(options: Options) -> Outcome:
    organisation = found_organisation(options["organisation"])
    try:
        created = operators.create(
            organisation=organisation,
            registration=registration(options),
            emergency=options["override"],
            by=OPERATOR,
        )
    except ApplicationRefusedError as refused:
        raise Refused("\n".join(map(sentence, refused.findings))) from refused
    application = created.application
    shown = Outcome(details.detail(application), details.cautions(application))
    return _with_secret(shown, created.client_secret)


def _with_secret(outcome: Outcome, secret: str) -> Outcome:
    if not secret or not isinstance(outcome.shown, Mapping):
        return outcome
    return Outcome({**outcome.shown, "client_secret": secret}, (*outcome.cautions, _KEEP))


def _changed(options: Options) -> Outcome:
    wanted = changes(options)
    if not wanted.wanted():
        message = "Say what to change: see application change --help"
        raise Misused(message)
    application = found(options["application"])
    changed = altered(application, wanted.made_to, options)
    return _with_secret(_shown(options), changed.client_secret)


def _told(options: Options) -> Outcome:
    wanted = told(options)
    if not wanted.wanted():
        message = "Say what residents are to be told: see application tell --help"
        raise Misused(message)
    altered(
        found(options["application"]),
        lambda now: changing.telling(now, options["scope"], wanted),
        options,
    )
    return _shown(options)


def _keys_replaced(options: Options) -> Outcome:
    application = found(options["application"])
    try:
        public_keys.replace(application=application, keys=keys(options), by=OPERATOR)
    except KeysRefusedError as refused:
        lines = (sentence(Finding(*problem)) for problem in refused.problems)
        raise Refused("\n".join(lines)) from refused
    return _shown(options)


def _callbacks_replaced(options: Options) -> Outcome:
    wanted = callbacks(options)
    application = found(options["application"])
    altered(application, lambda now: replace(now, callbacks=wanted), options)
    return _shown(options)


def _suspended(options: Options) -> Outcome:
    operations.suspend(application=found(options["application"]), by=OPERATOR)
    return _shown(options)


def _reinstated(options: Options) -> Outcome:
    try:
        operations.reinstate(application=found(options["application"]), by=OPERATOR)
    except ApplicationRefusedError as refused:
        raise Refused("\n".join(map(sentence, refused.findings))) from refused
    return _shown(options)


def _closed(options: Options) -> Outcome:
    operations.close(application=found(options["application"]), by=OPERATOR)
    return _shown(options)


def _rotated(options: Options) -> Outcome:
    hours = options["overlap_hours"]
    if not 0 <= hours <= _LONGEST_OVERLAP_HOURS:
        message = f"--overlap-hours must be from 0 to {_LONGEST_OVERLAP_HOURS}"
        raise Misused(message)
    application = found(options["application"])
    try:
        secret = credentials.rotate(
            application=application, overlap=timedelta(hours=hours), by=OPERATOR
        )
    except NoSecretError as refused:
        method = application.token_endpoint_auth_method
        message = f"{application.slug} authenticates by {method}: it has no secret"
        raise Refused(message) from refused
    old = queries.live_secrets(application, now=timezone.now()).exclude(expires_at=None).first()
    shown = {
        **details.row(application),
        "client_secret": secret,
        "old_secret_good_until": old.expires_at if old else None,
    }
    return Outcome(shown, (_KEEP,))


_APPLICATION: Final = argument("application", help="its short name or client_id")

VERBS: Final = (
    Verb("list", "List all applications.", _listed),
    Verb("show", "Show one application; its secrets cannot be shown.", _shown, (_APPLICATION,)),
    Verb(
        "create", "Create an application, and show its secret once.", _created, (OVERRIDE, *CREATE)
    ),
    Verb(
        "change",
        "Change its name, pages, addresses, scopes, how it authenticates, what signs for it or how "
        "residents must sign in to it; its sector stays. Of a live one, what may harm residents "
        "waits until two people have approved it.",
        _changed,
        (_APPLICATION, OVERRIDE, *CHANGE),
    ),
    Verb(
        "apply",
        "Make applications what a file says: it prints what differed, and changes nothing where "
        "nothing does. What a file cannot say stays as it is.",
        declared_file.apply,
        declared_file.ARGUMENTS,
    ),
    Verb(
        "tell",
        "Change what residents are told of a scope that it asks for: why, what the service keeps, "
        "and the privacy notice. Each is asked again when they next sign in to it.",
        _told,
        (_APPLICATION, OVERRIDE, *TELL),
    ),
    Verb(
        "replace-keys",
        "Replace the public keys that verify what it signs; with none given, remove them.",
        _keys_replaced,
        (_APPLICATION, *KEYS),
    ),
    Verb(
        "replace-callbacks",
        "Replace where it is told that a session ended and where a sign-in begins.",
        _callbacks_replaced,
        (_APPLICATION, OVERRIDE, *CALLBACKS),
    ),
    Verb("suspend", "Stop all it does and end its tokens.", _suspended, (_APPLICATION,)),
    Verb("reinstate", "Let it work again.", _reinstated, (_APPLICATION,)),
    Verb("close", "End it for good, and its tokens; it stays listed.", _closed, (_APPLICATION,)),
    Verb(
        "rotate-secret",
        "Replace its secret, and show the new one once.",
        _rotated,
        (
            _APPLICATION,
            # A day by default: a running service is given its new secret before the old one ends.
            argument(
                "--overlap-hours",
                type=int,
                default=24,
                metavar="N",
                help="how long the old one stays good (default: 24; 0 when it leaked)",
            ),
        ),
    ),
)
