"""What an organisation asks the council to approve, and what the council answers."""

from django.db import models

from accounts.models import Account
from clients.models.application import Application


class Submission(models.Model):
    """One round of asking: to make a sandbox application live, or to change a live one.

    `proposal` is a registration by named parts: while it is a draft, those that differ from the
    application; from its submission on, all of them. Each change is another `version`; a sign-off
    counts for the version that was looked at.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        APPROVED = "approved"
        LIVE = "live"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    application = models.ForeignKey(Application, models.CASCADE, related_name="submissions")
    round = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    proposal = models.JSONField(default=dict)
    agreement_reference = models.CharField(max_length=100, blank=True)
    agreement_ends_on = models.DateField(null=True)
    notice_address = models.CharField(
        max_length=2000, blank=True, db_comment="the privacy notice that was last asked for"
    )
    notice_answer = models.CharField(max_length=40, blank=True, db_comment="ok, or why not")
    notice_asked_at = models.DateTimeField(null=True)
    checklist = models.JSONField(
        default=dict, db_comment="each line with its evidence, as it stood when it was sent"
    )
    submitted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="submissions")
    submitted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, db_comment="went live, was refused or withdrawn")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state__in=["draft", "submitted", "approved"]),
                name="submission_one_open_an_application",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.round}"


class NoticeReading(models.Model):
    """That somebody of the council read a draft's privacy notice in a browser.

    It is about one address: once the draft names another one it counts no more.
    """

    submission = models.OneToOneField(
        Submission, models.CASCADE, primary_key=True, related_name="notice_reading"
    )
    address = models.CharField(max_length=2000)
    account = models.ForeignKey(Account, models.PROTECT, related_name="notice_readings")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.submission_id)


class SignOff(models.Model):
    """What one person of the council decided about one version, in one of two capacities."""

    class Kind(models.TextChoices):
        SERVICE = "service"
        INFORMATION_GOVERNANCE = "information_governance"

    class Decision(models.TextChoices):
        APPROVED = "approved"
        REFUSED = "refused"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="sign_offs")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=Kind)
    decision = models.CharField(max_length=10, choices=Decision)
    account = models.ForeignKey(Account, models.PROTECT, related_name="sign_offs")
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    set_aside = models.CharField(
        max_length=20, blank=True, db_comment="why it was found to count no more"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "version", "kind"],
                condition=models.Q(set_aside=""),
                name="sign_off_once_a_kind",
            ),
            models.UniqueConstraint(
                fields=["submission", "version", "account"],
                condition=models.Q(set_aside=""),
                name="sign_off_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.kind} {self.decision}"


class Comment(models.Model):
    """What somebody of the organisation or of the council said about a submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comments")
    account = models.ForeignKey(Account, models.PROTECT, related_name="comments")
    is_of_council = models.BooleanField()
    text = models.CharField(max_length=2000, db_comment="personal: in somebody's own words")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
