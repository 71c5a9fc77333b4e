"""Somebody guesses a password at the library, and its owner gets in there all the same."""

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import sign_in
from tests.serving.outbox import code_in
from tests.serving.provider import Served

ADDRESS = "olu.adeyemi@mail.example"
GUESSES = 10
WAIT = "You need to wait before you carry on"


def test_a_mailed_code_lets_the_owner_go_on_at_once(
    new_visitor_in_time: NewVisitor, served_in_time: Served
) -> None:
    person = ("account", "create", "--email", ADDRESS, "--name", "Olu Adeyemi")
    password = served_in_time.manage(*person)["password"]
    guesser = new_visitor_in_time(scripts=False)
    guesser.open(f"{guesser.issuer}/account")
    for guess in range(GUESSES):
        sign_in(guesser, ADDRESS, f"guess number {guess}")
        guesser.expect_page("Error: Sign in to Borough Login", "Sign in to Borough Login")
    sign_in(guesser, ADDRESS, password)
    guesser.expect_heading(WAIT)

    owner = new_visitor_in_time(narrow=True)
    owner.open(f"{owner.issuer}/account")
    sign_in(owner, ADDRESS, password)
    owner.expect_heading(WAIT)
    owner.press("Send me a code")
    owner.expect_page("Check your email", "Check your email")
    owner.press("Continue")
    owner.expect_page("Error: Check your email", "Check your email")
    owner.fill("Code", code_in(served_in_time.outbox.wait_for_mail(ADDRESS)), mailed=True)
    owner.press("Continue")
    owner.expect_page("Sign in to Borough Login", "Sign in to Borough Login")
    sign_in(owner, ADDRESS, password)
    owner.expect_heading("Your account")
