"""What every write of an agreement shares: its lock, the change of versions, its record."""

from collections.abc import Collection

from django.utils import timezone

from accounts.audit.operations import About
from accounts.models import Account, Session
from clients.models import Application
from idp.consent import queries
from idp.consent.rules import Agreed, renewed
from idp.models import AccessToken, Consent, DeviceGrant, Grant, RefreshToken
from idp.ssf import news


def locked(account: Account) -> Account:
    """Return the account as it is now, whose agreements nobody else changes until this ends."""
    # One agreement of an account at a time: two tabs, or two clicks, come one after the other.
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def supersede(
    former: Consent | None,
    account: Account,
    application: Application,
    asked: Agreed,
    *,
    unsaid: Collection[str],
    kind: str = Consent.Kind.AGREED,
) -> Consent:
    """Write what was agreed to, or told, now beside what held before; see `renewed`."""
    known = queries.agreed(former)
    new = renewed(asked=asked, former=known, unsaid=unsaid, now=timezone.now())
    return write(former, account, application, new, kind=kind)


def write(
    former: Consent | None, account: Account, application: Application, new: Agreed, *, kind: str
) -> Consent:
    """Write the next version; what the application holds already goes on under it."""
    now = timezone.now()
    if former is not None:
        former.superseded_at = now
        former.save(update_fields=["superseded_at"])
    consent = Consent.objects.create(
        account=account,
        application=application,
        kind=kind,
        scopes=sorted(new.scopes),
        claims=sorted(new.claims),
        declined_scopes=sorted(new.declined_scopes),
        declined_claims=sorted(new.declined_claims),
        terms=dict(new.shown.terms),
        application_name=new.shown.application_name,
        organisation_name=new.shown.organisation_name,
        value_digests=dict(new.digests),
        email_id=new.mailbox.row,
        chose_email=new.mailbox.is_chosen,
        earlier={name: [answer.how, answer.at.isoformat()] for name, answer in new.earlier.items()},
        granted_at=now,
        expires_at=new.expires_at,
    )
    if former is not None:
        _tell_of_less(former, consent)
        # Refresh tokens twice: a rotation that the first statement waited for has added a row.
        for model in (Grant, DeviceGrant, RefreshToken, RefreshToken, AccessToken):
            model.objects.filter(consent=former).update(consent=consent)
    return consent


def _tell_of_less(former: Consent, consent: Consent) -> None:
    scopes = set(former.scopes).difference(consent.scopes)
    claims = set(former.claims).difference(consent.claims)
    if scopes or claims:
        news.consent_narrowed(
            account=consent.account,
            application=consent.application,
            scopes=scopes,
            claims=claims,
        )


def about(consent: Consent, session: Session | None) -> About:
    """Return what the audit log says of an agreement."""
    return About(
        account_id=consent.account_id,
        session_id=session.pk if session else None,
        organisation_id=consent.application.organisation_id,
        application_id=consent.application.client_id,
        object_kind="consent",
        object_id=str(consent.pk),
        detail={
            "scopes": len(consent.scopes),
            "claims": len(consent.claims),
            "declined": len(consent.declined_scopes),
        },
    )
