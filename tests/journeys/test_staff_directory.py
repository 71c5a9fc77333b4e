"""Somebody whom the council employs: from its directory to a key and a role, and out again."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.visitor import Visitor
from tests.serving.council import Council, Employee

HOME = "Staff of the council"
SIGN_IN = "Staff sign-in"
REFUSED = "The directory did not let you in"
GO = "Go to the directory"


def test_staff_directory(new_visitor_of_council: NewVisitor, council: Council) -> None:
    ada = council.employ("Ada Lee", "Digital")
    desk = new_visitor_of_council()
    phone = Keys.phone(desk)
    desk.open(f"{council.login.issuer}/staff")
    desk.expect_page(SIGN_IN, SIGN_IN)
    _come_by_the_directory(desk, council, ada, agrees=True)
    desk.expect_page("Add your first key", "Add your first key")
    main = desk.page.get_by_role("main")
    assert "Ada Lee" in main.inner_text()
    desk.press("Add my key")
    desk.expect_page(HOME, HOME)
    assert "Approver" in main.inner_text()
    assert len(phone.kept()) == 1
    assert council.hears_of(ada) == "stays"

    council.move(ada, "Contact centre")
    assert council.hears_of(ada) == "roles_lost"
    desk.open(f"{council.login.issuer}/staff")
    assert "Approver" not in main.inner_text()
    # Her new team's role comes by a visit.
    desk.open(f"{council.login.issuer}/staff/sign-in?again=yes")
    _come_by_the_directory(desk, council, ada)
    desk.expect_page(HOME, HOME)
    assert "Support" in main.inner_text()

    council.directory.manage("account", "suspend", ada.address)
    assert council.hears_of(ada) == "gone"
    desk.open(f"{council.login.issuer}/staff/keys")
    desk.expect_page(SIGN_IN, SIGN_IN)
    desk.press("Use my key")
    desk.expect_page(f"Error: {SIGN_IN}", SIGN_IN)
    assert "no longer says that you may come in here" in main.inner_text()

    council.directory.manage("account", "reinstate", ada.address)
    _come_by_the_directory(desk, council, ada)
    desk.expect_page(SIGN_IN, SIGN_IN)
    assert "The directory has confirmed who you are" in main.inner_text()
    desk.press("Use my key")
    desk.expect_page(HOME, HOME)
    assert "Support" in main.inner_text()


def test_staff_directory_of_others(new_visitor_of_council: NewVisitor, council: Council) -> None:
    gus = council.employ("Gus Grower", "Residents")
    visitor = new_visitor_of_council(narrow=True)
    visitor.open(f"{council.login.issuer}/staff/sign-in")
    _come_by_the_directory(visitor, council, gus, agrees=True)
    visitor.expect_page(REFUSED, REFUSED)
    assert "in none of the groups" in visitor.page.get_by_role("main").inner_text()
    visitor.open(f"{council.login.issuer}/staff/directory/first-key")
    visitor.expect_page(REFUSED, REFUSED)
    visitor.press(SIGN_IN)
    visitor.expect_page(SIGN_IN, SIGN_IN)


def _come_by_the_directory(
    visitor: Visitor, council: Council, who: Employee, *, agrees: bool = False
) -> None:
    """Go there, sign in, agree the first time, and come back."""
    visitor.press(GO)
    page = visitor.page
    assert page.url.startswith(council.directory.issuer)
    page.get_by_label("Email address or sign-in name", exact=True).fill(who.address)
    page.get_by_label("Password", exact=True).fill(who.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if agrees:
        page.get_by_role("button", name="Share and continue", exact=True).click()
    expect(page).not_to_have_url(f"{council.directory.issuer}/**")
    page.wait_for_url(f"{council.login.issuer}/**")
    visitor.look_again()
