"""Who may enter the council's pages about approvals."""

from collections.abc import Callable

from django.http import HttpResponseBase

from accounts.staff import Permission
from accounts.staffing.decorators import freshly, staff_may

View = Callable[..., HttpResponseBase]


def approver_only(view: View) -> View:
    """Let in approvers of the council who signed in to their staff account just now.

    Everybody else sees what they would see if there were no such page, and it is recorded.
    """
    return staff_may(Permission.SIGN_OFF)(freshly(view))
