"""An application goes live: its owner asks, two people of the council answer, the owner takes it.

What it tried in its sandbox, and that its privacy notice can be read, stand there as rows: other
tests make them.
"""

import json
import re
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.visitor import Visitor
from tests.serving.provider import Served, run_command

GOING_LIVE = "Going live"
SAVE = "Save and go on"
REDIRECTS = "Where do residents come back to after signing in?"
NOTICE = "Where is the privacy notice that residents read?"
AGREEMENT = "Data sharing agreement"
COMMENT = "Add a comment"
READY = "Your application is live"
CHANGES = "Changes and agreement"
END = "End the application"
CALLBACK = "https://parking.example.org/callback"
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_MAKE = """
import json
from base64 import b64encode
from cryptography.hazmat.primitives import serialization
from tests.clients.approval import rounds
from tests.factories.authenticators import key_of
from tests.idp.portal.going_live.steps import shown_all

def passkey(account):
    key = key_of(account)
    private = key.private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    padded = key.user_handle + "=" * (-len(key.user_handle) % 4)
    return {
        "credentialId": b64encode(key.id).decode(),
        "isResidentCredential": True,
        "rpId": "localhost",
        "privateKey": b64encode(private).decode(),
        "userHandle": padded.replace("-", "+").replace("_", "/"),
        "signCount": 0,
    }

application = rounds.sandbox()
application.name = application.slug
application.save()
shown_all(application)
print(json.dumps({
    "name": application.name,
    "page": f"/organisations/{application.organisation.slug}/applications/{application.slug}/live",
    "slug": application.slug,
    "owner": passkey(rounds.owner(application)),
    "approvers": [passkey(rounds.approver()) for _ in range(2)],
}))
"""
_READ = """
from django.utils import timezone
from clients.models import Submission
Submission.objects.filter(application__slug="{slug}").update(
    notice_answer="ok", notice_asked_at=timezone.now()
)
"""


def test_two_people_of_the_council_let_an_application_go_live(
    new_visitor: NewVisitor, served: Served
) -> None:
    made = json.loads(_run(served, _MAKE))
    owner = _signed_in(new_visitor(narrow=True), served, made["owner"], made["page"], GOING_LIVE)
    _ask(owner, served, made)

    service, governance = (
        _signed_in(new_visitor(), served, passkey, "/approvals", "Approvals")
        for passkey in made["approvers"]
    )
    _comment(service, made["name"])
    _answer(service, "Service owner")
    expect(service.page.get_by_role("main")).to_contain_text("You have answered already")
    governance.press(made["name"], "link")
    expect(governance.page.get_by_role("main")).to_contain_text("No answer yet")
    _answer(governance, "Information governance")

    # The owner's page is as it was before they answered.
    owner.press("Take it back")
    assert owner.page.title().startswith(f"Error: {GOING_LIVE} – ")
    main = owner.page.get_by_role("main")
    expect(main).to_contain_text("It has moved on meanwhile. It is now: Approved.")
    expect(main).to_contain_text("Why do you need the email address?")
    owner.press("Take the credentials")
    owner.expect_page(READY, READY)
    assert SECRET.fullmatch(owner.page.locator("#client-secret").inner_text())
    _end(owner, made)


def _signed_in(
    person: Visitor, served: Served, passkey: dict[str, Any], page: str, heading: str
) -> Visitor:
    """Open a page with a passkey at hand, which Chromium's virtual phone brings by itself."""
    Keys.phone(person).learn(passkey)
    person.page.goto(f"{served.issuer}{page}", wait_until="commit")
    person.wait_for_heading(heading)
    return person


def _ask(owner: Visitor, served: Served, made: dict[str, Any]) -> None:
    main = owner.page.get_by_role("main")
    expect(main).to_contain_text("Not yet started")
    owner.press("Redirect URIs", "link")
    owner.expect_page("Redirect URIs", "Redirect URIs")
    owner.fill(REDIRECTS, "https://*.example.org/callback")
    owner.press(SAVE)
    owner.expect_page("Error: Redirect URIs", "Redirect URIs")
    owner.fill(REDIRECTS, CALLBACK)
    owner.press(SAVE)
    owner.expect_page(GOING_LIVE, GOING_LIVE)
    owner.press(AGREEMENT, "link")
    owner.press(SAVE)
    owner.expect_page(f"Error: {AGREEMENT}", AGREEMENT)
    owner.fill("Reference", "DSA-2026-17")
    _fill_day(owner, 400)
    owner.press(SAVE)
    owner.press("Privacy notice", "link")
    owner.fill(NOTICE, "https://parking.example.org/privacy")
    owner.press(SAVE)
    expect(main).to_contain_text("We could not read the privacy notice")
    owner.press("Back", "link")
    expect(main).to_contain_text("There is a problem")
    expect(main).to_contain_text("1 task is left before you can send it.")
    _run(served, _READ.format(slug=made["slug"]))
    owner.open(owner.page.url)
    owner.press("Check your answers and send them", "link")
    owner.expect_page("Check your answers", "Check your answers")
    owner.press("Change Contacts", "link")
    owner.fill("Whom can the council ask about it?", "")
    owner.press(SAVE)
    owner.expect_page("Error: Contacts", "Contacts")
    owner.fill("Whom can the council ask about it?", "Sam, sam@parking.example.org")
    owner.press(SAVE)
    owner.expect_page("Check your answers", "Check your answers")
    owner.press("Send it to the council")
    expect(main).to_contain_text("The council has it since")


def _comment(approver: Visitor, name: str) -> None:
    approver.press(name, "link")
    approver.expect_page(GOING_LIVE, GOING_LIVE)
    expect(approver.page.get_by_role("main")).to_contain_text(CALLBACK)
    approver.press(COMMENT, "link")
    approver.expect_page(COMMENT, COMMENT)
    approver.press("Send")
    approver.expect_page(f"Error: {COMMENT}", COMMENT)
    approver.fill("Comment", "Why do you need the email address?")
    approver.press("Send")
    approver.expect_page(GOING_LIVE, GOING_LIVE)


def _answer(approver: Visitor, kind: str) -> None:
    approver.choose(kind)
    approver.choose("Refuse")
    approver.press("Send your answer")
    approver.expect_page(f"Error: {GOING_LIVE}", GOING_LIVE)
    approver.choose("Approve")
    approver.press("Send your answer")
    approver.expect_page(GOING_LIVE, GOING_LIVE)


def _end(owner: Visitor, made: dict[str, Any]) -> None:
    """Say, with a mistake on the way, from which day on residents no longer sign in to it."""
    owner.open(owner.page.url.replace(f"{made['slug']}/live/credentials", f"{made['slug']}/live"))
    owner.press(f"Go to the live application {made['slug']}-live", "link")
    owner.press(CHANGES, "link")
    owner.press(END, "link")
    owner.expect_page(END, END)
    owner.press("End it on that day")
    owner.expect_page(f"Error: {END}", END)
    _fill_day(owner, 30)
    owner.fill("Where can they go instead?", "Call 01234 567890")
    owner.press("End it on that day")
    expect(owner.page.get_by_role("main")).to_contain_text("Call 01234 567890")


def _fill_day(owner: Visitor, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        owner.fill(name, str(value))


def _run(served: Served, script: str) -> str:
    return run_command(served.environment, "shell", "--no-imports", "-c", script)
