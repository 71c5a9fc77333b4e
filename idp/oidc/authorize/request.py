"""Reads an authorization request and stores it once it passed every check."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.limits.rules import network_of
from idp.models import AuthorizationRequest
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.table import CHECKS, Check
from idp.oidc.errors import AuthorizationError

# A posted request comes back by a redirect, a pushed one in a link, at once (RFC 9126 §2.2).
WITHOUT_OWNER: Final = timedelta(minutes=1)


def read(request: HttpRequest) -> Asked:
    """Return the request as it came, by GET or POST (OIDC Core §3.1.2.1), unchecked."""
    network = network_of(request.META["REMOTE_ADDR"])
    if request.method == "POST":
        return Asked(request.body, network=network)
    # WSGI hands bytes over as Latin-1 text.
    query = request.META.get("QUERY_STRING", "").encode("latin-1", errors="replace")
    return Asked(query, network=network)


def first_error(asked: Asked, checks: Iterable[Check] = CHECKS) -> AuthorizationError | None:
    """Run the checks in order and return what the first that fails says."""
    for check in checks:
        error = check(asked)
        if error is not None:
            return error
    return None


def store(asked: Asked, *, browser_hash: str) -> AuthorizationRequest:
    """Keep a checked request, so that from here on only its id travels.

    Without `browser_hash` the first browser that brings the id owns it, see `stored.bind`.
    """
    now = timezone.now()
    lifetime = settings.FLOW_LIFETIME if browser_hash else WITHOUT_OWNER
    return AuthorizationRequest.objects.create(
        application=asked.application,
        browser_hash=browser_hash,
        redirect_uri=asked.redirect_uri,
        response_mode=asked.response_mode,
        scope=" ".join(asked.scopes),
        state=asked.state,
        nonce=asked.nonce,
        resource=asked.resource,
        code_challenge=asked.code_challenge,
        dpop_jkt=asked.dpop_jkt,
        prompt=asked.prompts,
        max_age=asked.max_age,
        acr_values=asked.acr_values,
        vot_asked=asked.vot_asked,
        login_hint=asked.login_hint,
        claims=asked.claims,
        language=asked.language,
        expected_account_id=asked.expected_account,
        pushed_at=now if asked.is_pushed else None,
        expires_at=now + lifetime,
    )
