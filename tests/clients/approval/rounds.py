"""Applications on their way to residents, under names that no other process has."""

from datetime import timedelta
from secrets import token_hex
from typing import Any, Final

from django.utils import timezone

from accounts.audit.actor import resident
from accounts.models import Account
from clients.approval import operations, queries
from clients.approval.rules import Answer, Tried
from clients.approval.signing import operations as signing
from clients.models import Application, Member, OrganisationProof, Submission
from tests import factories

NOTICE: Final = "https://parking.example.org/privacy"
LIVE_ADDRESS: Final = "https://parking.example.org/callback"
_LATELY: Final = timezone.now() - timedelta(hours=1)
TRIED: Final = Tried(
    signed_in=_LATELY,
    refused=_LATELY,
    rotated=_LATELY,
    signed_in_after_rotation=_LATELY,
    heard_of_sign_out=_LATELY,
)


def sandbox(**columns: Any) -> Application:
    """Return a sandbox application of a proved organisation with two owners."""
    name = f"parking-{token_hex(4)}"
    organisation = factories.organisation(slug=name, name="Parking Partners")
    for _ in range(2):
        factories.member(_somebody(), of=organisation)
    OrganisationProof.objects.create(
        organisation=organisation,
        kind=OrganisationProof.Kind.DOMAIN,
        value=f"{organisation.slug}.example.org",
        state=OrganisationProof.State.STANDING,
    )
    defaults = {
        "slug": name,
        "sector_identifier": name,
        "name": "Parking",
        "environment": Application.Environment.SANDBOX,
        "redirect_uris": "http://127.0.0.1:9000/callback",
        "post_logout_redirect_uris": "",
        "contacts": ["Sam, sam@parking.example.org"],
    }
    row = factories.application(of=organisation, **{**defaults, **columns})
    row.scopes.update(retention="For as long as you park, and two years more")
    return row


def owner(application: Application) -> Account:
    """Return the account of an owner of its organisation."""
    member = application.organisation.members.filter(role=Member.Role.OWNER).first()
    assert member is not None
    return member.account


def drafted(application: Application | None = None, **parts: Any) -> Submission:
    """Return a draft with all that the checklist wants."""
    application = application or sandbox()
    by = resident(owner(application))
    changed = operations.change(
        submission=operations.draft(application=application, by=by),
        parts={
            "redirect_uris": [LIVE_ADDRESS],
            "post_logout_redirect_uris": [],
            "privacy_url": NOTICE,
            **parts,
        },
        by=by,
    )
    last = timezone.localdate() + timedelta(days=400)
    row = operations.agree(submission=changed, reference="DSA-2026-17", ends_on=last, by=by)
    row.notice_address, row.notice_answer = NOTICE, "ok"
    row.notice_asked_at = timezone.now()
    row.save()
    return row


def submitted(application: Application | None = None, **parts: Any) -> Submission:
    """Return a submission that waits for the council."""
    row = drafted(application, **parts)
    return operations.submit(submission=row, account=owner(row.application), tried=TRIED)


def approver() -> Account:
    """Return somebody of the council who may approve."""
    return factories.staff_member("approver").account


def sign(
    submission: Submission,
    account: Account,
    kind: str = "service",
    *,
    refuses: bool = False,
    reason: str = "",
    version: int | None = None,
) -> Submission:
    """Sign it off, or refuse it, in the version that it has."""
    found = queries.find(submission.pk)
    assert found is not None
    seen = found.version if version is None else version
    answer = Answer(kind, seen, refuses=refuses, reason=reason)
    return signing.sign(submission=found, account=account, answer=answer).submission


def approved(application: Application | None = None, **parts: Any) -> Submission:
    """Return a submission that two people signed off."""
    row = submitted(application, **parts)
    sign(row, approver(), "service")
    return sign(row, approver(), "information_governance")


def _somebody() -> Account:
    return factories.account(f"{token_hex(4)}@mail.example")
