"""Reads what a sandbox application has shown by itself in the last 30 days.

Only of requests that it authenticated, or that we wrote about an answer of ours: what anybody could
send counts for nothing.
"""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from clients.approval.rules import Tried
from clients.models import Application
from idp.models import Delivery, RequestTrail, SigningKey
from idp.trail.rules import KEPT

_BOTH: Final = "pkce nonce"
_ANSWERED: Final = 200


def tried(application: Application) -> Tried:
    """Return what the application has shown."""
    since = timezone.now() - KEPT
    rows = RequestTrail.objects.filter(application=application, at__gte=since)
    sign_ins = rows.filter(
        endpoint="token", outcome="ok", is_authenticated=True, protected_by=_BOTH
    )
    rotated_at = _rotated_at(application, since)
    return Tried(
        signed_in=_last(sign_ins),
        refused=_goes_on(rows.filter(endpoint="authorize", outcome="access_denied"), sign_ins),
        rotated=rotated_at,
        signed_in_after_rotation=_trusts_new_key(rows, sign_ins, rotated_at),
        heard_of_sign_out=_heard(application, since),
    )


def _last(rows: QuerySet[RequestTrail]) -> datetime | None:
    return rows.order_by("-at").values_list("at", flat=True).first()


def _heard(application: Application, since: datetime) -> datetime | None:
    answered = Delivery.objects.filter(
        application=application,
        state=Delivery.State.DELIVERED,
        last_status=_ANSWERED,
        done_at__gte=since,
    )
    return answered.order_by("-done_at").values_list("done_at", flat=True).first()


def _goes_on(refused: QuerySet[RequestTrail], sign_ins: QuerySet[RequestTrail]) -> datetime | None:
    first = refused.order_by("at").values_list("at", flat=True).first()
    return None if first is None else _last(sign_ins.filter(at__gt=first))


def _rotated_at(application: Application, since: datetime) -> datetime | None:
    """Return when the key that signs for it last took another's place."""
    keys = SigningKey.objects.filter(algorithm=application.algorithm, activated_at__isnull=False)
    moments = list(keys.order_by("-activated_at").values_list("activated_at", flat=True)[:2])
    # The first key of all took nobody's place.
    return moments[0] if len(moments) > 1 and moments[0] and moments[0] >= since else None


def _trusts_new_key(
    rows: QuerySet[RequestTrail], sign_ins: QuerySet[RequestTrail], rotated_at: datetime | None
) -> datetime | None:
    """Return when it went on to userinfo after a sign-in that the new key had signed.

    A library asks there once it has accepted the ID token.
    """
    if rotated_at is None:
        return None
    after = sign_ins.filter(at__gt=rotated_at).order_by("at")
    first = after.values_list("at", flat=True).first()
    used = rows.filter(endpoint="userinfo", outcome="ok", is_authenticated=True)
    return None if first is None else _last(used.filter(at__gt=first))
