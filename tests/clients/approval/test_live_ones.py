"""Live applications: what is reviewed again, and what ends them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR, resident
from accounts.models import OutboundMessage
from clients.applications import operations as applications
from clients.applications.columns import described
from clients.applications.parts import differing, parts_of, with_parts
from clients.applications.writing import ApplicationRefusedError
from clients.approval import operations
from clients.approval.agreements import operations as agreements
from clients.approval.agreements.rules import notice_due
from clients.approval.operations import NothingToAskError
from clients.approval.retiring import operations as retiring
from clients.approval.retiring.operations import RetirementRefusedError
from clients.approval.retiring.rules import RetirementProblem
from clients.approval.taking import operations as taking
from clients.models import Application, Submission
from tests.clients.approval import rounds
from tests.commands import refused, run

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def _live() -> Application:
    submission = rounds.approved()
    by = resident(rounds.owner(submission.application))
    return taking.take(submission=submission, by=by).application


def _with_new_agreement(live: Application) -> Submission:
    draft = rounds.drafted(live)
    draft.agreement_ends_on = _day(800)
    draft.save()
    return operations.submit(submission=draft, account=rounds.owner(live), tried=rounds.TRIED)


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _ends(application: Application, days: int, *, where: str = "Call us") -> Application:
    return retiring.announce(
        application=application, day=_day(days), where_to_go=where, by=OPERATOR
    )


def test_a_registration_survives_the_way_through_json() -> None:
    registration = described(rounds.sandbox())
    assert with_parts(registration, parts_of(registration)) == registration
    other = with_parts(registration, {"name": "Else", "redirect_uris": ["https://a.example.org/"]})
    assert differing(registration, other) == {
        "name": "Else",
        "redirect_uris": ["https://a.example.org/"],
    }


def test_a_risky_change_counts_only_once_two_people_signed_it() -> None:
    live = _live()
    submission = rounds.submitted(live, redirect_uris=["https://new.example.org/callback"])
    rounds.sign(submission, rounds.approver(), "service")
    live.refresh_from_db()
    assert live.redirect_uris == rounds.LIVE_ADDRESS
    rounds.sign(submission, rounds.approver(), "information_governance")
    live.refresh_from_db()
    assert live.redirect_uris == "https://new.example.org/callback"
    assert Submission.objects.get(pk=submission.pk).state == "live"
    # It changes; nothing new is made.
    assert Application.objects.filter(environment="live").count() == 1


def test_what_was_changed_meanwhile_in_another_part_stays() -> None:
    live = _live()
    submission = rounds.submitted(live, redirect_uris=["https://new.example.org/callback"])
    Application.objects.filter(pk=live.pk).update(contacts=["Kim"])
    for kind in ("service", "information_governance"):
        rounds.sign(submission, rounds.approver(), kind)
    live.refresh_from_db()
    assert live.contacts == ["Kim"]


def test_residents_are_told_in_time_and_where_to_go() -> None:
    live = _live()
    for days, problem in ((13, RetirementProblem.TOO_SOON), (731, RetirementProblem.TOO_LATE)):
        with pytest.raises(RetirementRefusedError) as caught:
            _ends(live, days)
        assert caught.value.problems == (problem,)
    with pytest.raises(RetirementRefusedError) as caught:
        _ends(live, 20, where=" ")
    assert caught.value.problems == (RetirementProblem.NOWHERE_TO_GO,)
    row = _ends(live, 14)
    assert row.retires_at is not None
    assert timezone.localtime(row.retires_at) == datetime.combine(
        _day(14), datetime.min.time(), LONDON
    )


def test_a_sandbox_application_does_not_retire() -> None:
    with pytest.raises(RetirementRefusedError) as caught:
        _ends(rounds.sandbox(), 20)
    assert caught.value.problems == (RetirementProblem.NOT_LIVE,)


def test_it_ends_on_its_day_and_not_before() -> None:
    live = _live()
    _ends(live, 20)
    assert retiring.retire_due(now=timezone.now() + timedelta(days=19)) == 0
    over = timezone.now() + timedelta(days=21)
    assert retiring.retire_due(now=over) == 1
    live.refresh_from_db()
    assert live.status == "retired"
    assert not live.is_usable()
    assert not live.secrets.filter(revoked_at=None).exists()
    assert retiring.retire_due(now=over) == 0
    with pytest.raises(ApplicationRefusedError):
        applications.reinstate(application=live, by=OPERATOR)
    with pytest.raises(RetirementRefusedError):
        _ends(live, 20)


def test_an_end_that_is_taken_back_does_not_come() -> None:
    live = _live()
    _ends(live, 20)
    retiring.take_back(application=live, by=OPERATOR)
    assert retiring.retire_due(now=timezone.now() + timedelta(days=21)) == 0
    live.refresh_from_db()
    assert (live.status, live.retires_at) == ("active", None)


def test_what_was_asked_for_an_application_that_ends_is_withdrawn() -> None:
    live = _live()
    submission = rounds.submitted(live, redirect_uris=["https://new.example.org/callback"])
    _ends(live, 20)
    retiring.retire_due(now=timezone.now() + timedelta(days=21))
    submission.refresh_from_db()
    assert submission.state == "withdrawn"


@pytest.mark.parametrize(
    "left, told, due",
    [
        (91, None, None),
        (90, None, 90),
        (60, 90, None),
        (30, 90, 30),
        (5, None, 7),
        (7, 7, None),
        (1, 7, 1),
        (0, 7, 1),
        (0, 1, None),
        (-1, 1, 0),
        (-40, None, 0),
        (-2, 0, None),
    ],
)
def test_owners_hear_of_each_notice_once(left: int, told: int | None, due: int | None) -> None:
    today = date(2026, 11, 22)
    ends_on = today + timedelta(days=left)
    assert notice_due(ends_on=ends_on, today=today, told=told) == due


def test_an_application_without_an_agreement_stops_until_two_people_signed_a_new_one() -> None:
    live = _live()
    assert agreements.look(today=_day(399)) == 1
    assert agreements.look(today=_day(399)) == 0
    live.refresh_from_db()
    assert live.is_usable()
    assert agreements.look(today=_day(401)) == 1
    assert agreements.look(today=_day(402)) == 0
    live.refresh_from_db()
    assert live.status == "suspended"
    assert OutboundMessage.objects.filter(template="partners/agreement_ends").count() == 4
    submission = _with_new_agreement(live)
    for kind in ("service", "information_governance"):
        rounds.sign(submission, rounds.approver(), kind)
    live.refresh_from_db()
    assert (live.status, live.agreement_told) == ("active", None)


def test_what_the_council_suspended_stays_so_after_a_new_agreement() -> None:
    live = _live()
    applications.suspend(application=live, by=OPERATOR)
    submission = _with_new_agreement(live)
    for kind in ("service", "information_governance"):
        rounds.sign(submission, rounds.approver(), kind)
    live.refresh_from_db()
    assert live.status == "suspended"


def test_a_draft_for_a_live_application_begins_with_its_agreement() -> None:
    live = _live()
    draft = operations.draft(application=live, by=OPERATOR)
    assert (draft.agreement_reference, draft.proposal) == ("DSA-2026-17", {})


def test_a_live_application_is_not_asked_about_for_nothing() -> None:
    live = _live()
    draft = operations.draft(application=live, by=OPERATOR)
    with pytest.raises(NothingToAskError):
        operations.submit(submission=draft, account=rounds.owner(live), tried=rounds.TRIED)


def test_a_live_application_takes_over_what_its_sandbox_is_but_not_its_addresses() -> None:
    live = _live()
    sandbox = live.made_from
    assert sandbox is not None
    Application.objects.filter(pk=sandbox.pk).update(name="Parking and Permits")
    draft = operations.follow(application=live, by=OPERATOR)
    assert draft is not None
    assert draft.proposal == {"name": "Parking and Permits"}


def test_a_sandbox_application_follows_nothing() -> None:
    assert operations.follow(application=rounds.sandbox(), by=OPERATOR) is None
    assert not Submission.objects.exists()


def test_the_council_ends_an_application_by_a_command() -> None:
    live = _live()
    day, where = _day(20).isoformat(), "Call us"
    arguments = ("application", "retire", live.slug, "--where-to-go", where, "--day")
    assert "14 days" in refused(*arguments, _day(2).isoformat())[0]
    assert run(*arguments, day)["where_to_go"] == where
    assert run("application", "keep", live.slug)["retires_at"] is None
    assert "no application" in refused("application", "keep", "nothing")[0]
