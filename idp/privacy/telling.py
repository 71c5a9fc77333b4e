"""What a service was told since its resident stopped, and what is still on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.pages.moments import moment
from idp.deliveries.queries import sign_outs
from idp.models import Consent, Delivery

State = Delivery.State


@dataclass(frozen=True)
class Told:
    """The news as a summary list takes them; `is_waiting`: some has not arrived yet."""

    rows: list[dict[str, Any]]
    is_waiting: bool


def since(agreement: Consent) -> Told:
    """Return what the service was told of the end of this agreement, as things are now."""
    application, account, at = agreement.application, agreement.account, agreement.withdrawn_at
    if at is None:
        return Told([], is_waiting=False)
    deliveries = list(sign_outs(application, account, since=at))
    rows = [_row(_("To sign you out"), _outcome(deliveries))] if deliveries else []
    return Told(rows, is_waiting=any(one.state == State.QUEUED for one in deliveries))


def _outcome(deliveries: Sequence[Delivery]) -> str:
    """Say of all its browsers at once what the slowest came to."""
    waiting = [one for one in deliveries if one.state == State.QUEUED]
    if waiting:
        until = moment(max(one.expires_at for one in waiting))
        return _("On its way. We keep trying until {until}.").format(until=until)
    if any(one.state == State.REFUSED for one in deliveries):
        return _("It did not take our message.")
    done = [one.done_at for one in deliveries if one.done_at is not None]
    if any(one.state == State.EXPIRED for one in deliveries) or not done:
        return _("We could not reach it.")
    return _("Delivered on {at}").format(at=moment(max(done)))


def _row(label: str, text: str) -> dict[str, Any]:
    return {"key": {"text": label}, "value": {"text": text}}
