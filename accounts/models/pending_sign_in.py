"""A sign-in that has begun and not finished."""

from django.db import models

from accounts.security.tokens import random_token


class PendingSignIn(models.Model):
    """One tab's way to a sign-in: where it returns to and what it must prove.

    Bound to the browser that began it; its id travels in the address, so that two tabs at
    different steps do not mix.
    """

    id = models.CharField(primary_key=True, max_length=43, default=random_token)
    browser_hash = models.CharField(max_length=80)
    return_to = models.CharField(max_length=500)
    service_name = models.CharField(max_length=255, blank=True)
    login_hint = models.CharField(max_length=254, blank=True, db_comment="personal")
    form_action = models.CharField(
        max_length=300,
        blank=True,
        db_comment="origin that the pages' forms may lead to by redirects (CSP form-action)",
    )
    as_someone_else = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id
