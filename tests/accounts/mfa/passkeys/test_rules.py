"""What keys and browsers say, judged without a signature."""

from dataclasses import replace

import pytest

from accounts.mfa.passkeys.rules import (
    ClientData,
    Kept,
    Refusal,
    Shown,
    browser_refusal,
    is_cloned,
    key_refusal,
)

OURS = ["https://login.example.org", "https://account.example.org"]
SAID = ClientData("challenge", OURS[0], is_framed=False)
SHOWN = Shown("handle", user_verified=True, backup_eligible=True, backed_up=True, sign_count=0)
KEPT = Kept("handle", backup_eligible=True, sign_count=0, stands_alone=True)


@pytest.mark.parametrize("origin", OURS)
def test_a_page_of_ours_may_ask(origin: str) -> None:
    assert browser_refusal(replace(SAID, origin=origin), origins=OURS) is None


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "http://login.example.org",
        "https://login.example.org:8443",
        "https://login.example.org/",
        "https://LOGIN.example.org",
        "https://evil.login.example.org",
        "https://login.example.org.evil.example",
    ],
)
def test_no_other_page_may_ask(origin: str) -> None:
    assert browser_refusal(replace(SAID, origin=origin), origins=OURS) is Refusal.WRONG_ORIGIN


def test_a_page_of_ours_inside_another_may_not_ask() -> None:
    assert browser_refusal(replace(SAID, is_framed=True), origins=OURS) is Refusal.FRAMED


def test_an_honest_passkey_is_believed() -> None:
    assert key_refusal(KEPT, SHOWN) is None


@pytest.mark.parametrize("handle", ["other", "", None])
def test_a_passkey_names_its_owner(handle: str | None) -> None:
    assert key_refusal(KEPT, replace(SHOWN, user_handle=handle)) is Refusal.WRONG_OWNER


def test_a_security_key_need_not_name_its_owner_but_may_not_name_another() -> None:
    behind_a_password = replace(KEPT, stands_alone=False)
    assert key_refusal(behind_a_password, replace(SHOWN, user_handle=None)) is None
    another = replace(SHOWN, user_handle="other")
    assert key_refusal(behind_a_password, another) is Refusal.WRONG_OWNER


def test_a_passkey_verifies_its_user_and_a_security_key_need_not() -> None:
    touched = replace(SHOWN, user_verified=False)
    assert key_refusal(KEPT, touched) is Refusal.USER_NOT_VERIFIED
    assert key_refusal(replace(KEPT, stands_alone=False), touched) is None


@pytest.mark.parametrize(
    "eligible, now_eligible, backed_up, refusal",
    [
        (True, True, False, None),
        (False, False, False, None),
        (True, False, False, Refusal.BACKUP_CHANGED),
        (False, True, False, Refusal.BACKUP_CHANGED),
        (False, False, True, Refusal.BACKUP_CHANGED),
    ],
)
def test_a_key_that_cannot_be_copied_never_becomes_one_that_can(
    *, eligible: bool, now_eligible: bool, backed_up: bool, refusal: Refusal | None
) -> None:
    kept = replace(KEPT, backup_eligible=eligible)
    shown = replace(SHOWN, backup_eligible=now_eligible, backed_up=backed_up)
    assert key_refusal(kept, shown) is refusal


@pytest.mark.parametrize(
    "kept, shown, cloned",
    [(0, 0, False), (0, 1, False), (4, 5, False), (4, 4, True), (4, 3, True), (4, 0, True)],
)
def test_a_counter_that_does_not_rise_means_a_copy(*, kept: int, shown: int, cloned: bool) -> None:
    assert is_cloned(replace(KEPT, sign_count=kept), replace(SHOWN, sign_count=shown)) is cloned
