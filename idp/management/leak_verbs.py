"""`manage.py leak VERB`."""

from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from clients.models import SecretLeak
from idp.portal.leaks import operations, queries


def _listed(_: Options) -> Outcome:
    return Outcome([_row(leak) for leak in queries.waiting()])


def _answered(options: Options) -> Outcome:
    number = options["number"]
    leak = SecretLeak.objects.select_related("application__organisation").filter(pk=number).first()
    if leak is None:
        message = f"There is no case {number}: see leak list"
        raise Refused(message)
    return Outcome(_row(operations.answer(leak=leak, by=OPERATOR)))


def _row(leak: SecretLeak) -> Row:
    return {
        "case": leak.pk,
        "organisation": leak.application.organisation.slug,
        "application": leak.application.slug,
        "environment": leak.application.environment,
        "reported_at": leak.reported_at,
        "suspected_since": leak.suspected_since,
        "residents": leak.residents,
        "answered_at": leak.answered_at,
    }


VERBS: Final = (
    Verb("list", "List the leaked secrets that wait for the council, oldest first.", _listed),
    Verb(
        "answer",
        "Close a case: whoever must know of it does.",
        _answered,
        (argument("number", type=int, help="of the case, as listed"),),
    ),
)
