"""Who of the staff the council's directory vouches for, and visits to it that are under way."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.staff_member import StaffMember


class DirectoryLink(models.Model):
    """Whom the directory knows a staff account's owner as, and by what it is asked again.

    By issuer and subject alone: a mailbox may be somebody else's next year.
    """

    member = models.OneToOneField(
        StaffMember, models.CASCADE, primary_key=True, related_name="directory_link"
    )
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255, db_comment="personal")
    refresh_token = models.TextField(blank=True, db_comment="encrypted; empty once nobody asks")
    made_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(db_comment="when the directory last said that they work here")
    asked_at = models.DateTimeField(null=True, db_comment="somebody is asking it since then")
    gone_at = models.DateTimeField(null=True, db_comment="it said that they do not, until a visit")
    ended_at = models.DateTimeField(null=True, db_comment="the account ended")
    is_barred = models.BooleanField(
        default=False, db_comment="ended by hand: the directory alone lets them in no more"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                condition=models.Q(ended_at=None),
                name="directory_link_once_a_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.member_id)


class DirectoryVisit(models.Model):
    """One browser sent to the directory, what its answer must match, and whom it turned out to be.

    With `member` it lets in a first key, in this browser and soon.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state_hash = models.CharField(max_length=80, unique=True)
    browser_hash = models.CharField(max_length=80, db_index=True)
    secrets = models.TextField(blank=True, db_comment="encrypted: nonce and code verifier")
    began_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    member = models.ForeignKey(StaffMember, models.CASCADE, null=True)
    roles = models.JSONField(default=list, db_comment="that the directory gave at this visit")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)
