"""One try to deliver: sign anew, post, and note the answer (OIDC Back-Channel Logout §2.5)."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone

from accounts.security.outgoing.client import Fetched, post
from accounts.security.outgoing.refusals import OutgoingRefusedError
from idp.deliveries import logout_token
from idp.deliveries.rules import LEFT_ALONE, Verdict, verdict, wait_after
from idp.keys import queries as keys
from idp.keys.queries import NoSigningKeyError
from idp.models import Delivery

State = Delivery.State
_STATES: Final = {Verdict.TAKEN: State.DELIVERED, Verdict.REFUSED: State.REFUSED}
_FORM: Final = "application/x-www-form-urlencoded"
_PATIENCE: Final = timedelta(seconds=5)
# What the application says beside its status is not read further than this, and not kept.
_LONGEST_ANSWER: Final = 16 * 1024


def send(delivery_id: UUID) -> datetime | None:
    """Try once, and return when to try again; None when there is nothing more to do."""
    delivery = _waiting(delivery_id)
    if delivery is None:
        return None
    if reason := _why_not(delivery):
        return _note(delivery, Verdict.GIVEN_UP, error=reason)
    until = _left_alone_until(delivery)
    if until is not None and until < delivery.expires_at:
        return until
    try:
        answer = _ask(delivery)
    except NoSigningKeyError:
        return _note(delivery, Verdict.TRY_AGAIN, error="no_signing_key")
    except OutgoingRefusedError as refusal:
        return _note(delivery, Verdict.TRY_AGAIN, error=refusal.reason)
    return _note(delivery, verdict(answer.status), status=answer.status)


def _waiting(delivery_id: UUID) -> Delivery | None:
    rows = Delivery.objects.select_related("application__organisation")
    return rows.filter(pk=delivery_id, state=State.QUEUED).first()


def _why_not(delivery: Delivery) -> str:
    """Return why it is not sent any more, if so."""
    if delivery.expires_at <= timezone.now():
        return "expired"
    # Suspended since, or has changed its mind.
    application = delivery.application
    is_wanted = application.is_usable() and application.backchannel_logout_uri
    return "" if is_wanted else "not_wanted"


def _left_alone_until(delivery: Delivery) -> datetime | None:
    """Return until when the application is asked nothing: it has just failed to answer another."""
    since = timezone.now() - LEFT_ALONE
    others = Delivery.objects.filter(application=delivery.application, state=State.QUEUED)
    failed = others.exclude(pk=delivery.pk).filter(tried_at__gt=since)
    at = failed.order_by("-tried_at").values_list("tried_at", flat=True).first()
    return at + LEFT_ALONE if at is not None else None


def _ask(delivery: Delivery) -> Fetched:
    key = keys.signing_key(delivery.application.algorithm)
    token = logout_token.make(delivery, key=key, now=timezone.now())
    return post(
        delivery.application.backchannel_logout_uri,
        body=urlencode({"logout_token": token}).encode(),
        content_type=_FORM,
        limit_bytes=_LONGEST_ANSWER,
        timeout=_PATIENCE,
    )


def _note(
    delivery: Delivery, outcome: Verdict, *, status: int | None = None, error: str = ""
) -> datetime | None:
    """Note one try, and return when the next is due."""
    now = timezone.now()
    delivery.tries, delivery.tried_at = delivery.tries + 1, now
    delivery.last_status, delivery.last_error = status, error
    delivery.next_try_at = _next_try(delivery, outcome, now)
    if delivery.next_try_at is None:
        delivery.state, delivery.done_at = _STATES.get(outcome, State.EXPIRED), now
    delivery.save(
        update_fields=[
            "tries",
            "tried_at",
            "last_status",
            "last_error",
            "next_try_at",
            "state",
            "done_at",
        ]
    )
    return delivery.next_try_at


def _next_try(delivery: Delivery, outcome: Verdict, now: datetime) -> datetime | None:
    if outcome is not Verdict.TRY_AGAIN:
        return None
    wait = wait_after(delivery.tries, left=delivery.expires_at - now)
    return now + wait if wait is not None else None
