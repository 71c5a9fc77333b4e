"""`manage.py organisation`: the partners, and the council itself."""

from accounts.management.operator_command import OperatorCommand
from clients.management.organisation_verbs import VERBS


class Command(OperatorCommand):
    """Lists, shows, creates, suspends and reinstates organisations, and says who owns them."""

    help = (
        "List, show, create, suspend or reinstate organisations, check who they are, give owners."
    )
    verbs = VERBS
