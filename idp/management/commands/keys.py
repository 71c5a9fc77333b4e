"""`manage.py keys`: the keys that sign tokens."""

from accounts.management.operator_command import OperatorCommand
from idp.management.key_verbs import VERBS


class Command(OperatorCommand):
    """Lists, creates, rotates and revokes signing keys."""

    help = "List, create, rotate or revoke the keys that sign tokens."
    verbs = VERBS
