"""Reads submissions, and what their checklist looks at."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from clients.applications.callbacks.rules import NO_CALLBACKS
from clients.applications.certificates.rules import NO_CERTIFICATE
from clients.applications.columns import described
from clients.applications.keys.rules import KEYED_METHODS, NO_KEYS
from clients.applications.parts import Parts, differing, with_parts
from clients.applications.registration import Addresses, Registration
from clients.applications.rules import Finding
from clients.applications.writing import findings_of
from clients.approval import rules
from clients.approval.rules import Facts, Proof, Tried
from clients.models import (
    Application,
    ApplicationLogo,
    NoticeReading,
    Organisation,
    OrganisationProof,
    Submission,
)
from clients.organisations.proving.queries import evidence
from clients.organisations.proving.queries import of_organisation as proofs
from clients.organisations.proving.rules import Missing, ready_to_go_live

State = Submission.State
_OWNERS: Final = frozenset({Missing.ACTIVE, Missing.OWNER, Missing.SECOND_OWNER})
OPEN = (State.DRAFT, State.SUBMITTED, State.APPROVED)


def open_one(application: Application) -> Submission | None:
    """Return the round that is under way for this application, if any."""
    return application.submissions.filter(state__in=OPEN).first()


def rounds(application: Application) -> QuerySet[Submission]:
    """Return every round of this application, the newest first."""
    return application.submissions.order_by("-round")


def waiting() -> QuerySet[Submission]:
    """Return what waits for the council, the longest first."""
    rows = Submission.objects.filter(state=State.SUBMITTED)
    return rows.select_related("application__organisation").order_by("submitted_at", "pk")


def find(number: int) -> Submission | None:
    """Return a submission that was ever sent to the council."""
    rows = Submission.objects.exclude(submitted_at=None)
    return (
        rows.select_related("application__organisation", "submitted_by").filter(pk=number).first()
    )


def is_of_operator(submission: Submission) -> bool:
    """Say whether an operator handed it in, rather than somebody of the organisation."""
    return submission.state == State.SUBMITTED and submission.submitted_by_id is None


def makes_live(submission: Submission) -> bool:
    """Say whether it asks for a live application, rather than for a change of one."""
    return submission.application.environment == Application.Environment.SANDBOX


def proposed(submission: Submission) -> Registration:
    """Return the registration that it asks for."""
    now = replace(described(submission.application), live=True)
    if makes_live(submission):
        now = _without_addresses(now)
    return with_parts(now, submission.proposal)


def new_findings(submission: Submission, parts: Parts) -> list[Finding]:
    """Return what would be unfit for a live application with these parts, and is not without.

    What is missing still is asked for on another page.
    """
    now = proposed(submission)
    before = set(findings_of(now))
    return [one for one in findings_of(with_parts(now, parts)) if one not in before]


def _without_addresses(sandbox: Registration) -> Registration:
    """Return what a live application begins with: nothing that leads to the sandbox's program."""
    keys = NO_KEYS if sandbox.auth_method in KEYED_METHODS else sandbox.keys
    return replace(
        sandbox,
        # A number of its own: no test resident of the sandbox is anybody here.
        slug="",
        sector_identifier="",
        addresses=Addresses(()),
        callbacks=NO_CALLBACKS,
        keys=keys,
        certificate=NO_CERTIFICATE,
        home_url="",
        privacy_url=_for_residents(sandbox.privacy_url),
        terms_url=_for_residents(sandbox.terms_url),
    )


def _for_residents(page: str) -> str:
    # A sandbox may have pages on its developer's own computer.
    return page if page.startswith("https://") else ""


def logo(submission: Submission) -> ApplicationLogo | None:
    """Return the picture that its live application gets, if any.

    Not one that was chosen after it was sent: the council has not seen that.
    """
    sent_at = submission.submitted_at
    if sent_at is None or not makes_live(submission):
        return None
    rows = ApplicationLogo.objects.filter(application=submission.application)
    return rows.filter(uploaded_at__lte=sent_at).first()


def changes(submission: Submission) -> Parts:
    """Return the parts in which it differs from what its application is now."""
    return differing(described(submission.application), proposed(submission))


def council_asked_last(submission: Submission) -> bool:
    """Say whether the newest comment on it is the council's."""
    said = submission.comments.order_by("-at", "-pk").values_list("is_of_council", flat=True)
    return bool(said.first())


def has_all_comments(submission: Submission, *, of_council: bool) -> bool:
    """Say whether this side has written as many comments on it as there can be."""
    return submission.comments.filter(is_of_council=of_council).count() >= rules.MOST_COMMENTS


def facts(submission: Submission, *, tried: Tried | None) -> Facts:
    """Return what the checklist looks at, as it is now."""
    registration, is_new = proposed(submission), makes_live(submission)
    organisation = submission.application.organisation
    # Here as on the organisation's own page: of two accounts of one mailbox one counts.
    known = evidence(organisation)
    missing = ready_to_go_live(known)
    asked = submission.notice_address == registration.privacy_url != ""
    return Facts(
        registration=registration,
        is_new=is_new,
        unfit=frozenset(finding.part for finding in findings_of(registration)),
        gives=frozenset(submission.proposal),
        shares_keys=is_new and registration.keys == described(submission.application).keys,
        owners=known.owners,
        council_is_owner=known.council_is_owner,
        has_owners=_OWNERS.isdisjoint(missing),
        proof=_proof(organisation),
        is_proved=Missing.PROOF not in missing,
        notice_was_asked=asked and bool(submission.notice_answer),
        notice_is_reachable=_notice_counts(submission, registration.privacy_url),
        notice_asked_at=submission.notice_asked_at if asked else None,
        notice_read_at=notice_read_at(submission, registration.privacy_url),
        agreement_reference=submission.agreement_reference,
        agreement_ends_on=submission.agreement_ends_on,
        today=timezone.localdate(),
        tried=tried,
    )


def _proof(organisation: Organisation) -> Proof | None:
    standing_ones = proofs(organisation).filter(state=OrganisationProof.State.STANDING)
    row = standing_ones.first()
    return Proof(row.kind, row.value, row.checked_at or row.given_at) if row else None


def needed(application: Application, tried: Tried) -> Tried | None:
    """Return what counts as tried: a live application's sandbox showed all before it went live."""
    is_live = application.environment == Application.Environment.LIVE
    return None if is_live else tried


def _notice_counts(submission: Submission, address: str) -> bool:
    asked_at = submission.notice_asked_at
    return (
        submission.notice_answer == "ok"
        and submission.notice_address == address
        and asked_at is not None
        and timezone.now() - asked_at < rules.NOTICE_COUNTS_FOR
    )


def notice_read_at(submission: Submission, address: str) -> datetime | None:
    """Return when somebody of the council read the notice of this address, if not long ago."""
    if not submission.pk:
        return None
    since = timezone.now() - rules.NOTICE_COUNTS_FOR
    rows = NoticeReading.objects.filter(submission=submission, address=address, at__gt=since)
    return rows.values_list("at", flat=True).first()


def notice_reader(submission: Submission) -> str:
    """Return who of the council read its privacy notice, empty if nobody did."""
    rows = NoticeReading.objects.filter(submission=submission)
    return rows.values_list("account__full_name", flat=True).first() or ""
