"""What operators change of live applications: reviewed like the rest, but for an emergency."""

import json
from pathlib import Path

import pytest

from accounts.audit.actor import resident
from accounts.audit.events import Event
from accounts.models import AuditEvent, OutboundMessage
from clients.applications.parts import Parts
from clients.approval import operations
from clients.approval.signing.operations import SignOffRefusedError
from clients.models import Application, Submission
from tests import factories
from tests.clients.approval import rounds
from tests.clients.approval.by_operator import change, with_members
from tests.commands import refused, run, text

pytestmark = pytest.mark.django_db
ADDRESS = "https://new.example.org/callback"
CHANGED, WAITING = "partners/submission_changed", "partners/submission_waiting"


def _asked() -> Parts:
    proposal: Parts = Submission.objects.get(state="submitted").proposal
    return proposal


def _facts() -> object:
    rows = Submission.objects.order_by("pk").values_list("state", "version", "proposal")
    return list(rows), AuditEvent.objects.count(), OutboundMessage.objects.count()


def _approved() -> None:
    submission = Submission.objects.get(state="submitted")
    for kind in ("service", "information_governance"):
        rounds.sign(submission, rounds.approver(), kind)


def test_a_risky_change_is_shown_and_counts_once_two_people_approved(live: Application) -> None:
    approver = rounds.approver()
    shown = change(live, "--redirect-uri", ADDRESS)
    assert shown["redirect_uris"] == ["https://a.example.org/cb"]
    assert shown["waits_for_review"] == [
        f'redirect_uris: ["https://a.example.org/cb"] -> ["{ADDRESS}"]'
    ]
    assert OutboundMessage.objects.filter(template=WAITING).get().account == approver
    assert OutboundMessage.objects.filter(template=CHANGED).count() == 2
    _approved()
    live.refresh_from_db()
    assert live.redirect_uris == ADDRESS
    assert run("application", "show", live.slug)["waits_for_review"] == []


def test_a_harmless_change_counts_at_once_beside_a_risky_one(live: Application) -> None:
    shown = change(live, "--terms-url", "https://a.example.org/terms", "--name", "Permits")
    assert (shown["terms_url"], shown["name"]) == ("https://a.example.org/terms", "Parking")
    assert _asked() == {"name": "Permits"}


def test_the_same_change_again_hands_in_nothing_and_says_that_it_waits(live: Application) -> None:
    change(live, "--name", "Permits")
    facts = _facts()
    _, cautions = text("application", "change", live.slug, "--name", "Permits")
    assert "waits for two approvers with name: round 1" in cautions
    assert _facts() == facts


def test_another_change_adds_to_what_waits_and_makes_its_sign_offs_void(live: Application) -> None:
    change(live, "--name", "Permits")
    rounds.sign(Submission.objects.get(), rounds.approver(), "service")
    shown = change(live, "--redirect-uri", ADDRESS)
    assert [line.partition(":")[0] for line in shown["waits_for_review"]] == [
        "name",
        "redirect_uris",
    ]
    rounds.sign(Submission.objects.get(), rounds.approver(), "information_governance")
    live.refresh_from_db()
    assert live.name == "Parking"


def test_what_is_changed_back_is_asked_for_no_more(live: Application) -> None:
    change(live, "--name", "Permits")
    assert change(live, "--name", "Parking")["waits_for_review"] == []
    assert Submission.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    "verb, arguments",
    [
        ("tell", ["openid", "--purpose", "To sell you things"]),
        ("replace-callbacks", ["--initiate-login-uri", "https://a.example.org/start"]),
        ("change", ["--scope", "openid:public_task:To sell you things"]),
        ("change", ["--event-stream"]),
        ("change", ["--level", "one-factor"]),
    ],
)
def test_no_verb_goes_around_the_review(live: Application, verb: str, arguments: list[str]) -> None:
    Application.objects.filter(pk=live.pk).update(minimum_level=2)
    before = run("application", "show", live.slug)
    after = run("application", verb, live.slug, *arguments)
    assert len(after["waits_for_review"]) == 1
    assert {**after, "waits_for_review": []} == before


def test_the_councils_own_applications_are_reviewed_too() -> None:
    council = factories.organisation(slug="council", is_council=True)
    application = factories.application(of=council, slug="council-tax")
    assert change(application, "--name", "Rates")["name"] == application.name


def test_an_unfit_change_is_refused_before_anybody_looks_at_it(live: Application) -> None:
    message, _ = refused("application", "change", live.slug, "--redirect-uri", "http://x.example/")
    assert "must start with https" in message
    assert not Submission.objects.exists()


