"""Receipts as pages to keep or print: the list, and each one."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.audit.actor import resident
from accounts.models import Account
from clients.models import Application
from idp.consent import operations as consents
from idp.hiding import operations as hiding
from idp.models import Consent
from tests import factories
from tests.idp.receipts.reading import LIST, PRIVATE, agreement, read, signed, tell
from tests.protocol.resident import Resident, heading, main_text
from tests.protocol.test_statement_counts import statements

pytestmark = pytest.mark.django_db


class TestPages:
    """The list, and each receipt."""

    def test_say_who_when_what_for_and_on_which_terms(self, browser: Resident) -> None:
        page = browser.get(f"{LIST}/{agreement().pk}")
        assert heading(page) == "Receipt for what you share with The Hub"
        for part in (
            "Riverside Trust",
            "Email address",
            "What for: To find your account",
            "Riverside Trust needs it for work the law gives it.",
            "What is kept, and for how long: A year",
            "Privacy notice, version 7: https://hub.example.org/n",
            str(agreement().pk),
            "Valid until",
        ):
            assert part in main_text(page)

    def test_hold_no_value(self, browser: Resident) -> None:
        assert "amara@" not in main_text(browser.get(f"{LIST}/{agreement().pk}"))
        assert "amara@" not in json.dumps(read(signed(browser)))

    def test_go_on_saying_what_was_read_then(self, browser: Resident, hub: Application) -> None:
        first = agreement().pk
        tell(hub, purpose="To send you news")
        hub.name = "The New Hub"
        hub.save()
        browser.press(browser.ask(hub, scope="openid email"), "share")
        text = main_text(browser.get(f"{LIST}/{first}"))
        assert "What for: To find your account" in text
        assert "The Hub" in text
        assert "Replaced by a newer one on" in text
        second = main_text(browser.get(f"{LIST}/{agreement().pk}"))
        assert "What for: To send you news" in second
        assert "The New Hub" in second
        links = browser.get(LIST).content.decode().count(f'href="{LIST}/')
        assert links == 2

    def test_stay_when_sharing_was_stopped(
        self, browser: Resident, amara: Account, hub: Application
    ) -> None:
        consents.withdraw(account=amara, application=hub, by=resident(amara))
        assert "Stopped by you on" in main_text(browser.get(LIST))
        assert "Stopped by you on" in main_text(browser.get(f"{LIST}/{agreement().pk}"))
        assert read(signed(browser))["receipt"]["event"]["event_state"] == "withdrawn"

    @pytest.mark.parametrize("column", ["superseded_at", "withdrawn_at"])
    def test_say_of_one_that_ran_out_that_it_ended_whatever_came_later(
        self, browser: Resident, column: str
    ) -> None:
        now = timezone.now()
        day = now - timedelta(days=60)
        Consent.objects.update(**{"expires_at": day, column: now})
        text = main_text(browser.get(f"{LIST}/{agreement().pk}"))
        assert f"Ended on {date_format(localtime(day), 'j F Y')}" in text
        event = read(signed(browser))["receipt"]["event"]
        assert event["event_state"] == "expired"

    def test_say_of_what_was_told_that_nobody_agreed(self, browser: Resident) -> None:
        Consent.objects.update(kind=Consent.Kind.TOLD)
        text = main_text(browser.get(f"{LIST}/{agreement().pk}"))
        assert "We told you on" in text
        assert "agreed" not in text

    def test_name_what_was_kept_back(self, browser: Resident, hub: Application) -> None:
        tell(hub, lawful_basis="consent")
        browser.press(browser.ask(hub, scope="openid email", prompt="consent"), "share", choice="")
        text = main_text(browser.get(f"{LIST}/{agreement().pk}"))
        assert "Your email address" in text.partition("What you kept to yourself")[2]
        told = {part["scope"]: part for part in read(signed(browser))["receipt"]["pii_processing"]}
        assert told["email"]["decision"] == "kept_back"
        assert [one["value_digest"] for one in told["email"]["pii_information"]] == [None, None]

    @pytest.mark.parametrize("part", ["", "/given"])
    def test_are_reached_from_the_service_and_from_what_it_was_given(
        self, browser: Resident, part: str
    ) -> None:
        page = browser.get(f"/account/services/hub{part}")
        assert f'href="{LIST}"' in page.content.decode()

    def test_are_reached_from_a_service_that_gets_nothing_any_more(
        self, browser: Resident, amara: Account, hub: Application
    ) -> None:
        consents.withdraw(account=amara, application=hub, by=resident(amara))
        page = browser.get("/account/services/hub")
        assert f'href="{LIST}"' in page.content.decode()

    def test_of_a_hidden_service_are_reached_in_its_own_place(
        self, browser: Resident, amara: Account, hub: Application
    ) -> None:
        hiding.hide(account=amara, application=hub, by=resident(amara))
        html = browser.get("/account/private-services/hub").content.decode()
        assert f'href="{PRIVATE}"' in html
        assert f'href="{LIST}"' not in html

    def test_show_texts_as_text(self, browser: Resident) -> None:
        Consent.objects.update(application_name="<b>Hub</b>", organisation_name="<i>R</i>")
        html = browser.get(f"{LIST}/{agreement().pk}").content.decode()
        assert "<b>Hub" not in html
        assert "<i>R" not in html

    def test_come_twenty_at_a_time(self, browser: Resident, amara: Account) -> None:
        hub = Application.objects.get(slug="hub")
        for _number in range(20):
            now = agreement().granted_at
            factories.consent(amara, hub, superseded_at=now, scopes=["openid"])
        page = browser.get(LIST).content.decode()
        assert page.count(f'href="{LIST}/') == 20
        (older,) = {part for part in page.split('"') if part.startswith("?before=")}
        rest = browser.get(f"{LIST}{older}").content.decode()
        assert rest.count(f'href="{LIST}/') == 1

    @pytest.mark.parametrize("before", ["", "x", "\x00", str(uuid4()), "é" * 3000])
    def test_ignore_a_start_that_is_none(self, browser: Resident, before: str) -> None:
        page = browser.client.get(LIST, {"before": before})
        assert page.status_code == 200
        assert "Receipt:" in main_text(page)

    @pytest.mark.parametrize("part", ["", "/{number}", "/{number}/file"])
    def test_take_ten_statements_at_most(self, browser: Resident, part: str) -> None:
        address = LIST + part.format(number=agreement().pk)
        browser.get(address)
        assert statements(lambda: browser.get(address)) <= 10
