"""Somebody guesses a password or a code at the library, and its owner gets in all the same."""

from datetime import UTC, datetime, timedelta

import pyotp

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import sign_in
from tests.serving.clock import Clock
from tests.serving.outbox import code_in, link_in
from tests.serving.provider import Served

ADDRESS = "olu.adeyemi@mail.example"
READER = "ife.bello@mail.example"
TWO_STEPS = "uma.castro@mail.example"
GUESSES = 10
MAILS = 3
HERE = "Go on signing in on this device?"
STEP = "Type the code from your app"
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


def test_a_mailed_link_lets_the_owner_go_on_where_the_mail_is_read(
    new_visitor_in_time: NewVisitor, served_in_time: Served
) -> None:
    person = ("account", "create", "--email", READER, "--name", "Ife Bello")
    password = served_in_time.manage(*person)["password"]
    library = new_visitor_in_time(scripts=False)
    library.open(f"{library.issuer}/account")
    for guess in range(GUESSES + 1):
        sign_in(library, READER, f"guess number {guess}")
    library.press("Send me a code")
    library.expect_heading("Check your email")
    for _more in range(MAILS - 1):
        library.press("Send a new code")
        library.expect_page("Check your email", "Check your email")
    library.press("Send a new code")
    library.expect_heading(WAIT)
    mails = [served_in_time.outbox.wait_for_mail(READER) for _mail in range(MAILS)]

    phone = new_visitor_in_time(narrow=True)
    phone.open(link_in(mails[-1]))
    phone.expect_page(HERE, HERE)
    phone.press("Go on signing in here")
    phone.expect_page("Sign in to Borough Login", "Sign in to Borough Login")
    sign_in(phone, READER, password)
    phone.expect_heading("Your account")
    phone.open(link_in(mails[-1]))
    phone.expect_page("This link does not work", "This link does not work")


def test_a_mailed_code_gives_the_owner_tries_of_their_own_at_the_second_step(
    new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock
) -> None:
    person = ("account", "create", "--email", TWO_STEPS, "--name", "Uma Castro")
    password = served_in_time.manage(*person)["password"]
    owner = new_visitor_in_time()
    owner.open(f"{owner.issuer}/account/ways-to-sign-in/app")
    sign_in(owner, TWO_STEPS, password)
    app = pyotp.TOTP(owner.page.locator("#app-key").inner_text().replace(" ", ""))
    owner.fill("Code that the app shows", app.at(_now(clock)))
    owner.press("Add the app")
    owner.wait_for_heading("Ways to sign in")

    thief = new_visitor_in_time(scripts=False)
    thief.open(f"{thief.issuer}/account")
    sign_in(thief, TWO_STEPS, password)
    for _guess in range(GUESSES):
        thief.fill("Code from your app", "000000")
        thief.press("Continue")
        thief.expect_page(f"Error: {STEP}", STEP)
    thief.fill("Code from your app", "000000")
    thief.press("Continue")
    assert "Too many codes were wrong" in thief.page.content()

    owner = new_visitor_in_time(narrow=True)
    owner.open(f"{owner.issuer}/account")
    sign_in(owner, TWO_STEPS, password)
    owner.fill("Code from your app", "000000")
    owner.press("Continue")
    owner.expect_page(f"Error: {STEP}", STEP)
    assert "Somebody else may have used up the tries" in owner.page.content()
    owner.press("Send me a code")
    owner.expect_page("Check your email", "Check your email")
    code = ""
    while not code:
        mail = served_in_time.outbox.wait_for_mail(TWO_STEPS)
        code = code_in(mail) if "go on signing in" in str(mail["Subject"]) else ""
    owner.fill("Code", code, mailed=True)
    owner.press("Continue")
    owner.expect_page(STEP, STEP)
    owner.fill("Code from your app", app.at(_now(clock) + timedelta(seconds=30)))
    owner.press("Continue")
    owner.expect_heading("Your account")


def _now(clock: Clock) -> datetime:
    return datetime.now(UTC) + clock.ahead
