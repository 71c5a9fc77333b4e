"""An auditor at work, and what a page shows them."""

import re
from html import unescape

from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response

SEARCH = "/staff/audit"
VERIFY = "/staff/audit/verify"
EXPORT = "/staff/audit/export"


def auditor() -> Desk:
    """Return the browser in which an auditor signed in."""
    return at_work("auditor")[1]


def words(answer: Response) -> str:
    """Return what a page says, without its marks and its frame."""
    assert answer.status_code in {200, 404}, answer.status_code
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def shown(answer: Response) -> list[int]:
    """Return the numbers of the events that a page leads to, in its order."""
    found = re.findall(r'href="/staff/audit/events/(\d+)"', answer.content.decode())
    return [int(number) for number in found]
