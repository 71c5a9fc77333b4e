"""Two people read one mailbox and have an account each."""

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, ask_for_account, create_account, sign_in, type_code
from tests.serving.outbox import code_in, text_of
from tests.serving.provider import Served
from tests.serving.services import Services


def test_a_couple_share_a_mailbox_and_have_two_accounts(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    his, hers = Person("George Whitfield"), new_visitor()
    create_account(new_visitor(), served, services.council_tax, his)
    served.outbox.wait_for_mail(his.address)

    ask_for_account(hers, services.council_tax, his)
    hers.expect_page("Check your email", "Check your email")
    mail = served.outbox.wait_for_mail(his.address)
    assert "share this mailbox" in text_of(mail)
    hers.fill("Code", code_in(mail), mailed=True)
    hers.press("Continue")
    name = f"joan.{his.address[6:14]}"
    hers.fill("Full name", "Joan Whitfield")
    hers.fill("Sign-in name", his.address)
    hers.fill("Create a password", his.password)
    hers.press("Create account")
    hers.expect_page("Error: Your name and password", "Your name and password")
    hers.fill("Sign-in name", name)
    hers.fill("Create a password", his.password)
    hers.press("Create account")
    hers.press("Share and continue")
    hers.expect_heading("You are signed in as Joan Whitfield")
    verified = hers.page.get_by_role("row", name="email_verified").get_by_role("cell")
    assert verified.inner_text().lower() in {"no", "false"}


def test_a_shared_address_alone_never_resets_a_password(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    resident = new_visitor()
    [shared] = [who for who in services.demo["people"] if who["email"].startswith("whitfields")]
    resident.open(f"{served.issuer}/reset-password")
    resident.fill("Email address or sign-in name", shared["email"])
    resident.press("Continue")
    resident.expect_page("Check your email", "Check your email")
    text = text_of(served.outbox.wait_for_mail(shared["email"]))
    assert "/reset-password/" not in text
    resident.open(f"{served.issuer}/sign-in")
    sign_in(resident, shared["email"], shared["password"])
    resident.expect_heading("Your account")


def test_typing_the_code_of_an_older_mail_does_not_confirm(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    ask_for_account(resident, services.council_tax, person)
    old = code_in(served.outbox.wait_for_mail(person.address))
    resident.press("Send a new code")
    resident.fill("Code", old, mailed=True)
    resident.press("Continue")
    resident.expect_page("Error: Check your email", "Check your email")
    type_code(resident, served, person)
    resident.expect_heading("Your name and password")
