"""What every page within a help session shows beside its own matter."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.sessions.middleware import BoroughRequest
from idp.console.helping.rules import Tier
from idp.console.helping.wording import KNOWN, OTHERS, TIERS
from idp.models import HelpSession


def show(
    request: BoroughRequest,
    help_session: HelpSession,
    template: str,
    words: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Show a page of a help session: its words, the case, and how surely the caller is known.

    It leads back to the first screen, unless its words have a `back_url`.
    """
    shown = {
        "help": help_session,
        "tier_words": TIERS[Tier(help_session.tier)],
        "known_words": KNOWN.get(help_session.known_by, ""),
        "others_words": [OTHERS[one] for one in help_session.others],
        "back_url": reverse("console:helping", args=[help_session.pk]),
        **(words or {}),
    }
    return render(request, template, shown, status=status)
