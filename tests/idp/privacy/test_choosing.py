"""Changing what one shares by choice, as easily as it was given."""

import re
from typing import Any

import pytest

from accounts.models import Account, AuditEvent
from clients.models import ApplicationScope
from idp.models import Consent
from tests import factories
from tests.accounts.visitor import Visitor
from tests.protocol.partner import Partner, body, refused
from tests.protocol.resident import Response

pytestmark = pytest.mark.django_db

PATH = "/account/services/hub/choices"
SCOPES = ["openid", "profile", "email", "offline_access"]


@pytest.fixture
def amara() -> Account:
    return factories.account("amara@example.com", password=factories.PASSWORD)


@pytest.fixture
def visitor(amara: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(amara.sign_in_name)
    return visitor


@pytest.fixture
def hub() -> Partner:
    factories.signing_keys()
    partner = Partner.confidential(slug="hub", name="The Hub", scopes=SCOPES)
    optional = partner.application.scopes.filter(scope__in=["openid", "email", "offline_access"])
    optional.update(lawful_basis=ApplicationScope.LawfulBasis.CONSENT)
    return partner


@pytest.fixture
def tokens(amara: Account, hub: Partner) -> dict[str, Any]:
    """Return what The Hub holds of Amara, who shares everything with it."""
    return hub.tokens(account=amara, scopes=SCOPES)


def read(visitor: Visitor, path: str = PATH) -> str:
    response = visitor.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def send(visitor: Visitor, path: str, *chosen: str) -> Response:
    """Send the page in with these ticked."""
    proof = re.findall(r'name="shown" value="([^"]+)"', read(visitor, path))
    return visitor.client.post(path, {"choice": chosen, "shown": proof})


def save(visitor: Visitor, *chosen: str) -> None:
    response = send(visitor, PATH, *chosen)
    assert (response.status_code, response["Location"]) == (303, "/account/services/hub")


@pytest.mark.usefixtures("tokens")
def test_what_is_shared_by_choice_is_ticked_and_what_is_needed_is_not_there(
    visitor: Visitor,
) -> None:
    page = read(visitor)
    assert page.count('type="checkbox"') == page.count("checked") == 2
    assert 'value="openid"' not in page
    assert 'value="profile"' not in page
    assert f'href="{PATH}"' in read(visitor, "/account/services/hub")


def test_what_is_unticked_is_given_no_more_at_once(
    visitor: Visitor, hub: Partner, tokens: dict[str, Any]
) -> None:
    assert "email" in body(hub.userinfo(tokens["access_token"]))
    save(visitor, "offline_access")
    told = body(hub.userinfo(tokens["access_token"]))
    assert "email" not in told
    assert "name" in told
    consent = Consent.objects.get(superseded_at=None)
    assert (consent.declined_scopes, consent.declined_claims) == (
        ["email"],
        ["email", "email_verified"],
    )
    event = AuditEvent.objects.get(event="account:consent:changed")
    assert (event.object_id, event.actor_kind) == (str(consent.pk), "resident")


def test_it_is_given_again_once_it_is_ticked(
    visitor: Visitor, hub: Partner, tokens: dict[str, Any]
) -> None:
    save(visitor)
    save(visitor, "email", "offline_access")
    assert "email" in body(hub.userinfo(tokens["access_token"]))
    assert hub.refresh(tokens["refresh_token"]).status_code == 200


def test_without_its_scope_no_refresh_token_works(
    visitor: Visitor, hub: Partner, tokens: dict[str, Any]
) -> None:
    save(visitor, "email")
    assert refused(hub.refresh(tokens["refresh_token"]), "invalid_grant")
    assert hub.userinfo(tokens["access_token"]).status_code == 200


@pytest.mark.usefixtures("tokens")
def test_it_lasts_no_longer_for_being_changed(visitor: Visitor) -> None:
    before = Consent.objects.get().expires_at
    save(visitor)
    assert Consent.objects.get(superseded_at=None).expires_at == before


@pytest.mark.usefixtures("tokens")
def test_saving_what_is_there_already_is_no_fact(visitor: Visitor) -> None:
    save(visitor, "email", "offline_access")
    assert Consent.objects.count() == 1
    assert not AuditEvent.objects.filter(event="account:consent:changed").exists()


@pytest.mark.usefixtures("tokens")
def test_nothing_is_added_that_was_never_asked_for(visitor: Visitor, hub: Partner) -> None:
    ApplicationScope.objects.create(
        application=hub.application, scope="phone", lawful_basis="consent", purpose="To call"
    )
    assert 'value="phone"' not in read(visitor)
    save(visitor, "email", "phone", "profile", "nonsense")
    consent = Consent.objects.get(superseded_at=None)
    assert set(consent.scopes) == {"openid", "profile", "email"}


@pytest.mark.usefixtures("tokens")
def test_where_nothing_is_by_choice_there_is_no_page(visitor: Visitor) -> None:
    ApplicationScope.objects.update(lawful_basis=ApplicationScope.LawfulBasis.PUBLIC_TASK)
    assert visitor.get(PATH).status_code == 404
    assert visitor.client.post(PATH).status_code == 404
    assert PATH not in read(visitor, "/account/services/hub")


@pytest.mark.usefixtures("tokens")
def test_nobody_changes_anothers(hub: Partner) -> None:
    stranger = Visitor()
    assert stranger.get(PATH)["Location"].startswith("/sign-in?")
    stranger.submit(factories.account("ben@example.com", password=factories.PASSWORD).sign_in_name)
    assert stranger.client.post(PATH, {"choice": []}).status_code == 404
    assert "email" in Consent.objects.get(application=hub.application).scopes


@pytest.mark.usefixtures("tokens")
def test_of_a_private_service_it_is_changed_behind_a_fresh_sign_in(
    visitor: Visitor, hub: Partner
) -> None:
    hub.application.is_sensitive = True
    hub.application.save()
    private = "/account/private-services/hub/choices"
    assert visitor.get(PATH).status_code == 404
    assert f'href="{private}"' in read(visitor, "/account/private-services/hub")
    assert "govuk-exit-this-page" in read(visitor, private)
    response = send(visitor, private, "email")
    assert response["Location"] == "/account/private-services/hub"
    assert Consent.objects.get(superseded_at=None).declined_scopes == ["offline_access"]
