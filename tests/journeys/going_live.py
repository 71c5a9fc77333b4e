"""What an organisation and the council do until residents use an application."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from tests.clients.organisations.name_server import Records
from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.sign_up import sign_in
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in
from tests.serving.provider import Served, run_command

GOING_LIVE = "Going live"
SAVE = "Save and go on"
REDIRECTS = "Where do residents come back to after signing in?"
NOTICE = "Where is the privacy notice that residents read?"
CONTACT = "Whom can the council ask about it?"
AGREEMENT = "Data sharing agreement"
ANSWERS = "Check your answers"
COMMENT = "Add a comment"
END = "End the application"
# Two of the council's people, with the private halves of their passkeys; and a signing key that
# was published for so long that it may sign.
_PREPARE = """
import json
from base64 import b64encode
from datetime import timedelta
from cryptography.hazmat.primitives import serialization
from django.utils import timezone
from idp.models import SigningKey
from tests.clients.approval import rounds
from tests.factories.authenticators import key_of

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

before = timezone.now() - timedelta(days=30)
SigningKey.objects.filter(algorithm="ES256", state="next").update(created_at=before)
approvers = [rounds.approver() for _ in range(2)]
passkeys = [passkey(one) for one in approvers]
print(json.dumps(dict(passkeys=passkeys, reader=str(approvers[0].pk))))
"""


@dataclass(frozen=True)
class Council:
    """The passkeys of two of its people, who may approve; `reader`: the account of one."""

    passkeys: list[dict[str, Any]]
    reader: str

    def come_in(self, new_visitor: NewVisitor, served: Served) -> tuple[Visitor, Visitor]:
        """Return both, each signed in by a passkey, at what waits for them."""
        service, governance = new_visitor(), new_visitor()
        for person, passkey in zip((service, governance), self.passkeys, strict=True):
            Keys.phone(person).learn(passkey)
            person.open(f"{served.issuer}/approvals")
            person.press("Use my key")
            person.expect_heading("Approvals")
        return service, governance


def council(served: Served) -> Council:
    """Return the council, which lets another signing key of its own sign from now on."""
    made = Council(**json.loads(_run(served, _PREPARE)))
    served.manage("keys", "rotate", "--algorithm", "ES256")
    return made


def explain_scopes(owner: Visitor, home: str) -> None:
    """Say of each scope how long its details are kept."""
    for scope in ("openid", "profile", "email"):
        owner.open(f"{home}/scopes/{scope}")
        owner.fill("What do you keep of it, for how long and why? (optional)", "For a year")
        owner.press("Save")


def prove_domain(owner: Visitor, records: Records, domain: str) -> None:
    """Show who the organisation is by a TXT record, which the first look does not find yet."""
    owner.press("Organisation", "link")
    owner.press("Give a domain, or a charity or company number", "link")
    owner.fill("Domain or number", domain)
    owner.press("Continue")
    main = owner.page.get_by_role("main")
    owner.press("Look for the record now")
    expect(owner.page.get_by_role("alert")).to_be_visible()
    name, value = (main.locator("dd code").nth(place).inner_text() for place in (0, 1))
    records[name] = [value]
    owner.press("Look for the record now")
    expect(owner.page.get_by_role("alert")).to_have_count(0)


def add_owner(owner: Visitor, new_visitor: NewVisitor, served: Served, address: str) -> None:
    """Have somebody with an account be the organisation's second owner."""
    owner.press("Members", "link")
    owner.press("Invite somebody")
    owner.fill("Email address", address)
    owner.choose("Owner")
    owner.press("Send invitation")
    made = served.manage("account", "create", "--email", address, "--name", "Bea Ekpo")
    colleague = new_visitor()
    colleague.open(link_in(served.outbox.wait_for_mail(address)))
    sign_in(colleague, address, made["password"])
    colleague.press("Become a member")
    colleague.expect_heading("Applications")


def add_passkey(owner: Visitor, served: Served, page: str) -> None:
    """Take more than a password: make a passkey, and come back to this page by it."""
    Keys.phone(owner)
    owner.press("Your ways to sign in")
    owner.open(f"{served.issuer}/account/ways-to-sign-in/passkey")
    owner.fill("A name for it", "My phone")
    owner.press("Create a passkey")
    owner.open(f"{served.issuer}/sign-out")
    owner.press("Sign out")
    _come_in(owner, page, GOING_LIVE)


