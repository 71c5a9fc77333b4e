"""`manage.py account undo-death`: for a note of a death that was wrong."""

from typing import Final

from accounts.audit.actor import OPERATOR
from accounts.audit.operations import About
from accounts.management.operator_command import Options, Outcome, Refused, Verb, argument
from accounts.profile import queries
from accounts.suspension.deaths import operations


def _undone(options: Options) -> Outcome:
    account = queries.find(options["account"])
    if account is None:
        message = f"There is no account {options['account']!r}"
        raise Refused(message)
    about = About(account_id=account.pk)
    if not operations.undo(account=account, reason="operator", by=OPERATOR, about=about):
        message = "Nobody told us that its owner has died"
        raise Refused(message)
    account.refresh_from_db()
    return Outcome({"account": account.pk, "status": account.status})


VERBS: Final = (
    Verb(
        "undo-death",
        "Give an account back whose owner has not died.",
        _undone,
        (argument("account", help="its sign-in name or id"),),
    ),
)
