"""Who may enter a page within a help session."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import staff_may
from idp.console.helping import operations, queries
from idp.console.helping.rules import Refusal, Tier, refusal_to_enter
from idp.console.helping.wording import REFUSALS
from idp.models import HelpSession

Page = Callable[Concatenate[BoroughRequest, HelpSession, ...], HttpResponseBase]


def helping(
    permission: Permission, tier: Tier
) -> Callable[[Page], Callable[..., HttpResponseBase]]:
    """Only whoever began this help session enters, with the permission, at the tier or above.

    The view gets the help session in the place of its id. Others find no such page; below the tier
    a page says what is needed, and it is recorded. An account that has turned out to be their own
    or a colleague's closes it at once.
    """

    def decorate(view: Page) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(
            request: BoroughRequest, help_id: UUID, *args: Any, **more: Any
        ) -> HttpResponseBase:
            found = queries.of_sign_in(session_of(request), help_id)
            if found is None:
                raise Http404
            stand = queries.stand_of(found)
            refusal = refusal_to_enter(stand, needed=tier, now=timezone.now())
            closed = queries.why_closed(found) if refusal is not Refusal.OVER else None
            if closed is not None:
                operations.close(help_session=found, refusal=closed, needed=tier)
                return _stopped(request, found, closed, is_over=True)
            if refusal is None:
                return view(request, found, *args, **more)
            if refusal is not Refusal.OVER:
                operations.refuse(help_session=found, refusal=refusal, needed=tier)
            return _stopped(request, found, refusal, is_over=refusal is Refusal.OVER)

        entered = staff_may(permission)(checked)
        vars(entered)["tier"] = tier
        return entered

    return decorate


def _stopped(
    request: BoroughRequest, help_session: HelpSession, refusal: Refusal, *, is_over: bool
) -> HttpResponse:
    words = {
        "help": help_session,
        "is_over": is_over,
        "words": REFUSALS[refusal],
    }
    return render(request, "idp/console/helping/stopped.html", words, status=403)
