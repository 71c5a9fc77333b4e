"""`manage.py staff`: who of the council's staff may do what."""

from accounts.management import staff_verbs
from accounts.management.operator_command import OperatorCommand


class Command(OperatorCommand):
    """Lists, grants and revokes roles of staff."""

    help = "List which accounts have roles of staff, grant or revoke one."
    verbs = staff_verbs.VERBS
