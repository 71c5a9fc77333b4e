"""`manage.py application`: the OAuth clients of the organisations."""

from accounts.management.operator_command import OperatorCommand
from clients.management.application_verbs import VERBS


class Command(OperatorCommand):
    """Lists, shows, creates, suspends and reinstates applications, and rotates their secrets."""

    help = "List, show, create, suspend or reinstate applications; rotate their secrets."
    verbs = VERBS
