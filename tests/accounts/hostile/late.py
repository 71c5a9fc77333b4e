"""Somebody whose form comes after their session."""

from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import time_machine
from django.conf import settings

from tests.accounts.mfa.owner import ANN, Owner
from tests.accounts.visitor import Response

NOON = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
JUST_OVER = timedelta(seconds=1)


class Latecomer(Owner):
    """Signed in as Ann; sends forms when that is over, and signs in again."""

    def run_out(self, clock: time_machine.Traveller) -> None:
        """Let the session end for doing nothing."""
        clock.shift(settings.SESSION_IDLE + JUST_OVER)

    def back(self, late: Response, name: str = ANN) -> str:
        """Sign in where a late form led, and return where that leads."""
        asked = late["Location"]
        if "flow=" not in asked:
            asked = self.get(asked)["Location"]
        flow = parse_qs(urlsplit(asked).query)["flow"][0]
        return str(self.submit(name, flow=flow)["Location"])

    def shown(self, address: str) -> str:
        """Return the page's text with its fields."""
        return unescape(self.get(address).content.decode())
