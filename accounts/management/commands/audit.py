"""`manage.py audit`: what proves the audit log whole, and what auditors do with it."""

from accounts.management import audit_verbs
from accounts.management.operator_command import OperatorCommand


class Command(OperatorCommand):
    """Seals, verifies, exports, searches and purges the audit log."""

    help = "Seal the audit log, verify it, export it, search it, or purge what is oldest."
    verbs = audit_verbs.VERBS
