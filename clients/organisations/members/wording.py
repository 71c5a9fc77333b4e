"""Roles and what each may do, in words; and why the members stay as they are."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.models import Member
from clients.organisations.members.rules import ChangeProblem

ROLES: Final[dict[str, Promise]] = {
    Member.Role.OWNER: _("Owner"),
    Member.Role.DEVELOPER: _("Developer"),
    Member.Role.VIEWER: _("Viewer"),
}
ROLE_HINTS: Final[dict[str, Promise]] = {
    Member.Role.OWNER: _("Everything: members, going live, and the organisation itself"),
    Member.Role.DEVELOPER: _("Applications, their credentials and test residents"),
    Member.Role.VIEWER: _("Looks at everything, and changes nothing"),
}
CHANGE_PROBLEMS: Final[dict[ChangeProblem, Promise]] = {
    ChangeProblem.LAST_OWNER: _(
        "An organisation needs an owner: make somebody else an owner first"
    ),
    ChangeProblem.OWNER: _("Owners are invited, changed and removed on the portal’s pages alone"),
    ChangeProblem.NOBODY: _("They are not a member any more"),
}
