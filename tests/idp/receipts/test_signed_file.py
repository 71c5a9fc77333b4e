"""Receipts as signed files that another library checks, and the digests in them."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from accounts.audit.actor import resident
from accounts.models import Account, EmailAddress
from clients.models import Application
from idp.consent import digests
from idp.consent import operations as consents
from idp.oidc.authorize import verifier
from tests import factories
from tests.commands import run
from tests.idp.receipts.reading import agreement, read, signed
from tests.protocol.resident import Resident

pytestmark = pytest.mark.django_db


class TestFile:
    """The signed file."""

    def test_fits_the_schema_that_it_names(self, browser: Resident) -> None:
        claims = read(signed(browser))
        address = claims["receipt"]["schema_version"]
        assert address == f"{settings.ISSUER}/schemas/consent-receipt-1.json"
        answer = Client(headers={"host": "localhost"}).get("/schemas/consent-receipt-1.json")
        assert answer["Content-Type"] == "application/schema+json"
        schema = json.loads(answer.content)
        assert schema["$id"] == address
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(claims)

    def test_is_for_nobody_who_takes_tokens(self, browser: Resident) -> None:
        claims = read(signed(browser))
        assert (claims["iss"], claims["aud"]) == (settings.ISSUER, f"{settings.ISSUER}/receipts")
        assert not {"sub", "exp", "nonce", "client_id", "scope", "events"} & claims.keys()

    def test_is_kept_as_a_file_that_names_no_service(self, browser: Resident) -> None:
        answer = signed(browser)
        assert answer["Content-Type"] == "application/consent-receipt+jwt"
        name = f'attachment; filename="receipt-{agreement().pk}.jwt"'
        assert answer["Content-Disposition"] == name
        assert "no-store" in answer["Cache-Control"]

    def test_says_what_the_agreement_says(self, browser: Resident, hub: Application) -> None:
        told = read(signed(browser))["receipt"]
        assert told["record_id"] == str(agreement().pk)
        parties = {one["party_role"]: one["party_name"] for one in told["party_identification"]}
        assert parties == {"controller": "Riverside Trust", "service": "The Hub"}
        assert told["event"]["event_type"] == "agreed"
        at = datetime.fromisoformat(told["event"]["event_time"])
        assert at == agreement().granted_at.replace(microsecond=0)
        (part,) = (part for part in told["pii_processing"] if part["scope"] == "email")
        assert (part["terms_version"], part["decision"]) == (2, "shared")
        assert (part["purpose"], part["lawful_basis"]) == ("To find your account", "public_task")
        assert (part["retention_period"], part["notice_version"]) == ("A year", "7")
        assert part["privacy_notice"] == "https://hub.example.org/n"
        del hub

    def test_names_the_resident_as_the_service_knows_them(self, browser: Resident) -> None:
        told = read(signed(browser))["receipt"]
        assert told["pii_principal_id"] == agreement().account.subjects.get().subject

    def test_that_was_changed_fits_no_signature(self, browser: Resident) -> None:
        answer = signed(browser)
        head, body, signature = answer.content.decode().split(".")
        answer.content = ".".join([head, body[:-4] + "AAAA", signature]).encode()
        with pytest.raises(Exception, match=r"bad_signature|Invalid"):
            read(answer)


class TestDigests:
    """What stands for the values that were shown."""

    def test_prove_the_value_that_was_shown_and_no_other(
        self, browser: Resident, amara: Account, hub: Application
    ) -> None:
        (part,) = (
            part
            for part in read(signed(browser))["receipt"]["pii_processing"]
            if part["scope"] == "email"
        )
        known = {one["pii_type"]: one["value_digest"] for one in part["pii_information"]}
        assert known == agreement().value_digests
        digest = known["email"]
        assert digests.is_of(digest, amara, hub, claim="email", value="amara@example.com")
        assert not digests.is_of(digest, amara, hub, claim="email", value="ben@example.com")
        assert not digests.is_of(digest, amara, hub, claim="name", value="amara@example.com")

    def test_link_neither_people_nor_services(self, amara: Account, hub: Application) -> None:
        other, another = factories.account(), factories.application()
        made = {
            digests.of(who, where, {"email_verified": True})["email_verified"]
            for who in (amara, other)
            for where in (hub, another)
        }
        assert len(made) == 4

    def test_need_our_key(
        self, amara: Account, hub: Application, settings: pytest.FixtureRequest
    ) -> None:
        before = digests.of(amara, hub, {"name": "Amara"})
        settings.HASH_KEYS = {"k1": "another key"}  # type: ignore[attr-defined]
        assert digests.of(amara, hub, {"name": "Amara"}) != before

    def test_are_of_what_was_on_the_page_though_it_changed_at_that_very_moment(
        self,
        browser: Resident,
        amara: Account,
        hub: Application,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        asking = browser.ask(hub, scope="openid email", prompt="consent")
        fits = verifier.fits

        def changed_meanwhile(*asked: Any, **more: Any) -> bool:
            found = fits(*asked, **more)
            EmailAddress.objects.filter(account=amara).update(address="new@example.com")
            return found

        monkeypatch.setattr(verifier, "fits", changed_meanwhile)
        browser.press(asking, "share")
        digest = agreement().value_digests["email"]
        assert digests.is_of(digest, amara, hub, claim="email", value="amara@example.com")

    def test_are_of_the_address_that_was_chosen(
        self, browser: Resident, amara: Account, hub: Application
    ) -> None:
        other = factories.email_address(amara, "work@example.com", is_primary=False)
        asking = browser.ask(hub, scope="openid email", prompt="consent")
        browser.press(asking, "share", email=str(other.pk))
        digest = agreement().value_digests["email"]
        assert digests.is_of(digest, amara, hub, claim="email", value="work@example.com")

    def test_stay_for_what_was_not_shown_again(self, browser: Resident, hub: Application) -> None:
        before = agreement().value_digests["email"]
        browser.press(browser.ask(hub, scope="openid", prompt="consent"), "share")
        assert agreement().value_digests["email"] == before

    def test_go_with_the_address_that_is_shared_no_more(
        self, browser: Resident, amara: Account, hub: Application
    ) -> None:
        del browser
        other = factories.email_address(amara, "work@example.com", is_primary=False)
        consents.share_address(account=amara, application=hub, email=other.pk, by=resident(amara))
        assert agreement().value_digests == {}


def test_a_new_signing_key_signs_the_next_copy(browser: Resident) -> None:
    run("keys", "rotate")
    assert read(signed(browser))["receipt"]["record_id"] == str(agreement().pk)
