"""How far a wish to be erased is, in residents' words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.models import ErasureRequest

_State = ErasureRequest.State
_Answer = ErasureRequest.Answer

STATES: Final[dict[str, Promise]] = {
    _State.CHOSEN: _("we ask it when your account closes"),
    _State.SENT: _("we asked it, and it has not answered yet"),
    _State.BY_HAND: _("we could not ask it, so ask it yourself"),
}
ANSWERS: Final[dict[str, Promise]] = {
    _Answer.ERASED: _("it says that it deleted what it had"),
    _Answer.PARTLY: _("it says that it deleted some of what it had"),
    _Answer.KEPT: _("it says that it has to keep what it has"),
}


def words(request: ErasureRequest) -> Promise:
    """Return what came of it so far."""
    if request.state == _State.ANSWERED:
        return ANSWERS[request.answer]
    return STATES[request.state]
