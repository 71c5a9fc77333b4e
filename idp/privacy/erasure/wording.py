"""How far a wish to be erased is, in residents' words."""

from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from idp.models import ErasureRequest

_State = ErasureRequest.State
_Answer = ErasureRequest.Answer

STATES: Final[dict[str, Promise]] = {
    _State.CHOSEN: _("We ask it when your account closes."),
    _State.SENT: _("We asked it on {asked}. It has not answered yet."),
    _State.BY_HAND: _("We could not ask it. Ask it yourself."),
}
ANSWERS: Final[dict[str, Promise]] = {
    _Answer.ERASED: _("It said on {answered} that it deleted what it had."),
    _Answer.PARTLY: _(
        "It said on {answered} that it deleted some of what it had. Ask it what it keeps, and why."
    ),
    _Answer.KEPT: _("It said on {answered} that it has to keep what it has. Ask it why."),
}


def words(request: ErasureRequest) -> str:
    """Return what came of it so far."""
    is_answered = request.state == _State.ANSWERED
    said = ANSWERS[request.answer] if is_answered else STATES[request.state]
    return str(said).format(asked=_day(request.sent_at), answered=_day(request.answered_at))


def _day(at: datetime | None) -> str:
    return date_format(localtime(at), "j F Y") if at is not None else ""