def test_an_application_that_has_ended_is_not_changed(live: Application) -> None:
    Application.objects.filter(pk=live.pk).update(status="retired")
    for emergency in ([], ["--override", "safety"]):
        arguments = ("application", "change", live.slug, "--name", "Permits", *emergency)
        assert refused(*arguments)[1] == 1
    assert not Submission.objects.exists()


def test_a_file_that_is_applied_twice_is_handed_in_once(file: Path, live: Application) -> None:
    (unchanged,) = run("application", "apply", str(file))
    assert (unchanged["came_to"], unchanged["differences"]) == ("unchanged", [])
    path = with_members(file, name="Permits", contacts=["Kim"])
    (came,) = run("application", "apply", path)
    assert came["came_to"] == "waits"
    assert 'name: "Parking" -> "Permits"' in came["differences"]
    assert came["waits_for_review"] == ['name: "Parking" -> "Permits"']
    live.refresh_from_db()
    assert (live.name, live.contacts) == ("Parking", ["Kim"])
    facts = _facts()
    (again,) = run("application", "apply", path)
    assert again["came_to"] == "waits"
    assert _facts() == facts
    _approved()
    (done,) = run("application", "apply", path)
    assert (done["came_to"], done["differences"]) == ("unchanged", [])


def test_a_file_that_says_again_what_is_live_takes_its_question_back(file: Path) -> None:
    run("application", "apply", with_members(file, name="Permits"))
    run("application", "apply", with_members(file, name="Parking"))
    assert Submission.objects.get().state == "withdrawn"


def test_trying_a_file_out_hands_in_nothing(file: Path) -> None:
    facts = _facts()
    (came,) = run("application", "apply", with_members(file, name="Permits"), "--dry-run")
    assert came["came_to"] == "waits"
    assert _facts() == facts


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_what_the_organisation_asks_for_is_not_written_over(
    live: Application, file: Path, state: str
) -> None:
    own = {"redirect_uris": [ADDRESS]}
    submission = (rounds.drafted if state == "draft" else rounds.submitted)(live, **own)
    facts = _facts()
    for arguments in (
        ("change", live.slug, "--name", "Permits"),
        ("apply", with_members(file, name="Permits")),
    ):
        message, code = refused("application", *arguments)
        assert f"round {submission.round}, {state}" in message
        assert code == 1
    assert _facts() == facts


def test_what_the_organisation_asks_for_already_just_waits(live: Application) -> None:
    rounds.submitted(live, redirect_uris=[ADDRESS], name="Permits")
    facts = _facts()
    assert len(change(live, "--name", "Permits")["waits_for_review"]) > 1
    assert _facts() == facts


def test_an_application_that_the_council_runs_can_begin_live(file: Path) -> None:
    factories.organisation(slug="council", is_council=True)
    content = json.loads(file.read_text())
    one = {**content["applications"][0], "slug": "council-tax", "name": "Council Tax"}
    file.write_text(json.dumps({"organisation": "council", "applications": [one]}))
    (made,) = run("application", "apply", str(file))
    assert made["came_to"] == "created"
    assert not AuditEvent.objects.filter(event=Event.REVIEW_OVERRIDDEN).exists()


def test_a_draft_that_asks_for_nothing_stands_in_nobodys_way(live: Application) -> None:
    operations.draft(application=live, by=resident(rounds.owner(live)))
    change(live, "--name", "Permits")
    assert _asked() == {"name": "Permits"}


def test_an_address_taken_away_meanwhile_does_not_come_back_unseen(live: Application) -> None:
    leaked = "https://b.example.org/cb"
    Application.objects.filter(pk=live.pk).update(redirect_uris=f"{live.redirect_uris} {leaked}")
    live.refresh_from_db()
    asked = [*live.redirect_uris.split(), ADDRESS]
    submission = rounds.submitted(live, redirect_uris=asked)
    rounds.sign(submission, rounds.approver(), "service")
    change(live, "--redirect-uri", "https://a.example.org/cb")
    with pytest.raises(SignOffRefusedError):
        rounds.sign(
            submission, rounds.approver(), "information_governance", version=submission.version
        )
    rounds.sign(submission, rounds.approver(), "information_governance")
    live.refresh_from_db()
    assert live.redirect_uris == "https://a.example.org/cb"


def test_what_an_operator_asked_for_is_not_the_organisations_to_take_back(
    live: Application,
) -> None:
    change(live, "--name", "Permits")
    submission, by = Submission.objects.get(), resident(rounds.owner(live))
    for write in (operations.take_back, operations.withdraw):
        with pytest.raises(operations.SubmissionRefusedError):
            write(submission=submission, by=by)
    assert Submission.objects.get().state == "submitted"
