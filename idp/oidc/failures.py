"""Limits on failed tries at machine endpoints.

Only failures are counted, after they failed: a right request costs no statement for it, and nobody
can use up an application's tries in its place to keep it out.
"""

from math import ceil

from django.http import HttpRequest

from accounts.limits.operations import Verdict, hit
from accounts.limits.rules import network_of
from accounts.limits.table import Limit
from idp.oidc.errors import ErrorCode, ProtocolError


def counted(
    refusal: ProtocolError, limit: Limit, client_id: str, request: HttpRequest
) -> ProtocolError:
    """Return the refusal, or "try later" once this network failed too often as this client."""
    verdict = hit(limit, client_id, network_of(request.META.get("REMOTE_ADDR", "")))
    if verdict.allowed:
        return refusal
    late = limited(limit, verdict, after=refusal.detail)
    late.parameter, late.section, late.sent = refusal.parameter, refusal.section, refusal.sent
    return late


def limited(limit: Limit, verdict: Verdict, *, after: str = "") -> ProtocolError:
    """Return "try later"; `after`: the reason of what failed last."""
    reason = f"limited_{limit.name}_{after}" if after else f"limited_{limit.name}"
    return ProtocolError(
        ErrorCode.TEMPORARILY_UNAVAILABLE,
        "Too many failed requests. Wait for as long as Retry-After says.",
        detail=reason,
        status=429,
        headers={"Retry-After": str(ceil(verdict.wait.total_seconds()))},
    )
