"""`manage.py leak`: secrets of applications that somebody else may have had."""

from accounts.management.operator_command import OperatorCommand
from idp.management.leak_verbs import VERBS


class Command(OperatorCommand):
    """Lists the cases that wait for the council, and closes them."""

    help = "List and close the cases of leaked secrets."
    verbs = VERBS
