"""Two of the staff replace somebody's ways to sign in, and look again at a suspended account."""

import re
from datetime import timedelta
from itertools import count

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.sign_up import Person, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.clock import Clock
from tests.serving.outbox import link_in, text_of
from tests.serving.provider import Served

ACTS = "What you can do for them"
CHOOSE = "Choose new ways to sign in"
CODE = "Give them a recovery code"
HOME = "Staff of the council"
MINE = "What I asked a second person for"
QUEUE = "Second person needed"
RESET = "Replace every way to sign in"
SUSPEND = "Suspend the account"
APPEAL = "Appeal against suspending the account"
AGREE = "Yes: I asked my colleague how they know the person, and am satisfied"
GIVE_BACK = "Give the account back: suspending it was a mistake"
STOP = "Stop somebody getting back into your account"
NEW_PASSWORD = "lantern-meadow-biscuit-27"
HALF_THE_WAIT = timedelta(hours=12)
_NUMBERS = count(1)


def test_a_reset_by_two_people(
    new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock
) -> None:
    ann, served = Person(), served_in_time
    agent = at_work(new_visitor_in_time(narrow=True), served, "support")
    lead = at_work(new_visitor_in_time(), served, "support_lead")
    _ask_for_reset(agent, served, ann)
    _agree(lead)

    agent.press(ACTS, "link")
    agent.press(CODE, "link")
    agent.press(CODE)
    agent.expect_page("The recovery code", "The recovery code")
    code = agent.page.locator(".borough-code").inner_text()

    mail_saying(served, ann, "asked to get back into your")
    clock.put_forward(HALF_THE_WAIT)
    mail_saying(served, ann, "still waits")
    clock.put_forward(HALF_THE_WAIT)
    resident = new_visitor_in_time(narrow=True)
    resident.open(_link(mail_saying(served, ann, "can be chosen now")))
    resident.expect_page(CHOOSE, CHOOSE)
    resident.fill("Code", "CCCC-DDDD")
    resident.press("Continue")
    resident.expect_page(f"Error: {CHOOSE}", CHOOSE)
    resident.fill("Code", code)
    resident.press("Continue")
    resident.fill("New password", NEW_PASSWORD)
    resident.press("Change password")
    resident.press("Sign in")
    sign_in(resident, ann.address, NEW_PASSWORD)
    resident.expect_heading("Your account")


def test_a_reset_stopped_by_whose_account_it_is(new_visitor: NewVisitor, served: Served) -> None:
    ann = Person()
    agent = at_work(new_visitor(), served, "support")
    lead = at_work(new_visitor(narrow=True), served, "support_lead")
    password = _ask_for_reset(agent, served, ann)
    _agree(lead)

    resident = new_visitor()
    resident.open(_link(mail_saying(served, ann, "asked to get back into your")))
    resident.expect_page(STOP, STOP)
    resident.press("This was not me: stop it")
    resident.expect_page("It is stopped", "It is stopped")

    agent.press(ACTS, "link")
    for looked_at in ("Let a stopped recovery go on", "Sign them out everywhere"):
        agent.press(looked_at, "link")
        agent.expect_page(looked_at, looked_at)
        agent.page.go_back()
    agent.press("Freeze the account", "link")
    agent.expect_page("Freeze the account", "Freeze the account")
    agent.page.go_back()
    agent.press("End a recovery that is not theirs", "link")
    agent.press("End a recovery that is not theirs")
    agent.expect_page(ACTS, ACTS)
    agent.press(CODE, "link")
    agent.look_again()
    resident.open(f"{served.issuer}/account")
    sign_in(resident, ann.address, password)
    resident.expect_heading("Your account")


