"""A mail to send: what it is about, never what it says."""

import uuid

from django.db import models

from accounts.models.account import Account
from accounts.models.email_change import EmailChange
from accounts.models.pending_sign_in import PendingSignIn
from accounts.models.pending_sign_up import PendingSignUp
from accounts.models.recovery_request import RecoveryRequest


class OutboundMessage(models.Model):
    """A queued mail. Its link and code are minted at sending and kept only as keyed hashes."""

    class Template(models.TextChoices):
        SIGN_UP = "sign_up"
        SIGN_UP_KNOWN_ADDRESS = "sign_up_known_address"
        SIGN_UP_ADDRESS_FULL = "sign_up_address_full"
        ACCOUNT_CREATED = "account_created"
        PASSWORD_RESET = "password_reset"
        PASSWORD_RESET_SHARED_ADDRESS = "password_reset_shared_address"
        PASSWORD_RESET_NO_ACCOUNT = "password_reset_no_account"
        PASSWORD_RESET_NOT_POSSIBLE = "password_reset_not_possible"
        PASSWORD_RESET_DONE = "password_reset_done"
        RECOVERY_WAYS = "recovery_ways"
        RECOVERY_SHARED_ADDRESS = "recovery_shared_address"
        RECOVERY_NO_ACCOUNT = "recovery_no_account"
        RECOVERY_NOT_POSSIBLE = "recovery_not_possible"
        RECOVERY_STARTED = "recovery_started"
        RECOVERY_HALFWAY = "recovery_halfway"
        RECOVERY_OPEN = "recovery_open"
        RECOVERY_PAUSED = "recovery_paused"
        RECOVERY_DONE = "recovery_done"
        SECURITY_NOTICE = "security_notice"
        SIGN_IN_CODE = "sign_in_code"
        NEW_ADDRESS_CODE = "new_address_code"
        EMAIL_CONFIRM = "email_confirm"
        EMAIL_ADDRESS_FULL = "email_address_full"
        EMAIL_AGREE = "email_agree"
        EMAIL_CHANGE_WAITING = "email_change_waiting"
        EMAIL_CHANGED = "email_changed"
        CALL_CODE = "call_code"
        COMPLAINT_MADE = "complaint_made"
        COMPLAINT_ANSWERED = "complaint_answered"
        EXPORT_READY = "export_ready"
        SHARING_TOLD = "sharing_told"
        INVITATION = "partners/invitation"
        MEMBERS_CHANGED = "partners/members_changed"
        MEMBERSHIP_CHANGED = "partners/membership_changed"
        PROOF_CHANGED = "partners/proof_changed"
        SECRET_ENDS_IN_30_DAYS = "partners/secret_ends_in_30_days"
        SECRET_ENDS_IN_7_DAYS = "partners/secret_ends_in_7_days"
        SECRET_ENDS_IN_1_DAY = "partners/secret_ends_in_1_day"
        SUBMISSION_CHANGED = "partners/submission_changed"
        SUBMISSION_WAITING = "partners/submission_waiting"
        AGREEMENT_ENDS = "partners/agreement_ends"
        CHANGED_IN_OUTAGE = "partners/changed_in_outage"
        CHANGED_FOR_SAFETY = "partners/changed_for_safety"
        CHANGED_BY_LAW = "partners/changed_by_law"
        API_TOKENS_CHANGED = "partners/api_tokens_changed"
        SERVICE_ENDS = "service_ends"
        ACCOUNT_CLOSES = "account_closes"
        STAFF_ENROL = "staff/enrol"
        STAFF_KEYS_CHANGED = "staff/keys_changed"
        STAFF_DEATH_NOTED = "staff/death_noted"
        STAFF_LOOKS_ALONE = "staff/looks_alone"
        STAFF_MANY_LOOKS = "staff/many_looks"
        STAFF_MANY_MISSES = "staff/many_misses"
        STAFF_MANY_NAMES = "staff/many_names"
        STAFF_MANY_CHECKS = "staff/many_checks"
        STAFF_MANY_PAPERS = "staff/many_papers"
        STAFF_MANY_STARTS = "staff/many_starts"
        STAFF_SAME_PERSON = "staff/same_person"

    class State(models.TextChoices):
        """How far a mail is.

        Dropped: overtaken before it was sent, or queued for nobody, so that a name that nobody has
        costs what another does. Bounced: a mail server took it and sent it back.
        """

        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"
        BOUNCED = "bounced"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.CharField(max_length=40, choices=Template)
    address = models.EmailField(max_length=254, db_comment="personal")
    address_key = models.CharField(max_length=254, db_index=True, db_comment="personal")
    language = models.CharField(max_length=10)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="messages")
    sign_up = models.ForeignKey(PendingSignUp, models.CASCADE, null=True, related_name="messages")
    sign_in = models.ForeignKey(PendingSignIn, models.CASCADE, null=True, related_name="messages")
    recovery = models.ForeignKey(
        RecoveryRequest, models.CASCADE, null=True, related_name="messages"
    )
    email_change = models.ForeignKey(
        EmailChange, models.CASCADE, null=True, related_name="messages"
    )
    news = models.JSONField(
        default=list, db_comment="named security events and their times, of a notice"
    )
    about_name = models.CharField(
        max_length=120, default="", db_comment="the organisation or application that it is about"
    )
    send_after = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    link_hash = models.CharField(max_length=80, blank=True)
    code_hash = models.CharField(max_length=80, blank=True)
    secret_expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    kept_open_until = models.DateTimeField(
        null=True, db_comment="until when the link works where its reader asked for more time"
    )
    kept_open_by_hash = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link_hash"],
                condition=~models.Q(link_hash=""),
                name="outbound_message_one_a_link",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
