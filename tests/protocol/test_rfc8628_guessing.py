"""RFC 8628 §5.1, §6.1: codes that somebody can read aloud, and nobody can guess."""

from collections import Counter
from datetime import timedelta

import pytest

from accounts.limits import table
from accounts.limits.table import Limit
from accounts.models import Account
from idp.oidc.device import user_codes
from tests.accounts.limits.filling import fill
from tests.environment import ROOT
from tests.factories import PASSWORD, people
from tests.protocol.devices import QUESTION, Device, nothing_happened, type_code
from tests.protocol.resident import Resident, heading, path

README = ROOT / "idp" / "oidc" / "device" / "README.md"
HERE = "127.0.0.1"
WAITING = 100
VALUES = len(user_codes.ALPHABET) ** user_codes.LENGTH
DAY = timedelta(days=1)


def _a_day(limit: Limit) -> int:
    return limit.amount * int(DAY / limit.window)


TRIES = {
    "one account": min(table.DEVICE_CODE_DAILY.amount, _a_day(table.DEVICE_CODE)),
    "one network, with many accounts": _a_day(table.DEVICE_CODE_NETWORK),
    "everybody together": _a_day(table.DEVICE_CODE_SITE),
}


def _cells(tries: int) -> list[str]:
    day = 100 * tries * WAITING / VALUES
    return [f"{VALUES // WAITING:,}", f"{tries:,}", _percent(day), _percent(30 * day)]


def _percent(share: float) -> str:
    digits = next(digits for digits in (2, 3, 4, 5) if share >= 10 ** (1 - digits) or digits == 5)
    return f"{share:.{digits}f}".rstrip("0") + "%"


@pytest.mark.once
class TestOdds:
    """The table in the documentation says what the limits allow."""

    def test_every_guesser_has_a_row_with_their_chances(self) -> None:
        lines = [line for line in README.read_text().splitlines() if line.startswith("| ")]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]
        assert {row[0]: row[1:] for row in rows} == {
            who: _cells(tries) for who, tries in TRIES.items()
        }

    def test_it_names_the_number_of_codes(self) -> None:
        assert f"{VALUES:,} codes" in README.read_text()


@pytest.mark.once
class TestSection61Codes:
    """§6.1: one case, no vowels, groups, and whatever looks alike means one letter."""

    def test_no_code_can_be_a_word_or_misread(self) -> None:
        assert not set("AEIOU0123456789Y") & set(user_codes.ALPHABET)
        assert len(set(user_codes.ALPHABET)) == 20

    def test_codes_are_random_in_every_place(self) -> None:
        codes = [user_codes.new() for _number in range(2000)]
        assert len(set(codes)) == len(codes)
        for place in range(user_codes.LENGTH):
            counts = Counter(code[place] for code in codes)
            assert set(counts) == set(user_codes.ALPHABET)
            assert max(counts.values()) < 200

    def test_what_is_shown_is_understood(self) -> None:
        assert user_codes.shown("WDJBMJHT") == "WDJB-MJHT"
        assert user_codes.meant("WDJB-MJHT") == "WDJBMJHT"

    @pytest.mark.parametrize(
        "typed, meant",
        [
            ("wdjb mjht", "WDJBMJHT"),
            ("8CDF-GHJK", "BCDFGHJK"),
            ("1CDF-GHJK", "LCDFGHJK"),
            ("ICDF-GHJK", "LCDFGHJK"),
            ("5C0F-GHJK", "SCQFGHJK"),
            ("2c6f ghjk", "ZCGFGHJK"),
            ("UYDF-GHJK", "VVDFGHJK"),
        ],
    )
    def test_look_alikes_are_forgiven(self, typed: str, meant: str) -> None:
        assert user_codes.meant(typed) == meant

    @pytest.mark.parametrize("typed", ["", "WDJB-MJH", "WDJB-MJHTX", "ADJB-MJHT", "WDJB-MJH\u0422"])
    def test_what_is_none_is_none(self, typed: str) -> None:
        assert user_codes.meant(typed) == ""


class TestSection51Limits:
    """§5.1: so few tries that a guess is hopeless, however many guess together."""

    @pytest.mark.parametrize("limit", [table.DEVICE_CODE, table.DEVICE_CODE_DAILY])
    def test_an_account_has_only_so_many(
        self, signed_in: Resident, account: Account, limit: Limit
    ) -> None:
        device = Device.asks()
        fill(limit, str(account.pk))
        page = type_code(signed_in, device.user_code)
        assert page.status_code == 429
        assert 0 < int(page["Retry-After"]) <= limit.window.total_seconds()
        assert path(signed_in.get("/device/confirm")) == "/device"
        assert nothing_happened(device)

    @pytest.mark.parametrize(
        "limit, keys", [(table.DEVICE_CODE_NETWORK, (HERE,)), (table.DEVICE_CODE_SITE, ())]
    )
    def test_so_have_a_network_and_all_together(
        self, signed_in: Resident, account: Account, limit: Limit, keys: tuple[str, ...]
    ) -> None:
        device = Device.asks()
        fill(table.DEVICE_CODE_FIRST, str(account.pk))
        fill(limit, *keys)
        assert type_code(signed_in, device.user_code).status_code == 429
        assert nothing_happened(device)

    def test_the_first_of_the_day_is_not_held_against_what_others_typed(
        self, signed_in: Resident
    ) -> None:
        device = Device.asks()
        fill(table.DEVICE_CODE_NETWORK, HERE)
        fill(table.DEVICE_CODE_SITE)
        assert heading(type_code(signed_in, device.user_code)) == QUESTION
        assert type_code(signed_in, device.user_code).status_code == 429

    def test_every_try_counts_right_or_wrong(self, signed_in: Resident) -> None:
        device = Device.asks()
        for number in range(table.DEVICE_CODE.amount):
            code = device.user_code if number % 2 else "BBBB-BBBB"
            assert type_code(signed_in, code).status_code == 200
        assert type_code(signed_in, device.user_code).status_code == 429

    def test_what_cannot_be_a_code_is_no_try(self, signed_in: Resident) -> None:
        for _number in range(table.DEVICE_CODE.amount + 1):
            assert type_code(signed_in, "AEIO").status_code == 200

    def test_one_guesser_keeps_nobody_else_out(self, signed_in: Resident, account: Account) -> None:
        fill(table.DEVICE_CODE, str(account.pk))
        assert type_code(signed_in, "BBBB-BBBB").status_code == 429
        other = Resident()
        other.sign_in(people.account("other@example.org", password=PASSWORD))
        assert heading(type_code(other, Device.asks().user_code)) == QUESTION

    def test_guesses_at_a_device_code_are_counted_as_for_other_codes(self) -> None:
        device = Device.asks()
        fill(table.CODE_EXCHANGE, device.partner.application.client_id, HERE)
        assert device.poll(device_code="x" * 43).status_code == 429
        assert device.poll().json()["error"] == "authorization_pending"
