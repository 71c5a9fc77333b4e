"""What proves, besides a password, that an account's owner is there."""

import uuid

from django.db import models
from django.utils import timezone

from accounts.models.account import Account


class Authenticator(models.Model):
    """One way to sign in that an account has; what each kind needs lies in a row beside it."""

    class Kind(models.TextChoices):
        PASSKEY = "passkey"
        SECURITY_KEY = "security_key"
        APP = "app"
        CODE_SHEET = "code_sheet"
        RECOVERY_CODES = "recovery_codes"
        TEXT_MESSAGE = "text_message"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="authenticators")
    kind = models.CharField(max_length=20, choices=Kind)
    label = models.CharField(
        max_length=60, blank=True, db_comment="personal: what its owner calls it"
    )
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)
    added_at_one_factor = models.BooleanField(
        default=False, db_comment="for 24 hours it cannot be used to remove others"
    )
    lent_by_council = models.BooleanField(default=False)
    suspect_since = models.DateTimeField(
        null=True,
        db_comment="its owner said that a change was not theirs: opens nothing until kept",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=models.Q(kind="recovery_codes"),
                name="authenticator_one_set_of_recovery_codes",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Passkey(models.Model):
    """The public half of a passkey or security key (WebAuthn Level 3 §4 credential record)."""

    authenticator = models.OneToOneField(
        Authenticator, models.CASCADE, primary_key=True, related_name="passkey"
    )
    credential_id = models.CharField(max_length=1400, unique=True, db_comment="base64url")
    public_key = models.TextField(db_comment="COSE key, base64url")
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list)
    aaguid = models.CharField(max_length=36, blank=True)
    backup_eligible = models.BooleanField(default=False)
    backed_up = models.BooleanField(default=False)
    discoverable = models.BooleanField(default=False)
    user_verified = models.BooleanField(db_comment="whether it verified its user when it was made")

    def __str__(self) -> str:
        return str(self.pk)


class AppSecret(models.Model):
    """What an authenticator app and we both know (RFC 6238); encrypted, as it must be read back."""

    authenticator = models.OneToOneField(
        Authenticator, models.CASCADE, primary_key=True, related_name="app_secret"
    )
    secret = models.TextField(db_comment="encrypted")
    last_step = models.BigIntegerField(
        default=0, db_comment="the time step of the last code taken: none is taken twice"
    )

    def __str__(self) -> str:
        return str(self.pk)


class NumberedCode(models.Model):
    """One code of a sheet or of a set of recovery codes, each good once."""

    authenticator = models.ForeignKey(Authenticator, models.CASCADE, related_name="codes")
    number = models.PositiveSmallIntegerField()
    code_hash = models.CharField(max_length=80)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authenticator", "number"], name="numbered_code_once_a_set"
            )
        ]

    def __str__(self) -> str:
        return f"{self.authenticator_id} {self.number}"


class RememberedDevice(models.Model):
    """A browser whose owner asked not to be asked for a second step there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="remembered_devices")
    token_hash = models.CharField(max_length=80, unique=True)
    started_on = models.CharField(max_length=60, db_comment="kind of browser")
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class Challenge(models.Model):
    """What a browser's passkey is asked to sign: once, soon, in this browser, for one purpose.

    `account` is empty where a sign-in does not yet know whose passkey will answer.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        SECOND_STEP = "second_step"
        SIGN_UP = "sign_up"
        ADD = "add"
        RECOVERY = "recovery"
        STAFF_SIGN_IN = "staff_sign_in"
        STAFF_ENROL = "staff_enrol"

    challenge_hash = models.CharField(primary_key=True, max_length=80)
    purpose = models.CharField(max_length=20, choices=Purpose)
    browser_hash = models.CharField(max_length=80)
    account = models.ForeignKey(Account, models.CASCADE, null=True)
    user_handle = models.CharField(
        max_length=86, blank=True, db_comment="of an account that is about to be made"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.purpose
