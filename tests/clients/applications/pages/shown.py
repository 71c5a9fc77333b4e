"""What a page of credentials shows."""

import re

from tests.accounts.visitor import Response
from tests.clients.partner import text


def secret_in(answer: Response) -> str:
    """Return the secret that the answer shows, if any."""
    found = re.search(r'id="client-secret">([^<]+)<', text(answer))
    return found[1] if found else ""
