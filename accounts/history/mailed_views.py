"""The page behind the link in a security mail: one button, which can only make things safer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.notices.catalogue import SAFETY_LINK
from accounts.notices.news import Item
from accounts.notices.queries import find_link
from accounts.notices.rules import LinkState
from accounts.notices.wording import line
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest


@public
@require_safe
def not_me(request: BoroughRequest, token: str) -> HttpResponse:
    """Show what the mail told; opening the page changes nothing, as mail scanners do that."""
    found = find_link(SAFETY_LINK, token)
    if found.state is not LinkState.GOOD or found.message is None:
        return render(request, "accounts/history/link_dead.html", status=404)
    news = [line(Item.from_json(kept)) for kept in found.message.news]
    return render(request, "accounts/history/mailed.html", {"news": news})
