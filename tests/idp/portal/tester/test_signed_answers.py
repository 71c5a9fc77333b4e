"""A try whose answer comes in a JWT (JARM): it is opened as a client must, and else not trusted."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from clients.models import Application
from idp.models import TesterRun
from idp.oidc.authorize import signed_response
from idp.oidc.authorize.response_mode import MODES
from tests.clients.partner import Partner, text
from tests.idp.portal.tester.steps import begin, code, come_back, path
from tests.protocol.resident import Resident

pytestmark = pytest.mark.django_db
IS_SIGNED = "that we signed for this application."
IS_NOT = "is not one that we signed for this application, or expired"


def refused(run: TesterRun) -> str:
    """Return the signed answer of the provider itself, that nobody is signed in."""
    sent = {**run.sent["parameters"], "prompt": "none"}
    answer = Resident().client.get("/authorize", sent)
    (response,) = parse_qs(urlsplit(answer["Location"]).query)["response"]
    return response


def shown(partner: Partner, run: TesterRun, response: str) -> str:
    """Return what the page shows of this answer."""
    assert partner.client.get(path(run), {"response": response}).status_code == 303
    return text(partner.get(path(run)))


def test_every_way_of_an_answer_can_be_tried(partner: Partner, application: Application) -> None:
    page = text(partner.get(partner.page(application, "tester")))
    assert [mode for mode in MODES if f'value="{mode}"' not in page] == []


@pytest.mark.parametrize("mode", ["jwt", "query.jwt"])
def test_what_the_jwt_holds_is_shown_and_checked(
    partner: Partner, application: Application, mode: str
) -> None:
    run = begin(partner, application, response_mode=mode)
    page = shown(partner, run, refused(run))
    assert IS_SIGNED in page
    assert "The state that came back is the one that was sent." in page
    assert "Nobody was signed in, and prompt=none lets nobody be asked" in page
    assert "Failed" not in page
    assert "eyJ" not in page


def test_by_a_form_it_comes_likewise(partner: Partner, application: Application) -> None:
    run = begin(partner, application, response_mode="form_post.jwt")
    sent = {**run.sent["parameters"], "prompt": "none"}
    form = text(Resident().client.get("/authorize", sent))
    response = form.partition('name="response" value="')[2].partition('"')[0]
    assert partner.client.post(path(run), {"response": response}).status_code == 303
    assert IS_SIGNED in text(partner.get(path(run)))


def test_an_answer_to_another_application_is_not_trusted(
    partner: Partner, application: Application
) -> None:
    other = begin(partner, partner.sandbox(), response_mode="jwt")
    run = begin(partner, application, response_mode="jwt")
    page = shown(partner, run, refused(other))
    assert IS_NOT in page
    assert "Passed" not in page
    assert "login_required" not in page


@pytest.mark.parametrize(
    "made_up", ["", "x", "a.b.c", "\x00", "é" * 20_000, "eyJhbGciOiJub25lIn0.e30."]
)
def test_nor_is_what_is_no_answer_of_ours(
    partner: Partner, application: Application, made_up: str
) -> None:
    run = begin(partner, application, response_mode="jwt")
    assert IS_NOT in shown(partner, run, made_up)


def test_nor_one_that_expired(partner: Partner, application: Application) -> None:
    run = begin(partner, application, response_mode="jwt")
    response = refused(run)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert IS_NOT in shown(partner, run, response)


def test_the_code_in_it_is_exchanged_and_kept_nowhere(
    partner: Partner, application: Application
) -> None:
    run = begin(partner, application, response_mode="jwt")
    secret = code(run)
    answer = {"code": secret, "state": "s-1", "iss": settings.ISSUER}
    page = shown(partner, run, signed_response.signed(answer, application)["response"])
    assert page.count("Passed") == 8
    assert "Failed" not in page
    run.refresh_from_db()
    assert secret not in f"{vars(run)} {page}"


def test_an_ordinary_answer_says_nothing_of_a_jwt(
    partner: Partner, application: Application
) -> None:
    page = come_back(partner, begin(partner, application))
    assert IS_SIGNED not in page
    assert IS_NOT not in page
