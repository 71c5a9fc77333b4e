"""What a service was told since its resident stopped, in residents' words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.pages.moments import moment
from idp.models import Consent
from idp.privacy.told import Kind, State, Told, told_since

_LABELS: Final[dict[Kind, Promise]] = {
    Kind.LOGOUT: gettext_lazy("To sign you out"),
    Kind.STATUS: gettext_lazy("That you stopped"),
}
_CLOSED: Final[dict[Kind, Promise]] = {
    **_LABELS,
    Kind.STATUS: gettext_lazy("That you share with it no longer"),
}
# Of several browsers' messages the one that is worst off counts.
_WORST_FIRST: Final = (State.PENDING, State.GIVEN_UP, State.DELIVERED, State.NOT_ASKED_FOR)


@dataclass(frozen=True)
class News:
    """The messages as a summary list takes them; `is_waiting`: some has not arrived yet."""

    rows: list[dict[str, Any]]
    is_waiting: bool


def since(agreement: Consent) -> News:
    """Return what the service was told of the end of this agreement, as things are now."""
    if agreement.withdrawn_at is None:
        return News([], is_waiting=False)
    told = told_since(agreement.account, agreement.application, agreement.withdrawn_at)
    labels = _CLOSED if agreement.ended_with_account else _LABELS
    by_label = {label: [one for one in told if one.kind is kind] for kind, label in labels.items()}
    return News(
        [_row(label, messages) for label, messages in by_label.items() if messages],
        is_waiting=any(one.state is State.PENDING for one in told),
    )


def _row(label: Promise, messages: Sequence[Told]) -> dict[str, Any]:
    state = min((one.state for one in messages), key=_WORST_FIRST.index)
    times = [one.at for one in messages if one.state is state and one.at is not None]
    at = moment(max(times)) if times else ""
    return {
        "key": {"text": str(label)},
        "value": {"text": _words(state).format(at=at)},
    }


def _words(state: State) -> str:
    match state:
        case State.DELIVERED:
            return _("Delivered on {at}")
        case State.PENDING:
            return _("On its way. We keep trying until {at}.")
        case State.GIVEN_UP:
            return _("We could not deliver it.")
        case State.NOT_ASKED_FOR:
            return _("It takes no such messages from us.")
