"""`manage.py staff`: who of the council's staff may do what."""

from accounts.management import directory_verbs, own_account_verbs, staff_verbs
from accounts.management.operator_command import OperatorCommand


class Command(OperatorCommand):
    """Makes and ends staff accounts; lists, grants and revokes their roles."""

    help = "Make staff accounts, send new links, grant and revoke roles, end what leavers had."
    verbs = (*staff_verbs.VERBS, *directory_verbs.VERBS, *own_account_verbs.VERBS)
