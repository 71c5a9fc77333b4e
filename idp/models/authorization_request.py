"""A validated authorization request, kept here so that only its id travels."""

from django.db import models

from accounts.models import Session
from accounts.security.tokens import random_token
from clients.models import Application
from idp.models.tokens import DeviceGrant


class AuthorizationRequest(models.Model):
    """What an application asked, as validated once.

    `browser_hash` is empty only while a cross-site POST has not yet come back as a GET, or a pushed
    request was not yet opened (`pushed_at`, RFC 9126).
    `account_confirmed_at` and `consented_at` say what the owner of `session` did for this very
    request; for anybody else they count for nothing.
    """

    id = models.CharField(primary_key=True, max_length=43, default=random_token)
    application = models.ForeignKey(Application, models.CASCADE)
    browser_hash = models.CharField(max_length=80, blank=True)
    redirect_uri = models.TextField()
    response_mode = models.CharField(max_length=20, default="query")
    scope = models.TextField()
    state = models.TextField(blank=True)
    nonce = models.TextField(blank=True)
    code_challenge = models.CharField(max_length=43, blank=True)
    dpop_jkt = models.CharField(max_length=43, blank=True, db_comment="RFC 9449 §10")
    prompt = models.JSONField(default=list)
    max_age = models.PositiveBigIntegerField(null=True)
    acr_values = models.JSONField(
        default=list, db_comment="those we know, in the application's order of preference"
    )
    login_hint = models.CharField(max_length=254, blank=True, db_comment="personal")
    language = models.CharField(
        max_length=10, blank=True, db_comment="the first of ui_locales that we have"
    )
    claims = models.JSONField(
        default=dict, db_comment="asked for one by one: member to name to the values that will do"
    )
    vot_asked = models.BooleanField(
        default=False, db_comment="the level was asked for by vtr: the ID token answers in vot"
    )
    resource = models.CharField(max_length=255, blank=True, db_comment="RFC 8707")
    device_grant = models.ForeignKey(
        DeviceGrant,
        models.CASCADE,
        null=True,
        db_comment="RFC 8628: the device that waits for the answer; then redirect_uri is empty",
    )
    pushed_at = models.DateTimeField(null=True)
    expected_account_id = models.UUIDField(null=True, db_comment="from id_token_hint")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    session = models.ForeignKey(Session, models.SET_NULL, null=True)
    account_confirmed_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    consumed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id
