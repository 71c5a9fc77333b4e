"""What an application may be registered as."""

from dataclasses import replace
from typing import Any

import pytest

from clients.applications.addresses.rules import AddressProblem
from clients.applications.registration import Addresses, Kind, ScopeWanted
from clients.applications.rules import RegistrationProblem, Vocabulary, registration_findings
from clients.applications.wording import sentence
from clients.organisations.rules import NameProblem
from tests.clients.registrations import ADDRESSES, OPENID, registration

R = RegistrationProblem
VOCABULARY = Vocabulary(
    {"openid", "email"}, {"public_task"}, {"client_secret_basic", "client_secret_post"}
)


def _told(**texts: str) -> dict[str, Any]:
    return {"scopes": (replace(OPENID, **texts),)}


def found(**changes: Any) -> list[tuple[str, str]]:
    findings = registration_findings(registration(**changes), loopback=False, vocabulary=VOCABULARY)
    assert all(sentence(finding).startswith(finding.part) for finding in findings)
    return [(finding.part, finding.problem) for finding in findings]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"kind": Kind.SPA},
        {"kind": Kind.NATIVE, "auth_method": "none"},
        {"kind": Kind.SERVICE, "addresses": Addresses(()), "scopes": ()},
        {"kind": Kind.DEVICE, "addresses": Addresses(())},
        {"auth_method": "client_secret_post"},
        {"scopes": (OPENID,)},
        {"home_url": "", "other_way": "", "privacy_url": ""},
        {"sector_identifier": "services.example.org"},
    ],
)
def test_a_fit_registration_is_accepted(changes: dict[str, Any]) -> None:
    assert found(**changes) == []


@pytest.mark.parametrize(
    "changes, finding",
    [
        ({"name": ""}, ("name", NameProblem.EMPTY)),
        ({"name": "住民"}, ("slug", NameProblem.SLUG_INVALID)),
        ({"slug": "Council Tax"}, ("slug", NameProblem.SLUG_INVALID)),
        ({"addresses": Addresses(())}, ("redirect_uri", R.NO_REDIRECT_URI)),
        ({"kind": Kind.SERVICE, "scopes": ()}, ("kind", R.SIGNS_NOBODY_IN)),
        ({"kind": Kind.DEVICE}, ("kind", R.SHOWS_NO_PAGE)),
        (
            {"kind": Kind.DEVICE, "addresses": Addresses(()), "scopes": ()},
            ("scope", R.OPENID_MISSING),
        ),
        ({"kind": Kind.SERVICE, "addresses": Addresses(())}, ("kind", R.SIGNS_NOBODY_IN)),
        (
            {"kind": Kind.SERVICE, "addresses": Addresses((), ("https://a.example/",))},
            ("kind", R.SIGNS_NOBODY_IN),
        ),
        (
            {"addresses": Addresses(ADDRESSES.redirect_uris * 2)},
            ("redirect_uri", R.ADDRESS_REPEATED),
        ),
        (
            {"addresses": Addresses(tuple(f"https://a{n}.example/" for n in range(21)))},
            ("redirect_uri", R.TOO_MANY_ADDRESSES),
        ),
        (
            {"addresses": Addresses(("http://localhost/cb",))},
            ("redirect_uri", AddressProblem.LOOPBACK),
        ),
        (
            {"addresses": Addresses(ADDRESSES.redirect_uris, ("https://service.example/#",))},
            ("post_logout_redirect_uri", AddressProblem.FRAGMENT),
        ),
        ({"home_url": "javascript:alert(1)"}, ("home_url", AddressProblem.SCHEME)),
        (
            {"privacy_url": "https://service.example/" + "a" * 200},
            ("privacy_url", AddressProblem.TOO_LONG),
        ),
        ({"other_way": "x" * 501}, ("other_way", R.TEXT_TOO_LONG)),
        ({"other_way": "Ring\n0"}, ("other_way", R.TEXT_UNSEEN_CHARACTER)),
        ({"scopes": ()}, ("scope", R.OPENID_MISSING)),
        ({"scopes": (OPENID, OPENID)}, ("scope", R.SCOPE_REPEATED)),
        (
            {"scopes": (OPENID, ScopeWanted("admin", "public_task", "To rule"))},
            ("scope", R.SCOPE_UNKNOWN),
        ),
        (
            {"scopes": (ScopeWanted("openid", "because", "To know you"),)},
            ("lawful_basis", R.LAWFUL_BASIS_UNKNOWN),
        ),
        ({"scopes": (ScopeWanted("openid", "public_task", " "),)}, ("purpose", R.TEXT_MISSING)),
        (
            {"scopes": (ScopeWanted("openid", "public_task", "x" * 301),)},
            ("purpose", R.TEXT_TOO_LONG),
        ),
        (
            {"scopes": (ScopeWanted("openid", "public_task", "\u202eyou"),)},
            ("purpose", R.TEXT_UNSEEN_CHARACTER),
        ),
        (_told(retention="x" * 301), ("retention", R.TEXT_TOO_LONG)),
        (_told(retention="Ring\n0"), ("retention", R.TEXT_UNSEEN_CHARACTER)),
        (_told(privacy_notice="javascript:alert(1)"), ("privacy_notice", AddressProblem.SCHEME)),
        (_told(privacy_notice="http://a.example/"), ("privacy_notice", AddressProblem.HTTP)),
        (_told(privacy_notice="http://127.0.0.1/"), ("privacy_notice", AddressProblem.LOOPBACK)),
        (_told(notice_version="1" * 41), ("notice_version", R.TEXT_TOO_LONG)),
        ({"auth_method": "none"}, ("auth_method", R.AUTH_METHOD_UNFIT)),
        (
            {"kind": Kind.SPA, "auth_method": "client_secret_basic"},
            ("auth_method", R.AUTH_METHOD_UNFIT),
        ),
        ({"sector_identifier": "a b"}, ("sector_identifier", R.SECTOR_UNFIT)),
    ],
)
def test_each_unfit_part_is_found_by_name(
    changes: dict[str, Any], finding: tuple[str, str]
) -> None:
    assert found(**changes) == [finding]


def test_all_reasons_are_told_at_once() -> None:
    assert len(found(name="", scopes=(), addresses=Addresses(()))) == 3


def test_a_hostile_value_is_shown_escaped_and_cut() -> None:
    (finding,) = registration_findings(
        registration(slug="\u202e" + "x" * 1000), loopback=False, vocabulary=VOCABULARY
    )
    assert "\u202e" not in sentence(finding)
    assert len(sentence(finding)) < 250
