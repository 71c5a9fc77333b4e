"""Walking the guide for when people part."""

from typing import Any

from accounts.models import Account, EmailAddress
from tests.accounts import post
from tests.accounts.safety.resident import Resident
from tests.accounts.visitor import Response

GUIDE = "/account/someone-has-left"
SHARED = "whitfields@example.org"
NEW = "joan.now@example.org"
NEW_PASSWORD = "violet lantern orchard"


def begin(resident: Resident) -> None:
    assert resident.post(GUIDE)["Location"] == f"{GUIDE}/device"


def answer(resident: Resident, step: str, **values: Any) -> Response:
    return resident.post(f"{GUIDE}/{step}", **values)


def finish(resident: Resident) -> Response:
    return resident.post(f"{GUIDE}/check")


def email_step(account: Account, address: str = SHARED) -> str:
    return f"email-{EmailAddress.objects.get(account=account, address=address).pk}"


def give_new_address(resident: Resident, address: str = NEW) -> None:
    answer(resident, "new-email", address=address)
    letter = post.newest()
    assert letter.to == address
    answer(resident, "code", code=letter.code)


def lose_shared_mailbox(resident: Resident, fate: str = "remove") -> None:
    begin(resident)
    answer(resident, email_step(resident.account), fate=fate)
    give_new_address(resident)


def mailed_to(address: str) -> list[str]:
    return [letter.subject for letter in post.letters() if letter.to == address]
