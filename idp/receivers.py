"""What the provider does when something happens below it; the one list of signals it hears.

The table "what ends what" in code. Each runs inside the sender's transaction and only writes rows.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.dispatch import receiver
from django.utils.timezone import localdate

from accounts.audit.actor import SYSTEM, Actor
from accounts.holding_back import operations as holding_back
from accounts.models import Account, AccountClosing, Session
from accounts.profile.emails.changes import operations as email_changes
from accounts.recovery.waiting import operations as recoveries
from accounts.signals import (
    account_closed,
    account_joined,
    account_locked,
    account_purged,
    account_reopened,
    account_unlocked,
    authenticator_changed,
    credential_changed,
    day_passed,
    death_undone,
    jobs_looked_after,
    session_ended,
    staff_stopped,
)
from accounts.staffing.own_accounts import operations as own_accounts
from clients.api_tokens import operations as api_tokens
from clients.applications.credentials import endings
from clients.approval.agreements import operations as data_sharing
from clients.approval.retiring import operations as retiring
from clients.approval.signing import operations as signing
from clients.models import Application, Organisation, TestResident
from clients.organisations.inviting import operations as invitations
from clients.organisations.members import operations as members
from clients.organisations.proving import due as proofs
from clients.signals import (
    application_narrowed,
    application_suspended,
    membership_changed,
    organisation_suspended,
    redirect_uris_removed,
    stopped_sharing_wanted,
)
from idp.blocking import operations as blocking
from idp.consent import operations as agreements
from idp.consent import queries as consents
from idp.console.figures import operations as figures
from idp.console.helping import operations as helping
from idp.console.protection import operations as protection
from idp.deliveries import operations as deliveries
from idp.hiding import operations as hiding
from idp.oidc import participants
from idp.oidc.authorize import operations as requests
from idp.old_user_ids import operations as old_ids
from idp.privacy.erasure import operations as erasures
from idp.retiring import operations as ends
from idp.ssf import news
from idp.ssf.push import operations as pushing
from idp.tokens import operations as tokens


@receiver(session_ended)
def when_sessions_end(
    *, sessions: Collection[UUID], reason: str, successor: Session | None, **_: Any
) -> None:
    """End the sessions' tokens and tell the services.

    The same person's next session in this browser takes over what it can.
    """
    if successor is not None:
        participants.move(to=successor, sessions=sessions)
        tokens.move(to=successor, sessions=sessions)
        requests.move(to=successor, sessions=sessions)
        helping.move(to=successor, sessions=sessions)
    parts = Q(session__in=sessions, signed_out_at=None)
    deliveries.queue_logout(which=parts)
    news.sessions_revoked(which=parts)
    tokens.end_for_sessions(sessions=sessions, reason=reason, by=SYSTEM)


@receiver(credential_changed)
def when_a_credential_changes(*, account: Account, offline_ends: bool, **_: Any) -> None:
    """End offline tokens where whoever got them may have been a stranger."""
    if offline_ends:
        tokens.end_offline_for_account(account=account, reason="credential_changed", by=SYSTEM)


@receiver(account_locked)
def when_an_account_is_locked(*, account: Account, **_: Any) -> None:
    """End everything that was issued for the account, and tell the services."""
    tokens.end_for_account(account=account, reason="account_locked", by=SYSTEM)
    api_tokens.end_of_account(account=account, by=SYSTEM)
    invitations.end_of_account(account=account, by=SYSTEM)
    email_changes.cancel_by_staff_of(account=account, by=SYSTEM)
    news.account_disabled(account=account)


@receiver(account_unlocked)
def when_an_account_is_unlocked(*, account: Account, **_: Any) -> None:
    """Tell the services that its owner may use it again."""
    news.account_enabled(account=account)


@receiver(death_undone)
def when_a_death_is_undone(*, account: Account, **_: Any) -> None:
    """Let whoever gets back in wait, and its owner hear of it, before anything opens."""
    recoveries.wait_anew(account=account)


@receiver(account_purged)
def when_an_account_is_purged(*, account: Account, **_: Any) -> None:
    """Tell all services that ever knew it that nobody will come under its name again."""
    news.account_purged(account=account)


@receiver(authenticator_changed)
def when_an_authenticator_changes(*, account: Account, kind: str, change: str, **_: Any) -> None:
    """Tell the services that the account is protected by something else now."""
    news.authenticator_changed(account=account, kind=kind, change=change)


@receiver(account_closed)
def when_an_account_closes(*, account: Account, closing: AccountClosing, **_: Any) -> None:
    """End what was agreed, and ask the services that its owner chose to erase what they have."""
    agreements.end_all(account=account, by=SYSTEM)
    erasures.send(closing=closing, by=SYSTEM)
    members.drop_all(account=account, by=SYSTEM)


@receiver(account_reopened)
def when_an_account_is_opened_again(*, account: Account, closing: AccountClosing, **_: Any) -> None:
    """Tell those who heard that it was stopped, though what was agreed with them stays ended."""
    for application in consents.ended_by(closing):
        news.account_enabled(account=account, application=application)


@receiver(account_joined)
def when_accounts_are_joined(*, closed: Account, kept: Account, **_: Any) -> None:
    """Keep hidden, blocked, linked and protected what was: its owner goes on by the other account.

    Nobody may shake off by a second account what keeps staff from theirs, or theirs from staff.
    """
    hiding.take_over(closed=closed, kept=kept, by=SYSTEM)
    blocking.take_over(closed=closed, kept=kept, by=SYSTEM)
    old_ids.take_over(closed=closed, kept=kept, by=SYSTEM)
    own_accounts.take_over(closed=closed, kept=kept, by=SYSTEM)
    protection.take_over(closed=closed, kept=kept, by=SYSTEM)
    holding_back.take_over(closed=closed, kept=kept, by=SYSTEM)


@receiver(staff_stopped)
def when_somebody_of_the_staff_stops(*, account: Account, **_: Any) -> None:
    """Set aside what they signed and nobody has decided yet."""
    signing.set_aside_of(account=account, by=SYSTEM)


@receiver(jobs_looked_after)
def when_jobs_are_looked_after(*, now: datetime, **_: Any) -> dict[str, int]:
    """Tell services what a killed worker left untold; end those whose day has come."""
    return {
        "sign-outs queued again": deliveries.queue_lost_again(now=now),
        "events queued again": pushing.queue_lost_again(now=now),
        "services ended": retiring.retire_due(now=now),
        "ends of services told": ends.tell_due(now=now),
        "agreements with ended services ended": ends.end_sharing(),
        "ended services whose old ids are deleted": old_ids.delete_of_ended(),
    }


@receiver(day_passed)
def when_a_day_has_passed(*, now: datetime, **_: Any) -> dict[str, int]:
    """Tell of secrets and agreements that end soon; look at the domains that show who one is."""
    return {
        "ends of secrets told": endings.tell_due(now=now),
        "ends of agreements told": data_sharing.look(today=localdate(now)),
        "domains looked at": proofs.check_domains(now=now),
        "weeks counted": figures.keep(now=now),
    }


@receiver(membership_changed)
def when_a_membership_changes(
    *, organisation: Organisation, account: Account, by: Actor, **_: Any
) -> None:
    """End what stood for the account's right: its tokens for programs, whom it has invited."""
    api_tokens.end_of_member(organisation=organisation, account=account, by=by)
    invitations.end_of_member(organisation=organisation, account=account, by=by)