def test_an_appeal(new_visitor: NewVisitor, served: Served) -> None:
    ann = Person()
    password = _have_account(served, ann)
    suspender = at_work(new_visitor(keyboard=True), served, "support_lead")
    _help(suspender, served, ann)
    suspender.press(SUSPEND, "link")
    suspender.press(SUSPEND)
    suspender.expect_page(f"Error: {SUSPEND}", SUSPEND)
    suspender.choose("It is used to harm others, or our services")
    suspender.press(SUSPEND)
    suspender.expect_page(ACTS, ACTS)
    mail_saying(served, ann, "We suspended your account")

    agent = at_work(new_visitor(narrow=True, keyboard=True), served, "support")
    _help(agent, served, ann)
    agent.press(APPEAL, "link")
    agent.press("Ask a second person")
    agent.expect_page(ACTS, ACTS)

    suspender.open(f"{served.issuer}/staff/requests")
    suspender.follow(APPEAL)
    suspender.expect_page(APPEAL, APPEAL)
    assert "You suspended this account" in words(suspender)
    assert not suspender.page.get_by_role("radio").count()
    other = at_work(new_visitor(keyboard=True), served, "support_lead")
    decide(other, APPEAL, GIVE_BACK)
    mail_saying(served, ann, "Your account is no longer suspended")
    resident = new_visitor()
    resident.open(f"{served.issuer}/account")
    sign_in(resident, ann.address, password)
    resident.expect_heading("Your account")


def at_work(desk: Visitor, served: Served, role: str) -> Visitor:
    number = next(_NUMBERS)
    address = f"{role}.second{number}@council.example"
    Keys.phone(desk)
    name = f"Colleague {number}"
    made = served.manage("staff", "make", address, "--name", name, "--team", "Contact centre")
    desk.open(link_in(served.outbox.wait_for_mail(address)))
    desk.press("Add my key")
    desk.expect_page(HOME, HOME)
    served.manage("staff", "grant", made["account"], role)
    return desk


def _have_account(served: Served, person: Person) -> str:
    made = served.manage("account", "create", "--email", person.address, "--name", person.name)
    return str(made["password"])


def _help(desk: Visitor, served: Served, person: Person) -> None:
    desk.open(f"{served.issuer}/staff/help")
    desk.fill("Help code, email address or reference", person.address)
    desk.choose("They cannot sign in")
    desk.choose("At a counter, in person")
    desk.press("Continue")
    desk.press(ACTS, "link")
    desk.expect_page(ACTS, ACTS)


def known_at_counter(agent: Visitor, served: Served, person: Person) -> str:
    """Help somebody who shows their papers at a counter, and return their password."""
    password = _have_account(served, person)
    _help(agent, served, person)
    assert not agent.page.get_by_role("link", name=RESET).count()
    agent.open(agent.page.url.replace("/acts", "/know"))
    agent.choose("They show me at the counter who they are")
    agent.press("Continue")
    agent.choose("A passport, driving licence or other identity card with a photo of them")
    agent.fill("Full name, as it stands there", person.name)
    agent.press("Compare")
    return password


def _ask_for_reset(agent: Visitor, served: Served, person: Person) -> str:
    password = known_at_counter(agent, served, person)
    agent.press(ACTS, "link")
    agent.press(RESET, "link")
    agent.press("Ask a second person")
    agent.expect_page(f"Error: {RESET}", RESET)
    agent.page.get_by_role("checkbox", name="Their passport").check()
    agent.press("Ask a second person")
    agent.expect_page(ACTS, ACTS)
    acts = agent.page.url
    agent.press(MINE, "link")
    agent.expect_page(MINE, MINE)
    assert "Waits" in words(agent)
    agent.open(acts.partition("/acts")[0])
    return password


def _agree(lead: Visitor) -> None:
    decide(lead, RESET, AGREE)


def decide(desk: Visitor, act: str, answer: str) -> None:
    desk.open(f"{desk.issuer}/staff/requests")
    desk.expect_page(QUEUE, QUEUE)
    desk.follow(act)
    desk.press("Decide")
    desk.expect_page(f"Error: {act}", act)
    desk.choose(answer)
    desk.press("Decide")
    desk.expect_page(QUEUE, QUEUE)


def mail_saying(served: Served, person: Person, words: str) -> str:
    """Return the text of the next mail that says so; others come in between."""
    while True:
        mail = served.outbox.wait_for_mail(person.address)
        text = text_of(mail)
        if words in f"{mail['Subject']} {' '.join(text.split())}":
            return text


def _link(text: str) -> str:
    found = re.search(r"http\S+/get-back-in/\S+", text)
    assert found
    return found[0]


def words(desk: Visitor) -> str:
    return desk.page.get_by_role("main").inner_text()
