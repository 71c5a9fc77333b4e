"""Tables of everyone who signs in."""

from accounts.models.account import Account
from accounts.models.audit_event import AuditEvent
from accounts.models.email_address import EmailAddress
from accounts.models.help_code import HelpCode
from accounts.models.limit_counter import LimitCounter
from accounts.models.outbound_message import OutboundMessage
from accounts.models.pending_sign_in import PendingSignIn
from accounts.models.pending_sign_up import PendingSignUp
from accounts.models.session import Session

__all__ = [
    "Account",
    "AuditEvent",
    "EmailAddress",
    "HelpCode",
    "LimitCounter",
    "OutboundMessage",
    "PendingSignIn",
    "PendingSignUp",
    "Session",
]
