"""`manage.py account`: the people who can sign in."""

from accounts.management.operator_command import OperatorCommand
from idp.management.account_verbs import VERBS


class Command(OperatorCommand):
    """Lists, shows, creates, suspends and reinstates accounts, and ends their sessions."""

    help = "List, show, create, suspend or reinstate accounts; end their sessions."
    verbs = VERBS
