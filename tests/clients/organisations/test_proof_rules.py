"""What counts as proof of who an organisation is, and what is missing to go live."""

from typing import Any

import pytest

from clients.organisations.proving import rules
from clients.organisations.proving.rules import Evidence, Missing, ProofProblem
from clients.organisations.proving.suffixes import is_shared

READY = Evidence(is_active=True, is_council=False, owners=2, council_is_owner=False, has_proof=True)


@pytest.mark.parametrize(
    "columns, missing",
    [
        ({}, ()),
        ({"is_active": False}, (Missing.ACTIVE,)),
        ({"owners": 0}, (Missing.OWNER,)),
        ({"owners": 0, "council_is_owner": True}, (Missing.OWNER,)),
        ({"owners": 1}, (Missing.SECOND_OWNER,)),
        ({"owners": 1, "council_is_owner": True}, ()),
        ({"has_proof": False}, (Missing.PROOF,)),
        ({"has_proof": False, "is_council": True}, ()),
        ({"owners": 1, "has_proof": False}, (Missing.SECOND_OWNER, Missing.PROOF)),
    ],
)
def test_what_is_missing_to_go_live(columns: dict[str, Any], missing: tuple[Missing, ...]) -> None:
    assert rules.ready_to_go_live(Evidence(**{**vars(READY), **columns})) == missing


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("riverside-trust.org.uk", "riverside-trust.org.uk"),
        (" Riverside-Trust.ORG.uk. ", "riverside-trust.org.uk"),
        ("https://riverside.org/", "riverside.org"),
    ],
)
def test_a_domain_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert rules.tidied("domain", typed) == kept
    assert rules.value_problem("domain", kept) is None


@pytest.mark.parametrize(
    "typed, problem",
    [
        ("", ProofProblem.EMPTY),
        ("192.0.2.1", ProofProblem.DOMAIN_NUMBER),
        ("2130706433", ProofProblem.DOMAIN_NUMBER),
        ("[2001:db8::1]", ProofProblem.DOMAIN_NUMBER),
        ("localhost", ProofProblem.DOMAIN_INSIDE),
        ("printer.local", ProofProblem.DOMAIN_INSIDE),
        ("council.internal", ProofProblem.DOMAIN_INSIDE),
        ("1.0.0.127.in-addr.arpa", ProofProblem.DOMAIN_INSIDE),
        ("r\u0456verside.org", ProofProblem.DOMAIN_IDN),
        ("xn--rverside-xqi.org", ProofProblem.DOMAIN_IDN),
        ("riverside", ProofProblem.DOMAIN),
        ("river_side.org", ProofProblem.DOMAIN),
        ("riverside.org/path", ProofProblem.DOMAIN),
        ("riverside.org:443", ProofProblem.DOMAIN_NUMBER),
        ("ann@riverside.org", ProofProblem.DOMAIN),
        ("*.riverside.org", ProofProblem.DOMAIN),
        ("-riverside.org", ProofProblem.DOMAIN),
        ("a..org", ProofProblem.DOMAIN),
        (f"{'a' * 64}.org", ProofProblem.DOMAIN),
        (f"{'a.' * 125}org", ProofProblem.DOMAIN),
        ("river\nside.org", ProofProblem.DOMAIN),
    ],
)
def test_what_is_no_domain_of_ones_own_is_refused(typed: str, problem: ProofProblem) -> None:
    assert rules.value_problem("domain", rules.tidied("domain", typed)) is problem


@pytest.mark.parametrize("shared", ["co.uk", "org.uk", "com", "github.io", "gov.uk"])
def test_a_domain_that_others_register_under_is_nobodys(shared: str) -> None:
    assert is_shared(shared)
    assert not is_shared(f"riverside.{shared}")


@pytest.mark.parametrize(
    "kind, typed, kept",
    [
        ("charity", "1234567", "1234567"),
        ("charity", "212345", "212345"),
        ("charity", "212345-1", "212345-1"),
        ("charity", "sc 012345", "SC012345"),
        ("charity", "NIC100001", "NIC100001"),
        ("company", "01234567", "01234567"),
        ("company", "1234567", "01234567"),
        ("company", "sc123456", "SC123456"),
        ("company", "IP12345R", "IP12345R"),
    ],
)
def test_a_number_of_a_register_is_taken(kind: str, typed: str, kept: str) -> None:
    assert rules.tidied(kind, typed) == kept
    assert rules.value_problem(kind, kept) is None


@pytest.mark.parametrize(
    "kind, typed",
    [
        ("charity", "12345"),
        ("charity", "012345"),
        ("charity", "XX123456"),
        ("charity", "\u0661\u0662\u0663\u0664\u0665\u0666"),
        ("company", "123456789"),
        ("company", "ABC12345"),
        ("company", "<script>"),
        ("company", "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"),
    ],
)
def test_what_is_no_number_of_a_register_is_refused(kind: str, typed: str) -> None:
    assert rules.value_problem(kind, rules.tidied(kind, typed)) is not None
