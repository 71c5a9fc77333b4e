"""A name that nobody has is answered as any other, and nobody is mailed."""

import pytest

from accounts.models import Account, OutboundMessage
from tests.accounts import post
from tests.accounts.signin.mailed_code.guest import NAME, NOBODY, Guest
from tests.accounts.visitor import counted_hashes, statements

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_no_password_is_hashed_before_the_code(account: Account, name: str) -> None:
    del account
    guest = Guest()
    with counted_hashes() as hashes:
        assert "another way first" in guest.password(name).content.decode()
    assert hashes.call_count == 0


def test_every_page_and_statement_is_the_same_for_a_name_that_nobody_has(account: Account) -> None:
    del account
    shown, costs = [], []
    for name in (NAME, NOBODY):
        guest = Guest()
        pages: list[str] = []
        with statements() as sql:
            pages.append(guest.password(name).content.decode())
            pages.append(guest.send(name)["Location"])
            pages.append(guest.page())
            pages.append(guest.code("123456").content.decode())
            pages.append(guest.send(name, again="yes")["Location"])
        shown.append([_faceless(page, guest, name) for page in pages])
        costs.append(sql)
    assert shown[0] == shown[1]
    assert costs[0] == costs[1]


def _faceless(page: str, guest: Guest, name: str) -> list[str]:
    page = page.replace(guest.flow, "FLOW").replace(name, "NAME")
    hidden = ("csrfmiddlewaretoken", "borough-help__code")
    return [line for line in page.splitlines() if not any(word in line for word in hidden)]


def test_the_worker_mails_nobody_for_a_name_that_nobody_has() -> None:
    Guest().send(NOBODY)
    assert post.letters() == []
    assert OutboundMessage.objects.get().state == "dropped"


@pytest.mark.parametrize("name", ["ﷺ" * 254, "a\u202eb"])
def test_a_name_that_nobody_can_have_is_no_error(name: str) -> None:
    guest = Guest()
    assert guest.send(name).status_code == 302
    assert guest.send(name, again="yes").status_code == 302
    assert guest.code("123456").status_code == 200
    assert post.letters() == []
