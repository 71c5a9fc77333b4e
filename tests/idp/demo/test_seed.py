"""Seeding the demonstration, from whatever state its rows and its file are in."""

import json
import stat
from itertools import product
from pathlib import Path
from typing import Any

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.mfa.apps import operations as apps
from accounts.mfa.code_sheets import operations as code_sheets
from accounts.models import Account, AuditEvent, Authenticator, EmailAddress, OutboundMessage
from accounts.passwords import operations as passwords
from accounts.security import encryption, keyed_hash
from clients.applications.queries import live_secrets
from clients.models import Application, ClientSecret, Organisation, TestResident
from idp.keys.material import Algorithm
from idp.models import EventStream, SigningKey
from tests import factories

pytestmark = pytest.mark.django_db

COUNCIL_TAX, HUB = "http://127.0.0.1:8001", "http://127.0.0.1:8002"
HOUSING = "http://127.0.0.1:8003"


@pytest.fixture(autouse=True)
def _allowed(settings: Settings) -> None:
    """Let the provider tell its services, as the demonstration does."""
    settings.OUTGOING_ALLOW = [f"127.0.0.1:{port}" for port in (8001, 8002, 8003, 9001, 9002)]


@pytest.fixture(autouse=True)
def _keys() -> None:
    """Have keys from the start: a new RSA key takes a while."""
    factories.signing_keys()


def seed(folder: Path, council_tax: str = COUNCIL_TAX, hub: str = HUB) -> dict[str, Any]:
    urls = {"council_tax_url": council_tax, "hub_url": hub, "housing_url": HOUSING}
    call_command("demo", data=str(folder), **urls)
    written: dict[str, Any] = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    return written


def fits(written: dict[str, Any]) -> bool:
    """Whether everybody can sign in and every service can authenticate, as the file says."""
    return all(_can_sign_in(person) for person in written["people"]) and all(
        _can_authenticate(application) for application in written["applications"]
    )


def _can_sign_in(person: dict[str, str]) -> bool:
    account = Account.objects.get_by_natural_key(person["email"])
    return account.full_name == person["name"] and passwords.check(account, person["password"])


def _can_authenticate(written: dict[str, str]) -> bool:
    application = Application.objects.get(client_id=written["client_id"])
    hashes = live_secrets(application, now=timezone.now()).values_list("secret_hash", flat=True)
    secret = written["client_secret"]
    return any(keyed_hash.matches("client_secret", secret, stored) for stored in hashes)


def test_the_file_has_exactly_what_services_and_scripts_read(tmp_path: Path) -> None:
    written = seed(tmp_path)
    assert list(written) == [
        *("issuer", "services", "people", "applications", "test_residents", "outbox")
    ]
    assert written["issuer"] == "http://localhost:8000"
    assert written["outbox"] == "http://localhost:8000/outbox"
    assert written["services"] == [
        {"key": "council-tax", "name": "Council Tax", "url": COUNCIL_TAX},
        {"key": "community-hub", "name": "Riverside Community Hub", "url": HUB},
        {"key": "housing-benefit", "name": "Housing Benefit", "url": HOUSING},
    ]
    council_tax, hub, _ = written["applications"]
    assert council_tax["redirect_uris"] == [f"{COUNCIL_TAX}/callback"]
    assert hub["post_logout_redirect_uris"] == [f"{HUB}/signed-out"]
    plain = ["email", "password", "name"]
    assert [list(person) for person in written["people"]] == [
        *(plain, plain, plain),
        [*plain, "app_secret"],
        [*plain, "sheet", "sheet_codes"],
    ]
    assert fits(written)


