"""`manage.py organisation`: the partners, and the council itself."""

from accounts.management.operator_command import OperatorCommand
from clients.management.organisation_verbs import VERBS


class Command(OperatorCommand):
    """Lists, shows, creates, suspends and reinstates organisations."""

    help = "List, show, create, suspend or reinstate organisations."
    verbs = VERBS