def ask(owner: Visitor, served: Served, council: Council, callback: str, notice: str) -> None:
    """Answer all that is asked of a live application, with mistakes on the way, and send it."""
    main, page = owner.page.get_by_role("main"), owner.page.url
    owner.press("Redirect URIs", "link")
    owner.fill(REDIRECTS, "https://*.example.org/callback")
    owner.press(SAVE)
    owner.expect_page("Error: Redirect URIs", "Redirect URIs")
    owner.fill(REDIRECTS, callback)
    owner.press(SAVE)
    owner.press(AGREEMENT, "link")
    owner.press(SAVE)
    owner.expect_page(f"Error: {AGREEMENT}", AGREEMENT)
    owner.fill("Reference", "DSA-2026-17")
    _fill_day(owner, 400)
    owner.press(SAVE)
    owner.press("Contacts", "link")
    owner.fill(CONTACT, "Sam, sam@choir.example.org")
    owner.press(SAVE)
    owner.press("Privacy notice", "link")
    owner.fill(NOTICE, notice)
    owner.press(SAVE)
    expect(main).to_contain_text("We could not read the privacy notice")
    # No name of the internet leads to this machine: somebody of the council reads it instead.
    slug = page.removesuffix("/live").rpartition("/")[2]
    read = ("--address", notice, "--read-by", council.reader)
    served.manage("application", "note-notice", slug, *read)
    owner.open(page)
    expect(main).to_contain_text("Read by somebody of the council on")
    owner.press("Check your answers and send them", "link")
    owner.expect_page(ANSWERS, ANSWERS)
    owner.press("Send it to the council")
    expect(main).to_contain_text("The council has it since")


def comment(owner: Visitor) -> None:
    """Tell the council something, with a mistake on the way."""
    owner.press(COMMENT, "link")
    owner.press("Send")
    owner.expect_page(f"Error: {COMMENT}", COMMENT)
    owner.fill("Comment", "To tell singers when a rehearsal moves.")
    owner.press("Send")


def ask_why(approver: Visitor, name: str) -> None:
    """Ask the organisation something, with a mistake on the way."""
    approver.press(name, "link")
    approver.expect_page(GOING_LIVE, GOING_LIVE)
    approver.press(COMMENT, "link")
    approver.press("Send")
    approver.expect_page(f"Error: {COMMENT}", COMMENT)
    approver.fill("Comment", "Why do you need the email address?")
    approver.press("Send")
    approver.expect_page(GOING_LIVE, GOING_LIVE)


def approve(approver: Visitor, kind: str) -> None:
    """Approve it; refusing it without a reason was a mistake."""
    approver.choose(kind)
    approver.choose("Refuse")
    approver.press("Send your answer")
    approver.expect_page(f"Error: {GOING_LIVE}", GOING_LIVE)
    approver.choose("Approve")
    approver.press("Send your answer")
    approver.expect_page(GOING_LIVE, GOING_LIVE)


def look_at_logo(owner: Visitor) -> None:
    """Ask for another picture of a live application, and forget to choose one."""
    owner.press("Logo", "link")
    owner.press(SAVE)
    owner.expect_page("Error: Logo", "Logo")
    owner.press("Back", "link")


def end(owner: Visitor) -> None:
    """Say, with a mistake on the way, from which day on residents no longer sign in to it."""
    owner.press(END, "link")
    owner.press("End it on that day")
    owner.expect_page(f"Error: {END}", END)
    _fill_day(owner, 30)
    owner.fill("Where can they go instead?", "Call 01234 567890")
    owner.press("End it on that day")
    expect(owner.page.get_by_role("main")).to_contain_text("Call 01234 567890")


def _come_in(person: Visitor, page: str, heading: str) -> None:
    """Open a page with a passkey at hand, which Chromium's virtual phone brings by itself."""
    person.page.goto(page, wait_until="commit")
    person.wait_for_heading(heading)


def _fill_day(owner: Visitor, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        owner.fill(name, str(value))


def _run(served: Served, script: str) -> str:
    return run_command(served.environment, "shell", "--no-imports", "-c", script)
