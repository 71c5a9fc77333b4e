"""Why nobody was invited, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.organisations.inviting.rules import InvitingProblem

INVITING_PROBLEMS: Final[dict[InvitingProblem, Promise]] = {
    InvitingProblem.NO_OWNER: _("You are not an owner of this organisation any more"),
    InvitingProblem.MEMBER: _("Somebody with this email address is a member already"),
    InvitingProblem.INVITED: _("This email address is invited already: send that invitation again"),
    InvitingProblem.TOO_MANY: _(
        "Your organisation has as many open invitations as it can have: wait until some are taken, "
        "or cancel some"
    ),
}
