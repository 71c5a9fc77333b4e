"""`manage.py application`: the OAuth clients of the organisations."""

from accounts.management.operator_command import OperatorCommand
from clients.management import application_verbs, notice_verbs, retirement_verbs


class Command(OperatorCommand):
    """Lists, shows, creates, changes, suspends and reinstates applications; rotates secrets."""

    help = "List, show, create, change, suspend or reinstate applications; rotate their secrets."
    verbs = (*application_verbs.VERBS, *notice_verbs.VERBS, *retirement_verbs.VERBS)
