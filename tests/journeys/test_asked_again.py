"""Being asked again because a service has changed what it says, and keeping a receipt of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from joserfc import jws
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account
from tests.serving.provider import Served
from tests.serving.services import Services

HUB = "Riverside Community Hub"
SHARING = f"Share your details with {HUB}"
BEFORE = "To put your name down for what you book"
AFTER = "To put your name down and on the rota"


@pytest.fixture
def purpose_changes(served: Served) -> Iterator[Served]:
    """Yield the provider; what The Hub says of the name is put back afterwards."""
    yield served
    _tell(served, BEFORE)


def _tell(served: Served, purpose: str) -> None:
    tell = ("application", "tell", "community-hub", "profile", "--override", "law")
    served.manage(*tell, "--purpose", purpose)


def test_a_changed_purpose_is_asked_about_and_its_receipt_is_kept(
    new_visitor: NewVisitor, purpose_changes: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, purpose_changes, services.community_hub, person)
    main = resident.page.get_by_role("main")
    resident.expect_page(SHARING, SHARING)
    expect(main).not_to_contain_text("again")
    resident.page.get_by_text("What they keep, and for how long").click()
    resident.look_again()
    expect(main).to_contain_text("While you are a member, and for a year after")
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")

    _tell(purpose_changes, AFTER)
    resident.open(f"{services.community_hub}/sign-in")
    resident.expect_page(SHARING, SHARING)
    expect(main).to_contain_text(f"We ask you again because {HUB} has changed what it says")
    expect(main).to_contain_text(AFTER)
    resident.press("Share and continue")
    resident.expect_heading(f"You are signed in as {person.name}")

    resident.open(f"{purpose_changes.issuer}/account/services")
    resident.press(HUB, "link")
    resident.press(f"See what {HUB} was given", "link")
    resident.press(f"See and print receipts for what you share with {HUB}", "link")
    resident.expect_page(
        f"Receipts for what you share with {HUB}", f"Receipts for what you share with {HUB}"
    )
    receipts = resident.page.get_by_role("link", name="Receipt:")
    expect(receipts).to_have_count(2)
    receipts.first.click()
    resident.look_again()
    heading = f"Receipt for what you share with {HUB}"
    resident.expect_page(heading, heading)
    expect(main).to_contain_text(AFTER)
    keep = resident.page.get_by_role("link", name="Keep this receipt as a signed file")
    resident.page.emulate_media(media="print")
    expect(keep).to_be_hidden()
    expect(main).to_contain_text("Valid until")
    resident.page.emulate_media(media="screen")
    with resident.page.expect_download() as download:
        keep.click()
    token = Path(download.value.path()).read_bytes()
    assert jws.extract_compact(token).headers()["typ"] == "consent-receipt+jwt"
    resident.press("Back", "link")
    receipts.last.click()
    resident.look_again()
    expect(main).to_contain_text(BEFORE)
    expect(main).to_contain_text("Replaced by a newer one on")
