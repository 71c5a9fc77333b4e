"""A sign-up confirmed by the mailed link, here or in another browser."""

import re

import pytest

from accounts.models import Account, AuditEvent, OutboundMessage, PendingSignUp
from tests.accounts import post
from tests.accounts.signup.browser import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Browser:
    browser = Browser()
    browser.begin("ann@example.org")
    return browser


@pytest.fixture
def link(ann: Browser) -> str:
    del ann
    return post.newest().path("/sign-up/confirm/")


def text(response: object) -> str:
    plain = re.sub(r"<[^>]+>", "", getattr(response, "content").decode())  # noqa: B009
    return re.sub(r"\s+", " ", plain)


def test_opening_the_link_changes_nothing(ann: Browser, link: str) -> None:
    before = list(PendingSignUp.objects.values()), list(OutboundMessage.objects.values())
    scanner = Browser()
    for _look in range(3):
        assert scanner.client.get(link).status_code == 200
    assert scanner.client.head(link).status_code == 200
    assert (list(PendingSignUp.objects.values()), list(OutboundMessage.objects.values())) == before
    assert ann.standing() == "waiting"


def test_the_links_page_is_kept_by_nobody_and_tells_no_other_site_its_address(link: str) -> None:
    headers = Browser().client.get(link).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_page_says_when_and_on_what_the_sign_up_began(link: str) -> None:
    page = text(Browser().client.get(link))
    assert "ann@example.org" in page
    assert "Firefox on Linux" in page
    assert re.search(r"On \d+ \w+ \d{4} at \d+:\d\d[ap]m", page)


def test_the_same_browser_goes_on_to_the_last_page(ann: Browser, link: str) -> None:
    response = ann.client.post(link, {"decision": "confirm"}, follow=True)
    assert response.redirect_chain[-1][0] == ann.page("details")


def test_another_browser_is_sent_back_and_signed_in_nowhere(ann: Browser, link: str) -> None:
    other = Browser()
    response = other.client.post(link, {"decision": "confirm"}, follow=True)
    assert "Confirmed: go back to the page where you started" in text(response)
    assert not other.is_signed_in()
    assert ann.standing() == "confirmed"


def test_the_waiting_page_goes_on_by_its_button_without_scripts(ann: Browser, link: str) -> None:
    Browser().client.post(link, {"decision": "confirm"})
    response = ann.type_code("")
    assert response["Location"] == ann.page("details")


def test_the_waiting_page_goes_on_when_it_is_loaded_again(ann: Browser, link: str) -> None:
    Browser().client.post(link, {"decision": "confirm"})
    assert ann.look()["Location"] == ann.page("details")


def test_this_was_not_me_ends_the_sign_up(ann: Browser, link: str) -> None:
    code = post.newest().code
    response = Browser().client.post(link, {"decision": "refuse"}, follow=True)
    assert "We ended the sign-up" in text(response)
    assert ann.standing() == "refused"
    assert ann.type_code(code).status_code == 404
    assert "did not ask for an account" in text(ann.look())
    assert ann.finish().status_code == 404
    assert not Account.objects.exists()


def test_this_was_not_me_also_undoes_a_hasty_confirmation(ann: Browser, link: str) -> None:
    other = Browser()
    other.client.post(link, {"decision": "confirm"})
    other.client.post(link, {"decision": "refuse"})
    assert ann.finish().status_code == 404
    assert not Account.objects.exists()


def test_a_finished_sign_up_cannot_be_refused_any_more(ann: Browser, link: str) -> None:
    other = Browser()
    other.client.post(link, {"decision": "confirm"})
    ann.finish()
    other.client.post(link, {"decision": "refuse"})
    assert PendingSignUp.objects.get().refused_at is None


@pytest.mark.parametrize("data", [{}, {"decision": ""}, {"decision": "maybe"}])
def test_a_post_that_decides_nothing_changes_nothing(
    ann: Browser, link: str, data: dict[str, str]
) -> None:
    Browser().client.post(link, data)
    assert ann.standing() == "waiting"


@pytest.mark.parametrize(
    "token", ["x", "A" * 43, "%00", "%ff%fe", "a" * 5000, "%ed%a0%80", "..%2f..%2fetc"]
)
def test_a_link_that_was_never_sent_is_a_plain_page(token: str) -> None:
    client = Browser().client
    for response in (
        client.get(f"/sign-up/confirm/{token}"),
        client.post(f"/sign-up/confirm/{token}", {"decision": "confirm"}, follow=True),
    ):
        assert response.status_code == 404


def test_confirming_is_recorded_without_the_address(ann: Browser, link: str) -> None:
    Browser().client.post(link, {"decision": "confirm"})
    ann.finish()
    events = AuditEvent.objects.filter(event__startswith="account:").order_by("pk")
    assert [(event.event, event.reason) for event in events] == [
        ("account:sign_up:requested", "free"),
        ("account:sign_up:confirmed", "link"),
        ("account:account:created", ""),
        ("account:session:started", "password"),
    ]
    assert "ann@example.org" not in str(list(events.values()))