@receiver(application_suspended)
def when_an_application_is_suspended(*, application: Application, by: Actor, **_: Any) -> None:
    """End everything that was issued to the application."""
    tokens.end_for_application(application=application, reason="application_suspended", by=by)


@receiver(application_narrowed)
def when_an_application_may_ask_for_less(*, application: Application, by: Actor, **_: Any) -> None:
    """End what the application was given or asks for: some of it is what it no longer may have."""
    requests.end_open(which=Q(application=application))
    tokens.end_for_application(application=application, reason="application_narrowed", by=by)


@receiver(redirect_uris_removed)
def when_redirect_uris_are_removed(*, application: Application, **_: Any) -> None:
    """Send no answer to an address that somebody else may have by now."""
    kept = Q(redirect_uri__in=application.redirect_uris.split())
    requests.end_open(which=Q(application=application, device_grant=None) & ~kept)


@receiver(organisation_suspended)
def when_an_organisation_is_suspended(*, organisation: Organisation, by: Actor, **_: Any) -> None:
    """End everything that was issued to any of its applications."""
    tokens.end_for_organisation(organisation=organisation, reason="organisation_suspended", by=by)


@receiver(stopped_sharing_wanted)
def when_a_test_resident_is_to_have_stopped_sharing(
    *, resident: TestResident, by: Actor, again: bool, **_: Any
) -> None:
    """Leave behind an agreement that was withdrawn, as with somebody who stopped."""
    sandbox = Application.objects.filter(
        organisation=resident.organisation_id, environment=Application.Environment.SANDBOX
    )
    for application in sandbox.exclude(status=Application.Status.CLOSED).order_by("pk"):
        if again:
            agreements.withdraw(account=resident.account, application=application, by=by)
        agreements.have_stopped(account=resident.account, application=application, by=by)
