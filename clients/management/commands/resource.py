"""`manage.py resource`: the APIs that access tokens can be for."""

from accounts.management.operator_command import OperatorCommand
from clients.management.resource_verbs import VERBS


class Command(OperatorCommand):
    """Lists, shows and creates resources; says which applications call and serve them."""

    help = "List, show or create resources; say which applications call and serve them."
    verbs = VERBS
