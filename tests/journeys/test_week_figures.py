"""The service owner reads how residents fared, week by week, and downloads it."""

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.serving.outbox import link_in
from tests.serving.provider import Served

ADDRESS = "olive.owner@council.example"
FIGURES = "Figures by week"


def test_week_figures(new_visitor: NewVisitor, served: Served) -> None:
    resident = new_visitor()
    resident.open(f"{served.issuer}/sign-up")
    resident.fill("Email address", "figures@mail.example")
    resident.press("Continue")

    desk = new_visitor(narrow=True)
    Keys.phone(desk)
    made = served.manage("staff", "make", ADDRESS, "--name", "Olive Owner")
    desk.open(link_in(served.outbox.wait_for_mail(ADDRESS)))
    desk.press("Add my key")
    desk.expect_page("Staff of the council", "Staff of the council")
    served.manage("staff", "grant", made["account"], "owner")
    desk.open(f"{served.issuer}/staff")
    desk.press(FIGURES, "link")
    desk.expect_page(FIGURES, FIGURES)
    title = "Sign-ups, by the week in which they began"
    desk.page.locator("summary", has_text=title).click()
    desk.look_again()
    newest = desk.page.get_by_role("table", name=title).get_by_role("row").nth(1)
    cells = newest.get_by_role("cell").all_inner_texts()
    started, finished, gave_up, still_open = map(int, cells)
    assert started == finished + gave_up + still_open > 0
    with desk.page.expect_download() as coming:
        desk.page.get_by_role("link", name="Download these figures (CSV)").click()
    rows = coming.value.path().read_text(encoding="utf-8").splitlines()
    assert len(rows) == 27
    assert rows[-1].split(",")[2] == str(started)
