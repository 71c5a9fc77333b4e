"""Tables of everyone who signs in."""

from accounts.models.account import Account
from accounts.models.audit_event import AuditEvent
from accounts.models.audit_seal import AuditSeal, AuditTombstone
from accounts.models.authenticator import (
    AppSecret,
    Authenticator,
    Challenge,
    NumberedCode,
    Passkey,
    RememberedDevice,
)
from accounts.models.call_code import CallCode
from accounts.models.closing import AccountClosing, Inactivity
from accounts.models.colleague_account import ColleagueAccount
from accounts.models.complaint import Complaint
from accounts.models.contact import Phone, PostalAddress
from accounts.models.council_details import CouncilDetails
from accounts.models.death_note import DeathNote
from accounts.models.email_address import EmailAddress
from accounts.models.email_change import EmailChange
from accounts.models.export import Export, ExportChunk
from accounts.models.freeze import Freeze
from accounts.models.help_code import HelpCode
from accounts.models.hold_back import HoldBack
from accounts.models.kept_form import KeptForm
from accounts.models.leaving import Leaving
from accounts.models.letter import Letter
from accounts.models.limit_counter import LimitCounter
from accounts.models.name_word import NameWord
from accounts.models.opening import Opening
from accounts.models.outbound_message import OutboundMessage
from accounts.models.pending_sign_in import PendingSignIn
from accounts.models.pending_sign_up import PendingSignUp
from accounts.models.protection import Protection, ProtectionLead
from accounts.models.recovery_request import RecoveryRequest
from accounts.models.service_notice import ServiceNotice
from accounts.models.session import Session
from accounts.models.staff_directory import DirectoryLink, DirectoryVisit
from accounts.models.staff_member import StaffMember
from accounts.models.staff_role import StaffRole
from accounts.models.start_code import StartCode
from accounts.models.text_code import TextCode
from accounts.models.text_message import TextMessage

__all__ = [
    "Account",
    "AccountClosing",
    "AppSecret",
    "AuditEvent",
    "AuditSeal",
    "AuditTombstone",
    "Authenticator",
    "CallCode",
    "Challenge",
    "ColleagueAccount",
    "Complaint",
    "CouncilDetails",
    "DeathNote",
    "DirectoryLink",
    "DirectoryVisit",
    "EmailAddress",
    "EmailChange",
    "Export",
    "ExportChunk",
    "Freeze",
    "HelpCode",
    "HoldBack",
    "Inactivity",
    "KeptForm",
    "Leaving",
    "Letter",
    "LimitCounter",
    "NameWord",
    "NumberedCode",
    "Opening",
    "OutboundMessage",
    "Passkey",
    "PendingSignIn",
    "PendingSignUp",
    "Phone",
    "PostalAddress",
    "Protection",
    "ProtectionLead",
    "RecoveryRequest",
    "RememberedDevice",
    "ServiceNotice",
    "Session",
    "StaffMember",
    "StaffRole",
    "StartCode",
    "TextCode",
    "TextMessage",
]
