"""Made-up people and real ones never meet: each entry, in both directions.

The browser here holds both sessions at once, as that of a developer who tries a service does.
"""

import pytest
from django.conf import settings

from accounts.models import AuditEvent, Session
from idp.models import AuthorizationRequest
from tests import factories
from tests.accounts.visitor import statements
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, parameters, path, sent
from tests.protocol.sandbox.cast import SHARING, SIGN_IN, Cast, settled


class TestAuthorize:
    def test_a_real_session_is_as_good_as_none_at_a_sandbox_application(
        self, cast: Cast, ann: Resident
    ) -> None:
        settled(cast.ann, cast.sandbox)
        page = ann.ask(cast.sandbox)
        assert path(page) == SIGN_IN
        assert cast.ann.sign_in_name not in page.content.decode()

    def test_a_test_residents_session_is_as_good_as_none_at_a_live_one(
        self, cast: Cast, maya: Resident
    ) -> None:
        settled(cast.maya, cast.live)
        page = maya.ask(cast.live)
        assert path(page) == SIGN_IN
        assert cast.maya.sign_in_name not in page.content.decode()

    def test_nor_is_it_known_to_another_organisation(self, cast: Cast) -> None:
        browser = Resident()
        browser.sign_in(cast.stranger)
        settled(cast.stranger, cast.sandbox)
        assert path(browser.ask(cast.sandbox)) == SIGN_IN

    def test_each_is_let_in_where_they_belong_beside_the_other(
        self, cast: Cast, ann: Resident
    ) -> None:
        ann.sign_in(cast.maya)
        for person, application in ((cast.ann, cast.live), (cast.maya, cast.sandbox)):
            settled(person, application)
            assert "code" in sent(ann.ask(application))
            assert AuditEvent.objects.latest("at").account_id == person.pk

    @pytest.mark.parametrize("who", ["ann", "stranger"])
    def test_prompt_none_finds_nobody(self, cast: Cast, who: str) -> None:
        browser, person = Resident(), getattr(cast, who)
        browser.sign_in(person)
        settled(person, cast.sandbox)
        assert sent(browser.ask(cast.sandbox, prompt="none"))["error"] == "login_required"

    def test_prompt_none_finds_no_test_resident_at_a_live_one(
        self, cast: Cast, maya: Resident
    ) -> None:
        settled(cast.maya, cast.live)
        assert sent(maya.ask(cast.live, prompt="none"))["error"] == "login_required"

    def test_prompt_create_makes_no_account(self, cast: Cast) -> None:
        assert path(Resident().ask(cast.sandbox, prompt="create")) == SIGN_IN

    def test_a_pushed_request_is_no_way_round(self, cast: Cast, ann: Resident) -> None:
        settled(cast.ann, cast.sandbox)
        partner = Partner(cast.sandbox, factories.client_secret(cast.sandbox))
        uri = body(partner.post("/par", parameters(cast.sandbox)))["request_uri"]
        query = f"client_id={cast.sandbox.client_id}&request_uri={uri}"
        assert path(ann.get(f"/authorize?{query}")) == SIGN_IN

    def test_nor_is_going_on_by_the_address(self, cast: Cast, ann: Resident) -> None:
        settled(cast.ann, cast.sandbox)
        ann.ask(cast.sandbox)
        row = AuthorizationRequest.objects.get()
        for page in ("continue", "account", "give-up"):
            assert path(ann.get(f"/authorize/{page}?request={row.pk}")) == SIGN_IN


class TestCookies:
    """A session opens nothing under the other's cookie."""

    def test_a_test_residents_session_reaches_no_account_page(self, maya: Resident) -> None:
        stolen = maya.client.cookies[settings.MADE_UP_COOKIE_NAME].value
        for page in ("/account", "/account/services", "/account/close", "/device"):
            assert path(maya.get(page)) != page
            maya.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = stolen
            assert path(maya.get(page)) != page
            del maya.client.cookies[settings.SIGNED_IN_COOKIE_NAME]

    def test_a_real_session_opens_nothing_as_a_test_residents(
        self, cast: Cast, ann: Resident
    ) -> None:
        settled(cast.ann, cast.sandbox)
        cookie = ann.client.cookies[settings.SIGNED_IN_COOKIE_NAME].value
        ann.client.cookies[settings.MADE_UP_COOKIE_NAME] = cookie
        assert path(ann.ask(cast.sandbox)) == SIGN_IN

    def test_signing_in_as_a_test_resident_leaves_the_developer_signed_in(
        self, cast: Cast, ann: Resident
    ) -> None:
        before = ann.client.cookies[settings.SIGNED_IN_COOKIE_NAME].value
        page = ann.password(ann.ask(cast.sandbox), cast.maya)
        assert path(page) == SHARING
        assert cast.maya.sign_in_name in page.content.decode()
        assert ann.client.cookies[settings.SIGNED_IN_COOKIE_NAME].value == before
        assert path(ann.get("/account")) == "/account"
        assert Session.objects.get(account=cast.ann).ended_at is None

    def test_no_page_asks_for_a_test_residents_session_but_those_it_is_for(
        self, cast: Cast, ann: Resident
    ) -> None:
        ann.get("/help/contact")
        with statements() as without:
            ann.get("/help/contact")
        ann.sign_in(cast.maya)
        with statements() as beside:
            ann.get("/help/contact")
        assert beside == without
