"""`manage.py initial_access_token`: what lets programs register applications by themselves."""

from accounts.management.operator_command import OperatorCommand
from clients.management.initial_access_verbs import VERBS


class Command(OperatorCommand):
    """Lists, creates and revokes initial access tokens."""

    help = "List, create or revoke tokens that let programs register applications (RFC 7591)."
    verbs = VERBS
