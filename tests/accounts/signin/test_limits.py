"""How often somebody may try to sign in."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.limits import operations as limits
from accounts.limits.table import SIGN_IN, SIGN_IN_NAME, SIGN_IN_NETWORK, SIGN_IN_SITE
from accounts.models.account import sign_in_key
from tests.accounts.visitor import Response, Visitor, counted_hashes, statements
from tests.factories import people

pytestmark = pytest.mark.django_db

WRONG = "wrong horse battery"
NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


def _use_up(name: str, *, network: str = "192.0.2.1") -> None:
    visitor = Visitor(network=network)
    for _time in range(SIGN_IN.amount):
        assert visitor.submit(name, WRONG).status_code == 200


@pytest.mark.parametrize("name", ["ann@example.org", "unknown@example.org"])
def test_too_many_tries_for_one_name_from_one_network_are_refused_unhashed(name: str) -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    _use_up(name)
    visitor = Visitor()
    flow = visitor.begin()
    with counted_hashes() as hashes:
        response = visitor.submit(name, flow=flow)
    assert (response.status_code, hashes.call_count) == (429, 0)
    assert 0 < int(response["Retry-After"]) <= SIGN_IN.window.total_seconds()


def test_a_refused_try_costs_the_same_for_a_known_and_an_unknown_name() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    costs = []
    for name in ("ann@example.org", "unknown@example.org"):
        _use_up(name)
        visitor = Visitor()
        flow = visitor.begin()
        with statements() as sql:
            visitor.submit(name, flow=flow)
        costs.append(sql)
    assert costs[0] == costs[1]


def test_a_name_typed_differently_is_still_the_same_name() -> None:
    _use_up("ann@example.org")
    assert Visitor().submit(" ANN@EXAMPLE.ORG ", WRONG).status_code == 429


def test_the_refusal_says_when_to_carry_on_and_how_to_get_help_now() -> None:
    with time_machine.travel(NOON, tick=False):
        _use_up("ann@example.org")
        page = Visitor().submit("ann@example.org", WRONG).content.decode()
    assert "You can carry on at 12:15pm, in 15 minutes" in page
    assert "If you cannot wait" in page
    assert "020 7946 0000" in page
    assert "help code" in page


def test_the_owner_carries_on_when_the_window_is_over() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    with time_machine.travel(NOON, tick=False) as clock:
        _use_up("ann@example.org")
        clock.shift(SIGN_IN.window)
        assert Visitor().submit("ann@example.org").status_code == 303


def test_refused_tries_do_not_make_the_wait_longer() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        _use_up("ann@example.org")
        for waited in (4, 8, 12):
            clock.shift(timedelta(minutes=4))
            response = Visitor().submit("ann@example.org", WRONG)
            assert int(response["Retry-After"]) == (15 - waited) * 60


def test_one_network_cannot_keep_the_owner_out_of_another() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    _use_up("ann@example.org", network="198.51.100.7")
    assert Visitor(network="192.0.2.9").submit("ann@example.org").status_code == 303


def test_tries_that_one_network_is_refused_do_not_count_everywhere() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    stranger = Visitor(network="198.51.100.7")
    flow = stranger.begin()
    for _time in range(SIGN_IN_NAME.amount + 1):
        stranger.submit("ann@example.org", WRONG, flow=flow)
    assert Visitor(network="192.0.2.9").submit("ann@example.org").status_code == 303


def test_a_right_password_forgets_the_tries_before_it() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    for _round in range(2):
        for _time in range(SIGN_IN.amount - 1):
            visitor.submit("ann@example.org", WRONG)
        assert visitor.submit("ann@example.org").status_code == 303


def test_the_readers_of_a_library_sign_in_from_one_address() -> None:
    readers = [people.account(password=people.PASSWORD) for _person in range(20)]
    for reader in readers:
        visitor = Visitor(network="203.0.113.5")
        visitor.submit(reader.sign_in_name, WRONG)
        assert visitor.submit(reader.sign_in_name).status_code == 303


def _asks_for_another_way(response: Response) -> bool:
    return response.status_code == 200 and "another way first" in response.content.decode()


def test_guessing_one_name_from_many_networks_is_limited_too() -> None:
    _guess_from_everywhere("ann@example.org")
    stranger = Visitor(network="198.51.100.250")
    assert _asks_for_another_way(stranger.submit("ann@example.org", WRONG))


def test_guessing_many_names_from_one_network_is_limited_too() -> None:
    for _time in range(SIGN_IN_NETWORK.amount):
        limits.hit(SIGN_IN_NETWORK, "192.0.2.1")
    assert _asks_for_another_way(Visitor().submit("ann@example.org", WRONG))
    assert Visitor(network="192.0.2.9").submit("ann@example.org", WRONG).status_code == 200


def test_guessing_many_names_from_many_networks_is_limited_too() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    own = Visitor()
    own.submit("ann@example.org")
    for _time in range(SIGN_IN_SITE.amount):
        limits.hit(SIGN_IN_SITE)
    with counted_hashes() as hashes:
        assert _asks_for_another_way(Visitor().submit("ann@example.org"))
    assert hashes.call_count == 0
    assert own.submit("ann@example.org").status_code == 303


def test_guessing_from_everywhere_does_not_keep_the_owner_out_of_the_browser_they_use() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    own = Visitor()
    own.submit("ann@example.org")
    _guess_from_everywhere("ann@example.org")
    assert _asks_for_another_way(Visitor().submit("ann@example.org"))
    assert own.submit("ann@example.org").status_code == 303


def test_who_signs_out_of_a_shared_computer_leaves_no_exemption_there() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    shared = Visitor()
    shared.submit("ann@example.org")
    shared.client.post("/sign-out")
    _guess_from_everywhere("ann@example.org")
    assert _asks_for_another_way(shared.submit("ann@example.org"))


def _guess_from_everywhere(name: str) -> None:
    for number in range(3):
        Visitor(network=f"198.51.100.{number}").submit(name, WRONG)
    for _time in range(SIGN_IN_NAME.amount - 3):
        limits.hit(SIGN_IN_NAME, sign_in_key(name))
