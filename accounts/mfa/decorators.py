"""Who may enter a view that changes who gets in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.assurance import Level, methods_in
from accounts.help_codes.trail import note_step
from accounts.mfa.queries import methods_of, set_aside_of
from accounts.mfa.rules import Presence, Standing, completes_recovery, standing
from accounts.models import Session
from accounts.security.access import Access, mark
from accounts.sessions.decorators import signed_in
from accounts.sessions.late_forms.page import way_back
from accounts.sessions.middleware import BoroughRequest

View = Callable[..., HttpResponseBase]


def freshly_signed_in(view: View) -> View:
    """Only somebody who signed in just now, by as much as the account has, enters.

    Others sign in again and come back, to a form with what they had typed
    (`late_forms.page.refill`); or are told why that would not do.
    """
    return _only(view, standing_of)


def freshly_signed_in_by(level: Level) -> Callable[[View], View]:
    """Only somebody who signed in just now, as strongly as this, enters.

    Whoever has no way to do so is told to add one.
    """

    def decorate(view: View) -> View:
        return _only(view, lambda session: standing_of(session, at_least=level, at_most=level))

    return decorate


def freshly_signed_in_to_add(view: View) -> View:
    """Do the same for a view that adds a way, and let in whoever just recovered the account."""
    return _only(view, _standing_to_add)


def _only(view: View, stands_how: Callable[[Session], Standing]) -> View:
    @wraps(view)
    def checked(request: BoroughRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        session = request.signed_in
        stands = stands_how(session) if session is not None else Standing.FRESH
        if session is None or stands is Standing.FRESH:
            return entered(request, *args, **kwargs)
        note_step(request, stands)
        if stands is Standing.STALE:
            return redirect(_again(request, session))
        return not_now(request, session, stands)

    entered = signed_in(view)
    return mark(checked, Access.SIGNED_IN)


def standing_of(
    session: Session,
    *,
    at_least: Level = Level.ONE_FACTOR,
    at_most: Level = Level.PHISHING_RESISTANT,
) -> Standing:
    """Return how the session stands to changing who gets into its account."""
    account = session.account
    presence = Presence(
        proved=methods_in(session.proofs),
        available=methods_of(account),
        signed_in_at=session.signed_in_at,
        held_until=account.changes_held_until,
        set_aside=set_aside_of(account),
    )
    return standing(
        presence,
        now=timezone.now(),
        fresh_for=settings.FRESH_SIGN_IN,
        at_least=at_least,
        at_most=at_most,
    )


def _standing_to_add(session: Session) -> Standing:
    """Return how the session stands to adding a way.

    A recovery leaves a password alone. Whoever chose it may add one way to it at once: services
    that ask for two would else be out of reach for as long as everything is held.
    """
    account = session.account
    stands = standing_of(session)
    if stands is not Standing.HELD or account.changes_held_until is None:
        return stands
    completes = completes_recovery(
        available=methods_of(account),
        recovered_at=account.changes_held_until - settings.RECOVERY_HOLD,
        auth_time=session.auth_time,
        now=timezone.now(),
    )
    return Standing.FRESH if completes and not account.password_from_mailbox else stands


def _again(request: BoroughRequest, session: Session) -> str:
    query = {"return_to": way_back(request, session.account), "again": "fully"}
    return f"{reverse('signin:sign_in')}?{urlencode(query)}"


def not_now(request: BoroughRequest, session: Session, stands: Standing) -> HttpResponse:
    """Say why the session will not do, though it is new, and what would."""
    words = {
        "held_until": session.account.changes_held_until if stands is Standing.HELD else None,
        "sign_in_again": _again(request, session),
        "has_no_strong_way": stands is Standing.TOO_WEAK,
    }
    return render(request, "accounts/mfa/not_now.html", words, status=403)
