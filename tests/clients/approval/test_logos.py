"""The picture of a live application changes once two people have seen the other one."""

from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from accounts.audit.actor import resident
from accounts.limits.table import LOGO_UPLOADS
from accounts.models import AuditEvent
from clients.applications.logo import operations as logos
from clients.applications.logo.drawing import LogoRefusedError
from clients.approval import operations
from clients.approval.logo import operations as pictures
from clients.approval.logo import queries
from clients.approval.operations import NothingToAskError, SubmissionRefusedError
from clients.models import Application, ApplicationLogo, ProposedLogo, Submission
from tests import factories
from tests.accounts.limits.filling import fill
from tests.accounts.visitor import Response
from tests.clients.approval import rounds
from tests.clients.partner import Partner
from tests.clients.pictures import picture
from tests.idp.portal.going_live.steps import approver_at, browser_of, page_of

pytestmark = pytest.mark.django_db
BLUE = picture(size=(20, 20))


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """Let no live application of this machine be, as the demonstration does."""
    settings.DEMO = False


def _live() -> Application:
    live = rounds.sandbox(environment="live", redirect_uris=rounds.LIVE_ADDRESS)
    logos.put(application=live, file=picture(), by=resident(rounds.owner(live)))
    return live


def _asked(live: Application) -> Submission:
    by = resident(rounds.owner(live))
    draft = rounds.drafted(live)
    return pictures.propose(application=draft.application, file=BLUE, by=by)


def _sent(draft: Submission) -> Submission:
    account = rounds.owner(draft.application)
    return operations.submit(submission=draft, account=account, tried=rounds.TRIED)


def _digest(live: Application) -> str:
    return ApplicationLogo.objects.get(application=live).digest


def test_another_picture_is_shown_once_two_people_approved_it_and_not_before() -> None:
    live = _live()
    before, sent = _digest(live), _sent(_asked(live))
    asked = ProposedLogo.objects.get().digest
    rounds.sign(sent, rounds.approver(), "service")
    assert _digest(live) == before != asked
    rounds.sign(sent, rounds.approver(), "information_governance")
    assert _digest(live) == asked


def test_a_picture_alone_waits_for_the_council_like_any_other_risk() -> None:
    live = rounds.sandbox(environment="live", redirect_uris=rounds.LIVE_ADDRESS)
    by = resident(rounds.owner(live))
    draft = rounds.drafted(live)
    now = {"agreement_reference": "DSA-1", "agreement_ends_on": draft.agreement_ends_on}
    Application.objects.filter(pk=live.pk).update(**now, privacy_url=rounds.NOTICE)
    Submission.objects.filter(pk=draft.pk).update(proposal={}, **now)
    with pytest.raises(NothingToAskError):
        _sent(draft)
    pictures.propose(application=live, file=BLUE, by=by)
    assert _sent(draft).state == "submitted"


def test_none_can_be_asked_for_and_what_was_asked_be_left() -> None:
    live = _live()
    draft, by = _asked(live), resident(rounds.owner(live))
    pictures.leave(application=live, by=by)
    assert queries.proposed(draft) is None
    pictures.propose_none(application=live, by=by)
    sent = _sent(draft)
    for kind in ("service", "information_governance"):
        rounds.sign(sent, rounds.approver(), kind)
    assert not ApplicationLogo.objects.filter(application=live).exists()


def test_what_was_sent_holds_its_picture_and_what_was_refused_shows_none() -> None:
    live = _live()
    before, sent = _digest(live), _sent(_asked(live))
    by = resident(rounds.owner(live))
    for write in (pictures.leave, pictures.propose_none):
        with pytest.raises(SubmissionRefusedError):
            write(application=live, by=by)
    rounds.sign(sent, rounds.approver(), refuses=True, reason="It is the council's")
    assert _digest(live) == before
    # The next round begins with what was asked for in the last.
    again = operations.draft(application=live, by=by)
    assert queries.proposed(again) is not None
    assert ProposedLogo.objects.count() == 2


def test_the_picture_of_another_organisation_is_refused() -> None:
    theirs = factories.application()
    logos.put(application=theirs, file=BLUE, by=resident(factories.account()))
    with pytest.raises(LogoRefusedError):
        _asked(_live())
    assert not ProposedLogo.objects.exists()


@pytest.mark.parametrize("file", [b"no picture", BLUE[:40], picture("GIF")])
def test_a_picture_that_is_refused_leaves_no_draft_behind(file: bytes) -> None:
    live = _live()
    with pytest.raises(LogoRefusedError):
        pictures.propose(application=live, file=file, by=resident(rounds.owner(live)))
    assert not Submission.objects.exists()


def test_nor_does_another_organisations_picture_nor_leaving_what_nobody_asked_for() -> None:
    live, theirs = _live(), factories.application()
    by = resident(rounds.owner(live))
    logos.put(application=theirs, file=BLUE, by=resident(factories.account()))
    with pytest.raises(LogoRefusedError):
        pictures.propose(application=live, file=BLUE, by=by)
    pictures.leave(application=live, by=by)
    assert not Submission.objects.exists()
    assert not AuditEvent.objects.filter(event="application:submission:changed").exists()


def _upload(partner: Partner, file: bytes) -> Response:
    live = factories.application(of=partner.organisation)
    return partner.post(page_of(live, "/draft/logo"), file=SimpleUploadedFile("logo.png", file))


def test_on_the_page_a_refused_file_is_an_error_and_nothing_is_under_way() -> None:
    partner = Partner(two_factors=True)
    assert "must be a PNG or JPEG file" in _upload(partner, b"<svg/>").content.decode()
    assert not Submission.objects.exists()
    assert _upload(partner, BLUE).status_code == 303
    assert Submission.objects.get().state == "draft"


def test_nobody_has_us_draw_pictures_of_live_applications_without_end(settings: Settings) -> None:
    settings.LIMITS_ENABLED = True
    partner = Partner(two_factors=True)
    fill(LOGO_UPLOADS, str(partner.organisation.pk))
    with mock.patch("clients.approval.logo.operations.drawn") as drawn:
        assert _upload(partner, BLUE).status_code == 429
    drawn.assert_not_called()
    assert not Submission.objects.exists()


def test_approvers_see_the_old_picture_beside_the_new_and_a_stranger_neither_once_it_is_over() -> (
    None
):
    live = _live()
    before, sent = _digest(live), _sent(_asked(live))
    asked = ProposedLogo.objects.get().digest
    page = approver_at().get(f"/approvals/{sent.pk}").content.decode()
    assert page.index(f"/logos/{before}.png") < page.index(f"/logos/{asked}.png")
    browser = browser_of(factories.account())
    assert browser.client.get(f"/logos/{asked}.png").status_code == 200
    operations.withdraw(submission=sent, by=resident(rounds.owner(live)))
    assert browser.client.get(f"/logos/{asked}.png").status_code == 404


def test_a_sandbox_application_asks_nobody() -> None:
    sandbox = rounds.sandbox()
    browser = browser_of(rounds.owner(sandbox))
    assert browser.client.get(page_of(sandbox, "/draft/logo")).status_code == 404
