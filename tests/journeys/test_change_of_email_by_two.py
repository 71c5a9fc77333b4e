"""Two of the staff change the email address of somebody who lost it, and the same stopped."""

import re
from datetime import timedelta

from tests.journeys import test_two_of_the_staff as staff
from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.clock import Clock
from tests.serving.outbox import text_of
from tests.serving.provider import Served

CHANGE = "Change the main email address"
END = "End a change of email address"
IS_YOURS = "Is this your account?"
STOP = "Stop this change"
HALF_THE_WAIT = timedelta(hours=12)


def test_a_change_of_email_by_two_people(
    new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock
) -> None:
    ann, served = Person(), served_in_time
    agent = staff.at_work(new_visitor_in_time(narrow=True), served, "support")
    lead = staff.at_work(new_visitor_in_time(), served, "support_lead")
    new = ann.address.replace("@", ".new@")
    password = _ask(agent, served, ann, new)
    lead.open(f"{served.issuer}/staff/requests")
    lead.follow(CHANGE)
    assert new in staff.words(lead)
    assert "Their passport" in staff.words(lead)
    staff.decide(lead, CHANGE, staff.AGREE)

    staff.mail_saying(served, ann, "is going to change")
    resident = new_visitor_in_time(narrow=True)
    resident.open(_link(text_of(served.outbox.wait_for_mail(new)), "confirm"))
    resident.expect_page(IS_YOURS, IS_YOURS)
    resident.press("Yes, confirm my email address")
    resident.expect_heading("Your email address is confirmed")
    clock.put_forward(HALF_THE_WAIT)
    staff.mail_saying(served, ann, "is going to change")
    clock.put_forward(HALF_THE_WAIT)
    staff.mail_saying(served, ann, "was removed from")
    resident.open(f"{served.issuer}/account")
    sign_in(resident, new, password)
    resident.expect_heading("Your account")


def test_a_change_of_email_stopped_by_whose_account_it_is(
    new_visitor: NewVisitor, served: Served
) -> None:
    ann = Person()
    agent = staff.at_work(new_visitor(), served, "support")
    lead = staff.at_work(new_visitor(narrow=True), served, "support_lead")
    password = _ask(agent, served, ann, ann.address.replace("@", ".new@"))
    assert not agent.page.get_by_role("link", name=END).count()
    staff.decide(lead, CHANGE, staff.AGREE)
    agent.open(agent.page.url)
    agent.press(END, "link")
    agent.expect_page(END, END)

    resident = new_visitor(narrow=True)
    stop = _link(staff.mail_saying(served, ann, "is going to change"), "stop")
    resident.open(f"{served.issuer}/account/emails")
    sign_in(resident, ann.address, password)
    resident.expect_heading("Your email addresses")
    resident.open(stop)
    resident.expect_page(STOP, STOP)
    resident.press(STOP)
    resident.expect_heading("We stopped the change")
    staff.mail_saying(served, ann, "email address was cancelled")

    agent.press(END)
    assert "No change of email address waits" in staff.words(agent)


def _ask(agent: Visitor, served: Served, person: Person, new: str) -> str:
    password = staff.known_at_counter(agent, served, person)
    agent.press(staff.ACTS, "link")
    agent.press(CHANGE, "link")
    agent.press("Ask a second person")
    agent.expect_page(f"Error: {CHANGE}", CHANGE)
    agent.fill("New email address", new)
    agent.page.get_by_role("checkbox", name="Their passport").check()
    agent.press("Ask a second person")
    agent.expect_page(staff.ACTS, staff.ACTS)
    return password


def _link(text: str, kind: str) -> str:
    found = re.search(rf"http\S+/email-change/{kind}/\S+", text)
    assert found
    return found[0]
