"""What a developer does in the portal: registering, downloading, reading why a request failed."""

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Locator

from tests.journeys.programs import SETTINGS
from tests.journeys.sign_up import Person, give_details, sign_in, type_code
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served

# Nothing is called like another's live service, and other tests of the run make some.
PARKING = f"Parking {uuid4().hex[:6]}"

# An entry is written within two seconds, on a machine that has nothing else to do.
_MOST_RELOADS = 100


@dataclass(frozen=True)
class Names:
    """What an organisation and its application are called; nobody else's are."""

    organisation: str
    application: str


def register(visitor: Visitor, served: Served, person: Person, redirect_uri: str) -> Names:
    """Go from the portal's door to a new application."""
    names = Names(*(f"{name} {uuid4().hex[:6]}" for name in ("Riverside Choir", "Choir Bookings")))
    visitor.open(f"{served.issuer}/partners")
    visitor.press("Start now")
    visitor.fill("Email address", person.address)
    visitor.press("Continue")
    type_code(visitor, served, person)
    give_details(visitor, person)
    visitor.fill("Name of your organisation", names.organisation)
    visitor.fill("Name of the application", names.application)
    visitor.fill("Redirect URIs", redirect_uri)
    visitor.press("Create both")
    visitor.expect_heading("Your application is ready")
    return names


def begin(visitor: Visitor, served: Served) -> None:
    """Sign in with an account that there is already, and make an organisation and `PARKING`."""
    address, name = f"dee.{uuid4().hex[:8]}@mail.example", f"Trust {uuid4().hex[:8]}"
    made = served.manage("account", "create", "--email", address, "--name", "Dee Developer")
    visitor.open(f"{served.issuer}/partners/new")
    sign_in(visitor, address, made["password"])
    visitor.fill("Name of your organisation", name)
    visitor.fill("Name of the application", PARKING)
    visitor.fill("Redirect URIs", "http://127.0.0.1:9/callback")
    visitor.press("Create both")


def download(visitor: Visitor, folder: Path) -> None:
    """Save the settings that the page offers."""
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("button", name=f"Download {SETTINGS}").click()
    waiting.value.save_as(folder / SETTINGS)


def top_entry(visitor: Visitor, home: str, cause: str) -> str:
    """Open the newest of the application's requests, which is this one; return what mends it."""
    visitor.page.goto(f"{home}/requests")
    newest = visitor.page.locator(".borough-entry").first
    for _ in range(_MOST_RELOADS):
        if newest.count() and cause in newest.get_by_role("heading").inner_text():
            break
        visitor.page.reload()
    visitor.look_again()
    visitor.press(newest.get_by_role("link").inner_text(), "link")
    visitor.expect_page("A request", "A request")
    entry = visitor.page.get_by_role("main")
    assert cause in entry.inner_text()
    return _fix_in(entry)


def _fix_in(entry: Locator) -> str:
    said = entry.get_by_text("To mend it:").locator("..").inner_text()
    return said.removeprefix("To mend it:").strip()