def test_only_this_user_can_read_the_file(tmp_path: Path) -> None:
    seed(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new" / "demo.json").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["demo.json"]


def test_the_rows_are_those_of_live_services_of_two_organisations(tmp_path: Path) -> None:
    SigningKey.objects.all().delete()
    seed(tmp_path)
    assert set(Organisation.objects.values_list("name", "is_council")) == {
        ("Example Borough Council", True),
        ("Riverside Community Hub", False),
    }
    for application in Application.objects.all():
        assert application.environment == "live"
        assert application.other_way
        assert application.scopes.filter(scope="openid").exists()
    assert set(SigningKey.objects.values_list("algorithm", "state")) == set(
        product(Algorithm, ("active", "next"))
    )


def test_two_of_the_people_share_a_mailbox(tmp_path: Path) -> None:
    seed(tmp_path)
    real = EmailAddress.objects.filter(account__is_test=False)
    keys = list(real.values_list("address_key", flat=True))
    assert (len(keys), len(set(keys))) == (5, 4)


def test_passwords_are_new_for_every_database(tmp_path: Path) -> None:
    first = seed(tmp_path / "a")
    Account.objects.filter(is_test=False).delete()
    second = seed(tmp_path / "b")
    ours = {person["password"] for written in (first, second) for person in written["people"]}
    assert len(ours) == 10


def test_a_service_that_asks_for_more_than_a_password_is_among_them(tmp_path: Path) -> None:
    seed(tmp_path)
    levels = dict(Application.objects.values_list("slug", "minimum_level"))
    assert levels == {"council-tax": 1, "community-hub": 1, "housing-benefit": 2}


def test_the_second_ways_work_as_the_file_says(tmp_path: Path) -> None:
    *_, priya, george = seed(tmp_path)["people"]
    app_owner = Account.objects.get_by_natural_key(priya["email"])
    assert apps.check(app_owner, pyotp.TOTP(priya["app_secret"]).now()) is not None
    sheet_owner = Account.objects.get_by_natural_key(george["email"])
    first, second = (code.replace(" ", "") for code in george["sheet_codes"][:2])
    assert code_sheets.check(sheet_owner, second) is None
    assert code_sheets.check(sheet_owner, first) is not None
    assert len(george["sheet_codes"]) == 60


def test_nobody_is_told_of_the_second_ways_by_mail(tmp_path: Path) -> None:
    seed(tmp_path)
    assert not OutboundMessage.objects.filter(template="security_notice").exists()


def test_a_second_way_that_was_removed_comes_back(tmp_path: Path) -> None:
    seed(tmp_path)
    real = Authenticator.objects.filter(account__is_test=False)
    real.all().delete()
    seed(tmp_path)
    assert sorted(real.values_list("kind", flat=True)) == ["app", "code_sheet"]


def test_it_tells_whom_to_try_sandbox_applications_with(tmp_path: Path) -> None:
    for made_up in seed(tmp_path)["test_residents"]:
        account = Account.objects.get_by_natural_key(made_up["sign_in_name"])
        assert account.is_known_to(Organisation.objects.get(is_council=True).pk)
        assert passwords.check(account, made_up["password"])
        assert apps.check(account, pyotp.TOTP(made_up["app_secret"]).now()) is not None


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    first = seed(tmp_path)
    events = AuditEvent.objects.count()
    assert seed(tmp_path) == first
    assert AuditEvent.objects.count() == events


def test_other_ports_move_the_services_and_keep_their_credentials(tmp_path: Path) -> None:
    first = seed(tmp_path)
    moved = seed(tmp_path, "http://127.0.0.1:9001", "http://127.0.0.1:9002/")
    assert moved["services"][1]["url"] == "http://127.0.0.1:9002"
    for before, after in zip(first["applications"], moved["applications"], strict=True):
        assert after["client_id"] == before["client_id"]
        assert after["client_secret"] == before["client_secret"]
    hub = Application.objects.get(slug="community-hub")
    assert hub.redirect_uris == "http://127.0.0.1:9002/callback"
    assert hub.home_url == "http://127.0.0.1:9002/"
    assert moved["people"] == first["people"]


def test_a_lost_file_gets_new_credentials_for_the_old_rows(tmp_path: Path) -> None:
    first = seed(tmp_path)
    (tmp_path / "demo.json").unlink()
    second = seed(tmp_path)
    assert fits(second)
    assert not fits(first)
    assert [row["client_id"] for row in second["applications"]] == [
        row["client_id"] for row in first["applications"]
    ]
    # What the lost file held is good no more.
    assert ClientSecret.objects.filter(revoked_at=None).count() == 3


def test_an_empty_database_gets_new_rows_for_the_old_file(tmp_path: Path) -> None:
    first = seed(tmp_path)
    Account.objects.filter(is_test=False).delete()
    Application.objects.all().delete()
    TestResident.objects.all().delete()
    Organisation.objects.all().delete()
    second = seed(tmp_path)
    assert fits(second)
    assert second["applications"][0]["client_id"] != first["applications"][0]["client_id"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "7", '{"people": 7, "applications": [7, {"client_id": []}]}', "\ud800"],
)
def test_a_broken_file_is_made_anew(tmp_path: Path, content: str) -> None:
    seed(tmp_path)
    (tmp_path / "demo.json").write_bytes(content.encode(errors="surrogatepass"))
    assert fits(seed(tmp_path))


def test_a_password_changed_meanwhile_is_replaced_by_one_that_the_file_tells(
    tmp_path: Path,
) -> None:
    seed(tmp_path)
    account = Account.objects.get_by_natural_key("joan.whitfield")
    account.password = passwords.hashed("chosen by somebody at the library")
    account.save()
    assert fits(seed(tmp_path))


def test_nothing_is_seeded_where_residents_may_be(tmp_path: Path, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="BOROUGH_DEMO"):
        seed(tmp_path)
    assert not Account.objects.exists()
    assert not (tmp_path / "demo.json").exists()


def test_an_unfit_address_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="must start with https://"):
        seed(tmp_path, hub="javascript:alert(1)")


def test_services_are_told_what_happens_by_a_stream_with_the_token_of_the_file(
    tmp_path: Path,
) -> None:
    tokens = {row["key"]: row["events_token"] for row in seed(tmp_path)["applications"]}
    assert tokens["housing-benefit"] == ""
    stream = EventStream.objects.get(application__slug="council-tax")
    assert stream.endpoint_url == f"{COUNCIL_TAX}/events"
    header = encryption.decrypt(stream.authorization_header).decode()
    assert header == f"Bearer {tokens['council-tax']}"
    assert len(tokens["council-tax"]) > 20
    assert EventStream.objects.count() == 2
