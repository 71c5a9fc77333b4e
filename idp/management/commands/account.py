"""`manage.py account`: the people who can sign in."""

from accounts.management.operator_command import OperatorCommand
from idp.management import account_verbs, channel_verbs, recovery_verbs, way_verbs


class Command(OperatorCommand):
    """Lists, shows, creates, suspends and reinstates accounts, and ends their sessions."""

    help = "List, show, create, suspend or reinstate accounts; end their sessions."
    verbs = (*account_verbs.VERBS, *channel_verbs.VERBS, *recovery_verbs.VERBS, *way_verbs.VERBS)
