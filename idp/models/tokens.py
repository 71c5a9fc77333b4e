"""Codes and tokens, on django-oauth-toolkit's abstract models, without its clear-text columns.

`token_family` joins all that came from one authorization code, so that a replay can end it all. A
family is over as soon as one refresh token in it is revoked: a rotation that runs at the same time
may add one more row, and that row is dead too. `authentication` is what ID tokens say of the
sign-in (`auth_time`, `acr`, `amr`), as it was when the code was issued: a later sign-in in the same
browser must not change it (OIDC Core §12.2).
"""

import uuid

from django.conf import settings
from django.db import models
from oauth2_provider.models import (
    AbstractAccessToken,
    AbstractDeviceGrant,
    AbstractGrant,
    AbstractIDToken,
    AbstractRefreshToken,
)

from accounts.models import Session
from idp.models.consent import Consent
from idp.models.participant import Participant


class Grant(AbstractGrant):
    """An authorization code, by keyed hash. A used one is kept to notice its replay."""

    code = None
    code_hash = models.CharField(max_length=80, unique=True)
    code_challenge = models.CharField(max_length=43, blank=True)
    dpop_jkt = models.CharField(
        max_length=43, blank=True, db_comment="RFC 9449 §10: whose proofs alone redeem it"
    )
    nonce = models.TextField(blank=True)
    claims = models.JSONField(default=dict)
    code_challenge_method = None
    resource = models.CharField(max_length=255, blank=True)
    participant = models.ForeignKey(Participant, models.CASCADE)
    consent = models.ForeignKey(Consent, models.CASCADE)
    authentication = models.JSONField()
    token_family = models.UUIDField(default=uuid.uuid4, db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class AccessToken(AbstractAccessToken):
    """What is known of an access token until it expires: its jti, never the token.

    `session` is empty for a token from a refresh: with offline access it outlives the sign-in.
    `user` and `consent` are empty for one that a program got in its own name. `resource` is the
    audience, this provider where it is empty; `claims` what userinfo releases beyond the scopes.
    """

    token = None
    token_checksum = None
    source_refresh_token = None
    id_token = None
    resource = models.CharField(max_length=255, blank=True)
    claims = models.JSONField(default=dict)
    jti = models.UUIDField(unique=True, default=uuid.uuid4)
    session = models.ForeignKey(Session, models.CASCADE, null=True, related_name="+")
    consent = models.ForeignKey(Consent, models.CASCADE, null=True, related_name="access_tokens")
    kid = models.CharField(max_length=43)
    token_family = models.UUIDField(db_index=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.jti)


class RefreshToken(AbstractRefreshToken):
    """A refresh token, by keyed hash. A rotated one is kept to notice its reuse."""

    token = None
    token_checksum = None
    access_token = None
    resource = models.CharField(max_length=255, blank=True)
    claims = models.JSONField(default=dict)
    token_hash = models.CharField(max_length=80, unique=True)
    token_family = models.UUIDField()
    scope = models.TextField()
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="refresh_tokens")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    authentication = models.JSONField()
    cnf = models.JSONField(
        default=dict, db_comment="RFC 7800 §3.1: the key that its family is bound to; empty: none"
    )
    expires = models.DateTimeField(db_index=True)
    rotated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["token_family"], name="refresh_token_by_family")]

    def __str__(self) -> str:
        return str(self.pk)


class IDToken(AbstractIDToken):
    """Swapped with the rest so that no table of the toolkit's own exists; ID tokens need no row."""

    def __str__(self) -> str:
        return str(self.jti)


class DeviceGrant(AbstractDeviceGrant):
    """A device that waits for somebody to let it in, its two codes by keyed hash (RFC 8628).

    `user` and what they agreed to are set when they let it in; nothing is taken from the device.
    """

    device_code = None
    user_code = None
    client_id = None
    last_checked = None
    device_code_hash = models.CharField(max_length=80, unique=True)
    user_code_hash = models.CharField(max_length=80, unique=True)
    application = models.ForeignKey(settings.OAUTH2_PROVIDER_APPLICATION_MODEL, models.CASCADE)
    acr_values = models.JSONField(default=list)
    resource = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    polled_at = models.DateTimeField(null=True)
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")
    consent = models.ForeignKey(Consent, models.CASCADE, null=True, related_name="+")
    authentication = models.JSONField(null=True)
    token_family = models.UUIDField(default=uuid.uuid4, db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="device_grant_authorized_by_somebody",
                condition=(
                    ~models.Q(status="authorized")
                    | models.Q(
                        user__isnull=False,
                        participant__isnull=False,
                        consent__isnull=False,
                        authentication__isnull=False,
                    )
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
