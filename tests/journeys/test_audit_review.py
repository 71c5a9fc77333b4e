"""An auditor verifies the log, finds the event that somebody edited, and reads it."""

import json
import re
import subprocess
import sys

from tests.environment import ROOT
from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in
from tests.serving.provider import Served

ADDRESS = "audrey.auditor@council.example"
SEARCH, VERIFY = "Search the audit log", "Verify the audit log"
EXPORT = "Download the audit log"


def test_audit_review(new_visitor: NewVisitor, served: Served) -> None:
    desk = new_visitor(narrow=True)
    account = _at_work(desk, served)
    desk.press("Audit log", "link")
    desk.expect_page(SEARCH, SEARCH)
    desk.press("Search")
    desk.expect_page(f"Error: {SEARCH}", SEARCH)
    desk.page.get_by_label("What happened", exact=True).select_option("account:session:started")
    desk.fill("Who did it, by address or id", ADDRESS)
    desk.press("Search")
    desk.expect_page(SEARCH, SEARCH)
    assert "Audrey Auditor" in _words(desk)
    desk.follow_first("Session started")
    heading = "Session started"
    desk.expect_heading(heading)
    assert "No seal covers this event yet" in _words(desk)
    number = int(desk.page.url.rpartition("/")[2])

    served.manage("audit", "seal")
    desk.press("Verify", "link")
    desk.expect_page(VERIFY, VERIFY)
    _verify(desk, "Verify the log")
    assert "All is well" in _words(desk)

    _plant(served, number, "text_message")
    _verify(desk, "Verify again")
    assert re.search(rf"Event {number}, of seal \d+, was changed", _words(desk))
    assert desk.page.get_by_role("link", name=re.compile("^Read event")).count() == 1
    desk.press(f"Read event {number}", "link")
    desk.expect_heading(heading)
    assert "somebody changed it in the database" in _words(desk)
    assert "text_message" in _words(desk)
    assert account in _words(desk)
    # Other journeys' log is to be whole again.
    _plant(served, number, "passkey")
    desk.press("Verify", "link")
    _verify(desk, "Verify again")
    assert "All is well" in _words(desk)
    desk.open(f"{served.issuer}/staff/audit/events/0")
    desk.expect_page("There is no such event", "There is no such event")
    _download(desk, number)


def _at_work(desk: Visitor, served: Served) -> str:
    Keys.phone(desk)
    made = served.manage("staff", "make", ADDRESS, "--name", "Audrey Auditor", "--team", "Audit")
    desk.open(link_in(served.outbox.wait_for_mail(ADDRESS)))
    desk.press("Add my key")
    desk.expect_page("Staff of the council", "Staff of the council")
    served.manage("staff", "grant", made["account"], "auditor")
    desk.open(f"{served.issuer}/staff")
    return str(made["account"])


def _verify(desk: Visitor, button: str) -> None:
    desk.press(button)
    while "under way" in _words(desk):
        desk.page.wait_for_timeout(300)
        desk.press("Look again", "link")
    desk.expect_page(VERIFY, VERIFY)


def _plant(served: Served, number: int, reason: str) -> None:
    command = [sys.executable, "-m", "tests.serving.planted", str(number), reason]
    subprocess.run(command, check=True, cwd=ROOT, env=served.environment)


def _download(desk: Visitor, number: int) -> None:
    desk.press("Export", "link")
    desk.expect_page(EXPORT, EXPORT)
    desk.press("Download")
    desk.expect_page(f"Error: {EXPORT}", EXPORT)
    today = desk.page.evaluate("() => new Date().toLocaleDateString('en-GB').split('/')")
    for name in ("First day", "Last day"):
        group = desk.page.get_by_role("group", name=name)
        for part, value in zip(("Day", "Month", "Year"), today, strict=True):
            group.get_by_label(part).fill(value)
    with desk.page.expect_download() as coming:
        desk.page.get_by_role("button", name="Download", exact=True).click()
    text = coming.value.path().read_text(encoding="ascii")
    assert number in [json.loads(line).get("id") for line in text.splitlines()]


def _words(desk: Visitor) -> str:
    return desk.page.get_by_role("main").inner_text()
