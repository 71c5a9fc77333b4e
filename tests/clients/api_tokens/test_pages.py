"""Tokens of programs, on the pages of an organisation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, KeptForm, OutboundMessage, Session
from accounts.security import keyed_hash
from clients.api_tokens.queries import PURPOSE
from clients.api_tokens.rules import MOST_TOKENS, PREFIX
from clients.models import ApiToken
from tests.clients.partner import Partner, text
from tests.factories.api_tokens import api_token

pytestmark = pytest.mark.django_db
CHOSEN = {"name": "Build server", "role": "developer", "reach": "sandbox", "days": "90"}


@pytest.fixture
def owner() -> Partner:
    return Partner()


def _page(partner: Partner, rest: str = "") -> str:
    return f"{partner.home}/api-tokens{rest}"


def test_an_organisation_without_tokens_is_told_so(owner: Partner) -> None:
    assert "no token in use" in text(owner.get(_page(owner)))


def test_a_new_token_is_shown_once_and_kept_as_a_hash(owner: Partner) -> None:
    made = owner.post(_page(owner, "/new"), **CHOSEN)
    secret = PREFIX + text(made).split(PREFIX)[1][:43]
    row = ApiToken.objects.get()
    assert keyed_hash.matches(PURPOSE, secret, row.token_hash)
    assert (row.organisation, row.role, row.made_by) == (
        owner.organisation,
        "developer",
        owner.account,
    )
    assert "no-store" in made["Cache-Control"]
    assert secret not in text(owner.get(_page(owner)))
    kept = [*AuditEvent.objects.values_list("detail", "object_id"), *Session.objects.values_list()]
    assert secret not in str(kept) + str(list(KeptForm.objects.values_list()))


def test_a_page_sent_again_makes_no_second_token(owner: Partner) -> None:
    owner.post(_page(owner, "/new"), **CHOSEN)
    again = owner.post(_page(owner, "/new"), **CHOSEN)
    assert "There is a token of this name" in text(again)
    assert PREFIX not in text(again)
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    "typed, words",
    [
        ({"name": ""}, "Enter what the token is for"),
        ({"name": "Build\u202eserver"}, "cannot be seen"),
        ({"role": "king"}, "Select a valid choice"),
        ({"role": ""}, "Choose what the token may do"),
        ({"days": "4000"}, "Select a valid choice"),
        ({"days": "x"}, "Select a valid choice"),
    ],
)
def test_what_is_unfit_is_refused_at_its_field(
    owner: Partner, typed: dict[str, str], words: str
) -> None:
    page = text(owner.post(_page(owner, "/new"), **{**CHOSEN, **typed}))
    assert words in page
    assert "Error:" in page
    assert not ApiToken.objects.exists()


def test_there_are_never_more_than_so_many(owner: Partner) -> None:
    for _ in range(MOST_TOKENS):
        api_token(owner.organisation)
    assert "20 tokens in use" in text(owner.post(_page(owner, "/new"), **CHOSEN))
    assert ApiToken.objects.count() == MOST_TOKENS


def test_a_token_ends_for_good(owner: Partner) -> None:
    api_token(owner.organisation)
    token = ApiToken.objects.get()
    assert token.name in text(owner.get(_page(owner, f"/{token.pk}/end")))
    assert owner.post(_page(owner, f"/{token.pk}/end")).status_code == 303
    token.refresh_from_db()
    assert token.revoked_at is not None
    # Sent again, there is nothing more to end.
    assert owner.post(_page(owner, f"/{token.pk}/end")).status_code == 303
    assert AuditEvent.objects.filter(event="organisation:api_token:revoked").count() == 1


def test_another_organisations_token_is_not_there(owner: Partner) -> None:
    other = Partner()
    api_token(other.organisation)
    token = ApiToken.objects.get()
    assert owner.get(_page(owner, f"/{token.pk}/end")).status_code == 404
    assert owner.post(_page(owner, f"/{token.pk}/end")).status_code == 404
    tries = AuditEvent.objects.filter(event="organisation:access:refused", reason="not_its_own")
    assert tries.count() == 2
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_token_that_ran_out_is_not_listed(owner: Partner) -> None:
    api_token(owner.organisation, expires_at=timezone.now() - timedelta(seconds=1))
    assert "no token in use" in text(owner.get(_page(owner)))


@pytest.mark.parametrize("role", ["developer", "viewer"])
def test_only_owners_handle_tokens(role: str) -> None:
    partner = Partner(role)
    for page in ("", "/new"):
        assert partner.get(_page(partner, page)).status_code == 403
    assert partner.post(_page(partner, "/new"), **CHOSEN).status_code == 403
    assert "API tokens" not in text(partner.get(partner.home))
    assert not ApiToken.objects.exists()


def test_whoever_signed_in_long_ago_proves_that_it_is_them(owner: Partner) -> None:
    owner.grow_stale()
    assert owner.post(_page(owner, "/new"), **CHOSEN)["Location"].startswith("/sign-in")
    assert not ApiToken.objects.exists()


def test_a_token_for_live_applications_takes_two_factors(owner: Partner) -> None:
    chosen = {**CHOSEN, "reach": "live", "days": "30"}
    answer = owner.post(_page(owner, "/new"), **chosen)
    assert PREFIX not in text(answer)
    assert not ApiToken.objects.exists()
    strong = Partner(of=owner.organisation, two_factors=True)
    assert PREFIX in text(strong.post(_page(strong, "/new"), **chosen))
    assert ApiToken.objects.get().acts_on_live


def test_a_token_for_live_applications_takes_a_fresh_sign_in() -> None:
    strong = Partner(two_factors=True)
    strong.grow_stale()
    strong.post(_page(strong, "/new"), **{**CHOSEN, "reach": "live", "days": "30"})
    assert not ApiToken.objects.exists()


def test_a_token_for_live_applications_is_good_for_a_month_at_most() -> None:
    strong = Partner(two_factors=True)
    page = text(strong.post(_page(strong, "/new"), **{**CHOSEN, "reach": "live"}))
    assert "30 days at most" in page
    assert not ApiToken.objects.exists()


def test_the_other_owners_are_told_of_a_new_token(owner: Partner) -> None:
    other = Partner(of=owner.organisation)
    owner.post(_page(owner, "/new"), **CHOSEN)
    told = OutboundMessage.objects.filter(template="partners/api_tokens_changed")
    assert [one.account for one in told] == [other.account]
