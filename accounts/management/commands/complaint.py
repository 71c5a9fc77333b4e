"""`manage.py complaint`: what residents complain of, by the day that an answer is due."""

from accounts.management import complaint_verbs
from accounts.management.operator_command import OperatorCommand


class Command(OperatorCommand):
    """Lists, shows and answers complaints."""

    help = "List complaints that wait for an answer, show one, or answer it."
    verbs = complaint_verbs.VERBS
