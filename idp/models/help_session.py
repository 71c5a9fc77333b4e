"""One stretch of time in which somebody of the staff helps one person."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models import Account, HelpCode, Session


class HelpSession(models.Model):
    """Why somebody of the staff looks, for whom as far as that is known, and how surely.

    `account` is empty while nobody knows whose it is: under a help code, or where a mailbox has
    several accounts or none. `others` lists who else is on the call. It belongs to one sign-in of
    staff (`signed_in`), and is over at `expires_at` or `ended_at`, whichever comes first.
    """

    class Reason(models.TextChoices):
        CANNOT_SIGN_IN = "cannot_sign_in"
        LOST_WAY = "lost_way"
        NO_MAIL = "no_mail"
        NEW_CONTACT = "new_contact"
        WORRIED = "worried"
        ENDING = "ending"
        COMPLAINT = "complaint"
        SECOND_PERSON = "second_person"

    class Channel(models.TextChoices):
        PHONE = "phone"
        COUNTER = "counter"

    class Given(models.TextChoices):
        """What the person gave us to begin with."""

        HELP_CODE = "help_code"
        ADDRESS = "address"
        REFERENCE = "reference"
        NAME = "name"

    class Known(models.TextChoices):
        """How we know that the person owns the account."""

        MAILED_CODE = "mailed_code"
        ACCOUNT_CODE = "account_code"
        COUNTER = "counter"

    class Other(models.TextChoices):
        INTERPRETER = "interpreter"
        RELAY = "relay"
        ADVOCATE = "advocate"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Account, models.CASCADE, related_name="+")
    signed_in = models.ForeignKey(Session, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, db_comment="in which its staff member helps")
    reason = models.CharField(max_length=20, choices=Reason)
    channel = models.CharField(max_length=10, choices=Channel)
    given = models.CharField(max_length=10, choices=Given)
    case_reference = models.CharField(max_length=40)
    help_code = models.ForeignKey(HelpCode, models.SET_NULL, null=True, related_name="+")
    address_key = models.CharField(
        max_length=254, blank=True, db_comment="personal; the mailbox that was typed"
    )
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="help_sessions")
    tier = models.PositiveSmallIntegerField(default=0)
    known_by = models.CharField(max_length=15, choices=Known, blank=True)
    known_at = models.DateTimeField(null=True)
    others = models.JSONField(default=list)
    had_others = models.JSONField(
        default=list, db_comment="who was there at any time, whoever is now"
    )
    called_back_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["signed_in"],
                condition=models.Q(ended_at=None),
                name="help_session_one_at_a_time",
            ),
            models.CheckConstraint(
                name="help_session_known_only_of_an_account",
                condition=models.Q(tier=0)
                | models.Q(account__isnull=False, known_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.case_reference
