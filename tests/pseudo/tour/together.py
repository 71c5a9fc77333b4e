"""Joining two accounts."""

from tests.accounts.safety.resident import Resident
from tests.pseudo.looking import look
from tests.pseudo.tour.people import bare

_OTHER = "ann.work@example.org"


def joining() -> None:
    ann = Resident(bare())
    bare(_OTHER)
    look(ann.client, "/account/join")
    begun = str(ann.post("/account/join")["Location"])
    look(ann.client, begun)
    page = str(ann.submit(_OTHER, flow=begun.partition("flow=")[2])["Location"])
    look(ann.client, page)
    ann.post(page)
    ann.post(page, keep="this")
    look(ann.client, "/account/join/done")


PARTS = (joining,)
