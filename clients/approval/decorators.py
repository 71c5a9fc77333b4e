"""Who may enter the council's pages about approvals."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase

from accounts.assurance import Level
from accounts.mfa.decorators import freshly_signed_in_by
from accounts.models import StaffRole
from accounts.security.access import Access, mark
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from accounts.staffing.operations import keep_out
from accounts.staffing.queries import has

View = Callable[..., HttpResponseBase]


def approver_only(view: View) -> View:
    """Let in approvers of the council who signed in by a passkey just now.

    Everybody else sees what they would see if there were no such page, and it is recorded.
    """
    strongly = freshly_signed_in_by(Level.PHISHING_RESISTANT)(view)

    @wraps(view)
    def checked(request: BoroughRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = session_of(request).account
        if not has(account, StaffRole.Role.APPROVER):
            keep_out(account=account, role=StaffRole.Role.APPROVER)
            raise Http404
        return strongly(request, *args, **kwargs)

    entered = mark(signed_in(checked), Access.STAFF)
    vars(entered)["role"] = StaffRole.Role.APPROVER
    return entered
