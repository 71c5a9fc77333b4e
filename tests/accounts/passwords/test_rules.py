"""Which passwords are refused, and why."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.passwords.rules import MAXIMUM_LENGTH, Weakness, weakness

OWN = ["Ann O'Example-Jones", "ann.jones@mail.example.org"]
LOCAL = ["Example Borough Council", "Borough Login"]


def _weakness(password: str) -> Weakness | None:
    return weakness(password, least=12, own_words=OWN, local_words=LOCAL)


@pytest.mark.parametrize(
    "password",
    [
        "purple kettle marathon",
        "correct horse battery staple",
        "riverstableskettles",
        "J8kd02mQx9wL",
        "Gl4$$-Onion/T3rrace",
        "пурпурный чайник марафон",
        "ann grows kettle marathons",
        "x" + "kettle marathon onion " * 9,
    ],
)
def test_a_good_password_needs_no_particular_characters(password: str) -> None:
    assert _weakness(password) is None


@pytest.mark.parametrize(
    "password, reason",
    [
        ("", Weakness.TOO_SHORT),
        ("kettle onio", Weakness.TOO_SHORT),
        ("kettle " * 150, Weakness.TOO_LONG),
        ("password1234", Weakness.COMMON),
        ("Password2026!!", Weakness.COMMON),
        ("P@$$w0rd2026", Weakness.COMMON),
        ("1234567890123", Weakness.COMMON),
        ("letmeinplease", Weakness.COMMON),
        ("annjones1984", Weakness.PERSONAL),
        ("Example-Jones!", Weakness.PERSONAL),
        ("ann.jones@mail.example.org", Weakness.PERSONAL),
        ("BoroughLogin1", Weakness.LOCAL),
        ("boroughcouncil", Weakness.LOCAL),
        ("aaaaaaaaaaaaaaaa", Weakness.REPEATED),
        ("kettlekettlekettle", Weakness.REPEATED),
        ("abcdefghijklmnop", Weakness.SEQUENCE),
        ("rtyuiofghjkl", Weakness.KEYBOARD),
        ("christopher1985", Weakness.FEW_WORDS),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_for_its_reason(
    password: str, reason: Weakness
) -> None:
    assert _weakness(password) is reason


def test_the_longest_password_that_is_taken_is_far_above_two_hundred() -> None:
    assert MAXIMUM_LENGTH > 200
    assert _weakness(("kettle marathon onion terrace " * 100)[:MAXIMUM_LENGTH]) is None


def test_one_persons_names_are_not_held_against_another() -> None:
    assert weakness("zebediah quillfeather", least=12, own_words=["Zebediah Quillfeather"])
    assert weakness("zebediah quillfeather", least=12, own_words=["Ann"]) is None


@pytest.mark.parametrize(
    "password",
    [
        "4@8({[</369&#!1/|0$5+7%2/" * 3,
        "@({[<!|$+%0123456789" * 50,
        "a1" * 36,
        "qwe" * 24,
        "\x00" * 72,
    ],
)
def test_no_password_keeps_the_checker_busy(password: str) -> None:
    start = time.process_time()
    _weakness(password)
    assert time.process_time() - start < 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gets_an_answer(password: str) -> None:
    assert _weakness(password) is None or isinstance(_weakness(password), Weakness)
