"""What stands on a sheet."""

from secrets import token_bytes

import pytest

from accounts.mfa.code_sheets import rules

SEEDS = [token_bytes(rules.SEED_BYTES) for _sheet in range(50)]


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_a_sheet_has_sixty_codes_of_eight_digits(seed: bytes) -> None:
    codes = rules.codes(seed)
    assert len(codes) == 60
    assert all(len(code) == 8 and code.isascii() and code.isdigit() for code in codes)
    assert len(set(codes)) > 55


def test_the_same_seed_prints_the_same_sheet_and_another_another() -> None:
    assert rules.codes(SEEDS[0]) == rules.codes(SEEDS[0])
    assert rules.name(SEEDS[0]) == rules.name(SEEDS[0])
    assert not set(rules.codes(SEEDS[0])) & set(rules.codes(SEEDS[1]))


def test_the_first_code_asked_for_is_on_the_sheet_and_not_always_the_same() -> None:
    numbers = {rules.asked_first(seed) for seed in SEEDS}
    assert numbers <= set(range(1, 61))
    assert len(numbers) > 5


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_a_sheet_is_named_by_three_letters_that_spell_no_word(seed: bytes) -> None:
    name = rules.name(seed)
    assert len(name) == 3
    assert name.isupper()
    assert not set(name) & set("AEIOU")


def test_a_code_is_shown_in_two_groups() -> None:
    assert rules.shown("12345678") == "1234 5678"
