"""What this transmitter supports (OpenID SSF §7.1)."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from idp.oidc import cors
from idp.oidc.discovery import cacheable
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.ssf.streams.rules import POLL, PUSH


@endpoint("ssf-configuration", "GET", reach=cors.Reach.ANY_PAGE)
def metadata(request: MachineRequest) -> HttpResponse:
    """Return the metadata."""
    return cacheable(request, _metadata_bytes(settings.ISSUER))


def document(issuer: str) -> dict[str, Any]:
    """Return the metadata of the transmitter at this address.

    `critical_subject_members` is left out: our subjects have no members to understand (§3.3), and
    an empty list must not be sent (§7.2.3).
    """
    return {
        "spec_version": "1_0",
        "issuer": issuer,
        "jwks_uri": f"{issuer}/jwks",
        "delivery_methods_supported": [PUSH, POLL],
        "configuration_endpoint": f"{issuer}/ssf/stream",
        "status_endpoint": f"{issuer}/ssf/status",
        "add_subject_endpoint": f"{issuer}/ssf/subjects/add",
        "remove_subject_endpoint": f"{issuer}/ssf/subjects/remove",
        "verification_endpoint": f"{issuer}/ssf/verify",
        # Access tokens of the application's own (RFC 6749 §4.4).
        "authorization_schemes": [{"spec_urn": "urn:ietf:rfc:6749"}],
        "default_subjects": "ALL",
    }


@cache
def _metadata_bytes(issuer: str) -> bytes:
    return json.dumps(document(issuer)).encode()
