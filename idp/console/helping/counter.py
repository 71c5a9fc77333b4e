"""Keeps a page to callers who stand at a counter and have shown there who they are."""

from django.http import Http404

from accounts.models import Account
from idp.models import HelpSession


def seen_at_counter(help_session: HelpSession) -> Account:
    """Return the account whose owner was seen.

    Raises:
        Http404: they are known by something else; no page tells that there would be one.
    """
    if help_session.account is None or help_session.known_by != HelpSession.Known.COUNTER:
        raise Http404
    return help_session.account
