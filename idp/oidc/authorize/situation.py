"""Gathers from rows what the next step depends on."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.assurance import Level
from accounts.models import Session
from idp.consent import queries as consents
from idp.consent.rules import Coverage
from idp.models import AuthorizationRequest, Consent
from idp.oidc import optional, participants
from idp.oidc.assurance import level_needed
from idp.oidc.authorize import telling
from idp.oidc.authorize.next_step import Facts, SignedIn, Step, next_step


@dataclass(frozen=True)
class Situation:
    """A stored request in a browser, now: the next step, and the agreement found on the way.

    `gaps` are the reasons why the agreement does not cover the request.
    """

    step: Step
    consent: Consent | None
    gaps: tuple[Coverage, ...] = ()


def of(row: AuthorizationRequest, session: Session | None) -> Situation:
    """Return where the request stands for whoever is signed in."""
    if session is None:
        return Situation(next_step(_facts(row)), None)
    consent = consents.current(session.account, row.application)
    part = participants.find(session, row.application)
    asked = optional.to_share(row, session.account)
    gaps = consents.why_not(
        consent,
        scopes=asked.scopes,
        claims=asked.claim_names,
        shown=asked.shown(row.application),
    )
    mine = row.session_id == session.pk
    facts = _facts(
        row,
        session=SignedIn(
            session.account_id,
            session.auth_time,
            is_test=session.account.is_test,
            is_staff=session.account.is_staff,
            test_group=session.account.test_group,
            account_usable=session.account.is_active,
            level=Level(session.level),
            is_shared_device=session.is_shared_device,
        ),
        coverage=next(iter(gaps), Coverage.COVERED),
        tells_only=bool(gaps)
        and telling.will_do(row, session.account, asked, former=consent, gaps=gaps),
        account_confirmed=mine and row.account_confirmed_at is not None,
        shared_now=mine and row.consented_at is not None,
        blocked=consents.is_blocked(session.account, row.application),
        signed_out_of_service=part is not None and part.signed_out_at is not None,
    )
    return Situation(next_step(facts), consent, gaps)


def level_of(row: AuthorizationRequest) -> Level:
    """Return how strong a sign-in the request needs, as things are now."""
    return level_needed(row.acr_values, at_least=Level(row.application.minimum_level))


def _facts(
    row: AuthorizationRequest,
    *,
    session: SignedIn | None = None,
    coverage: Coverage = Coverage.NO_CONSENT,
    **done: bool,
) -> Facts:
    return Facts(
        now=timezone.now(),
        asked_at=row.created_at,
        session=session,
        test_group=row.application.test_group,
        switched_off=row.application.is_switched_off,
        application_usable=row.application.is_usable(),
        for_device=row.device_grant_id is not None,
        prompts=frozenset(row.prompt),
        max_age=row.max_age,
        level=level_of(row),
        expected_account=row.expected_account_id,
        coverage=coverage,
        **done,
    )
