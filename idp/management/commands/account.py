"""`manage.py account`: the people who can sign in."""

from accounts.management.operator_command import OperatorCommand
from idp.management import (
    account_verbs,
    channel_verbs,
    closing_verbs,
    death_verbs,
    protection_verbs,
    recovery_verbs,
    review_verbs,
    way_verbs,
)


class Command(OperatorCommand):
    """All that staff do with an account; the files of its verbs say what each may do."""

    help = (
        "List, show, create, suspend, reinstate, freeze, unfreeze, close or reopen accounts; "
        "end their sessions; "
        "protect owners who must not be found; mark where they cannot safely be reached; "
        "help them to get back in."
    )
    verbs = (
        *account_verbs.VERBS,
        *channel_verbs.VERBS,
        *closing_verbs.VERBS,
        *death_verbs.VERBS,
        *protection_verbs.VERBS,
        *recovery_verbs.VERBS,
        *review_verbs.VERBS,
        *way_verbs.VERBS,
    )
