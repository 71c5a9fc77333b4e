"""Somebody of the staff on the phone: what they click and type, and what their screen says."""

import re
from dataclasses import dataclass, field
from html import unescape

from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.protocol.resident import path

MOST_CLICKS, MOST_FIELDS = 4, 1


def _desk() -> Desk:
    _member, desk = at_work("support")
    return desk


@dataclass
class Agent:
    """Counts each link, radio button and button as a click, and each line typed as a field."""

    desk: Desk = field(default_factory=_desk)
    clicks: int = 0
    fields: int = 0
    screen: str = ""

    def hears(self, typed: str, reason: str = "cannot_sign_in") -> str:
        """Begin to help by what a caller can say, and return the cause on the first screen."""
        home = self.desk.get("/staff").content.decode()
        assert 'href="/staff/help"' in home
        asking = self.desk.get("/staff/help").content.decode()
        # What comes chosen already costs no click.
        assert re.search(r'<input[^>]*value="phone"[^>]*checked', asking)
        self.clicks += 3  # the task, the reason, the button
        self.fields += 1
        answer = self.desk.post("/staff/help", typed=typed, reason=reason, channel="phone")
        assert answer.status_code == 303, answer.content.decode()
        self._see(self.desk.get(answer["Location"]))
        return self._words("cause")

    def does(self, act: str) -> str:
        """Press the button for the next act, and return what the screen says of it."""
        [action] = [
            found
            for found in re.findall(r'<form method="post" action="([^"]*)"', self._next())
            if found.endswith(f"/{act}")
        ]
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS
        assert self.fields <= MOST_FIELDS
        answer = self.desk.post(action)
        assert answer.status_code == 303
        self._see(self.desk.get(answer["Location"]))
        return self.screen

    def presses(self, act: str) -> str:
        """Press whichever button of the screen, and return what is read out after it."""
        [action] = {
            found
            for found in re.findall(r'<form method="post" action="([^"]*)"', self.screen)
            if found.endswith(f"/{act}")
        }
        self._see(self.desk.get(self.desk.post(action)["Location"]))
        return self.says()

    def has_no_button(self) -> bool:
        """Say whether nothing is to be done but to read something out."""
        return "<form" not in self._next()

    def says(self) -> str:
        """Return what is read out to the caller."""
        return self._words("say", "blockquote")

    def advises(self) -> str:
        """Return what is read out by what the caller says of themselves."""
        return self._words("advice", "dl")

    def _see(self, page: Response) -> None:
        assert page.status_code == 200, path(page)
        assert self.clicks <= MOST_CLICKS
        assert self.fields <= MOST_FIELDS
        self.screen = page.content.decode()

    def _next(self) -> str:
        return self.screen.partition('id="next"')[2].partition('id="say"')[0]

    def _words(self, part: str, tag: str = "p") -> str:
        found = re.search(rf'id="{part}"[^>]*>(.*?)</{tag}>', self.screen, re.DOTALL)
        assert found is not None
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split())
