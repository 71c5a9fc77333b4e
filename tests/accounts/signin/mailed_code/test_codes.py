"""Which codes are right: the newest one, in its own sign-in, for a few tries and minutes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from accounts.limits.table import SIGN_IN_CODE
from accounts.models import Account
from tests.accounts import post
from tests.accounts.signin.mailed_code.guest import NAME, NOBODY, Guest, wrong

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


@pytest.mark.usefixtures("account")
def test_the_code_works_in_its_own_sign_in_alone_and_once() -> None:
    guest, thief = Guest(), Guest()
    guest.send()
    code = post.newest().code
    thief.send(NOBODY)
    assert thief.code(code).status_code == 200
    assert guest.code(code).status_code == 302
    assert guest.code(code).status_code == 200
    assert "another way first" in thief.password().content.decode()


@pytest.mark.usefixtures("account")
def test_a_newer_code_makes_the_older_one_void() -> None:
    guest = Guest()
    guest.send()
    older = post.newest().code
    guest.send(again="yes")
    newer = post.newest().code
    assert (
        "Only its code works now"
        in guest.get(f"/sign-in/mailed-code?flow={guest.flow}&again=yes").content.decode()
    )
    if older != newer:
        assert "not the code in our newest email" in guest.code(older).content.decode()
    assert guest.code(newer).status_code == 302


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_five_tries_and_no_more(account: Account, name: str) -> None:
    del account
    guest = Guest()
    guest.send(name)
    letters = post.letters()
    code = letters[-1].code if letters else "111111"
    for _time in range(SIGN_IN_CODE.amount):
        assert "not the code" in guest.code(wrong(code)).content.decode()
    assert "too many wrong codes" in guest.code(code).content.decode()
    assert "another way first" in guest.password(name).content.decode()


@pytest.mark.parametrize("name", [NAME, NOBODY])
def test_a_code_is_too_old_after_the_same_time_for_everybody(account: Account, name: str) -> None:
    del account
    with time_machine.travel(NOON, tick=False) as clock:
        guest = Guest()
        guest.send(name)
        clock.shift(timedelta(minutes=3))
        post.send()  # a worker that is late
        clock.shift(settings.SIGN_IN_CODE_LIFETIME - timedelta(minutes=3, seconds=1))
        assert "not the code" in guest.code("123456").content.decode()
        clock.shift(timedelta(seconds=1))
        assert "work for a short time" in guest.code("123456").content.decode()
