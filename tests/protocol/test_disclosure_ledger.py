"""Nothing leaves the token and userinfo endpoints but what the ledger has counted."""

import pytest
from django.db import OperationalError

from idp.disclosures import operations
from idp.models import AccessToken, Disclosure
from tests import factories
from tests.protocol.partner import Partner

pytestmark = pytest.mark.django_db


def ledger() -> list[tuple[str, str, int]]:
    rows = Disclosure.objects.order_by("pk")
    return [(row.endpoint, row.claims, row.count) for row in rows]


def test_an_id_token_counts_with_the_claims_that_it_holds(partner: Partner) -> None:
    partner.tokens(
        scopes=["openid", "email"], claims={"id_token": {"email": None, "nickname": None}}
    )

    assert ledger() == [("token", "email sub", 1)]


def test_a_refresh_counts_once_more(partner: Partner) -> None:
    token = partner.tokens()["refresh_token"]
    assert partner.refresh(token).status_code == 200

    assert ledger() == [("token", "sub", 2)]


def test_userinfo_counts_the_claims_that_have_values(partner: Partner) -> None:
    token = partner.tokens(scopes=["openid", "email", "phone"])["access_token"]
    first, second = partner.userinfo(token), partner.userinfo(token)
    assert first.json() == second.json()

    assert ledger()[1] == ("userinfo", " ".join(sorted(first.json())), 2)


@pytest.mark.parametrize("endpoint", ["token", "userinfo"])
def test_what_is_refused_is_not_counted(partner: Partner, endpoint: str) -> None:
    if endpoint == "token":
        partner.exchange(factories.grant(partner.application), code_verifier="x" * 43)
    else:
        partner.userinfo("nonsense")

    assert ledger() == []


def test_what_cannot_be_counted_is_not_given_out(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = partner.tokens()["access_token"]
    issued, before = factories.grant(partner.application), AccessToken.objects.count()

    def fail(**_arguments: object) -> None:
        raise OperationalError

    monkeypatch.setattr(operations, "note", fail)
    assert partner.userinfo(token).status_code == 503
    assert partner.exchange(issued).status_code == 503
    assert AccessToken.objects.count() == before
    monkeypatch.undo()
    assert partner.exchange(issued).status_code == 200
