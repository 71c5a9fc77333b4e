"""Settings that are refused, each beside settings that are not."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from idp.checks import refuse_unsafe_settings
from idp.checks.registry import borough_rules

KEY = "bXVzdCBiZSAzMiBieXRlcyBsb25nLCBsaWtlIHRoaXM="
THIRD = "YSB0aGlyZCBvbmUgb2YgMzIgYnl0ZXMsIG15IGRlYXI="
ANOTHER = "YW5vdGhlciBvbmUgb2YgMzIgYnl0ZXMgaXMgaGVyZSE="
PRODUCTION: dict[str, Any] = {
    "ISSUER": "https://login.borough.gov.uk",
    "PASSKEY_DOMAIN": "login.borough.gov.uk",
    "DEMO": False,
    "DEBUG": False,
    "ALLOWED_HOSTS": ["login.borough.gov.uk"],
    "TRUSTED_PROXIES": ["127.0.0.1"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "LIMITS_ENABLED": True,
    "SECRET_KEY": "Zq3-9fKx_Lw2vT7bYpRn0Hs8Ej5mUc1AdGiXoWl4Bz6k",
    "HASH_KEYS": {"k1": KEY},
    "FIELD_ENCRYPTION_KEYS": {"f1": ANOTHER},
    "AUDIT_KEYS": {"a1": THIRD},
    "AUDIT_COPY": "/mnt/audit/seals",
    "COUNCIL_NAME": "Borough Council",
    "COUNCIL_PHONE": "020 8726 6000",
    "COUNCIL_HOURS": "Monday to Friday",
    "COUNCIL_EMAIL": "help@borough.gov.uk",
    "COUNCIL_ADDRESS": "1 Mint Walk",
    "COUNCIL_WEBSITE": "https://www.borough.gov.uk",
    "ACCESSIBILITY_CONTACT": "access@borough.gov.uk",
    "DATA_PROTECTION_CONTACT": "dpo@borough.gov.uk",
    "DEFAULT_FROM_EMAIL": "Borough Login <login@borough.gov.uk>",
    "ARGON2_MEMORY_KIB": 19456,
    "ARGON2_TIME_COST": 2,
    "PASSWORD_MINIMUM_LENGTH": 12,
}
HERE: dict[str, Any] = {
    "ISSUER": "http://localhost:8000",
    "PASSKEY_DOMAIN": "localhost",
    "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
    "TRUSTED_PROXIES": [],
    "DEMO": True,
}
OUTBOX = "idp.demo.mail_backend.OutboxBackend"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        django_settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql"
    )


@pytest.fixture
def _one_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        django_settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3"
    )


def found(settings: Settings, changes: dict[str, Any]) -> list[str | None]:
    for name, value in {**PRODUCTION, **changes}.items():
        setattr(settings, name, value)
    return [message.id for message in borough_rules()]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"ISSUER": "https://login.borough.gov.uk:8443"},
        {"TRUSTED_PROXIES": ["10.1.2.0/24", "2001:db8::7", "192.0.2.1"]},
        {"TRUSTED_PROXIES": ["none"]},
        {"MTLS_ADDRESS": "https://mtls.borough.gov.uk:8443"},
        {"HASH_KEYS": {"k2": KEY, "k1": KEY[::-1]}},
        {"CODE_LIFETIME": timedelta(seconds=60)},
        {"ARGON2_MEMORY_KIB": 47_104, "ARGON2_TIME_COST": 1},
        {"ARGON2_MEMORY_KIB": 7_168, "ARGON2_TIME_COST": 5},
        {"PASSWORD_MINIMUM_LENGTH": 16},
        {"EXIT_URL": "https://www.borough.gov.uk/bins"},
        {"ADDRESS_LOOKUP": "tests.accounts.profile.postal.lookups.Odd"},
        {"SESSION_IDLE": timedelta(hours=1), "SESSION_ABSOLUTE": timedelta(hours=1)},
    ],
)
def test_safe_settings_of_a_real_council_pass(settings: Settings, changes: dict[str, Any]) -> None:
    assert found(settings, changes) == []


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"ISSUER": "http://127.0.0.1:8000", "PASSKEY_DOMAIN": "127.0.0.1"},
        {"DEMO": False},
        {"EMAIL_BACKEND": OUTBOX},
        {"EMAIL_BACKEND": LOCMEM, "DEMO": False},
        {"LIMITS_ENABLED": False},
        {"COUNCIL_PHONE": "020 7946 0000", "COUNCIL_EMAIL": "help@example.org"},
        {"DEFAULT_FROM_EMAIL": "no-reply@example.org"},
        {"HASH_KEYS": {"k1": KEY}, "FIELD_ENCRYPTION_KEYS": {"f1": KEY}},
        {"SECRET_KEY": "only for tests, and long enough that nobody complains"},
        {"ARGON2_MEMORY_KIB": 8, "ARGON2_TIME_COST": 1},
        {"PASSWORD_MINIMUM_LENGTH": 8},
    ],
)
def test_what_is_unfit_for_residents_passes_on_this_machine(
    settings: Settings, changes: dict[str, Any]
) -> None:
    assert found(settings, {**HERE, **changes}) == []


@pytest.mark.parametrize(
    "changes, problem",
    [
        ({"ISSUER": "http://login.borough.gov.uk"}, "E002"),
        ({"DEMO": True}, "E003"),
        ({"ALLOWED_HOSTS": ["*"]}, "E004"),
        ({"ALLOWED_HOSTS": ["localhost", ".borough.gov.uk"]}, "E004"),
        ({"EMAIL_BACKEND": LOCMEM}, "E006"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "E006"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "E006"),
        ({"LIMITS_ENABLED": False}, "E007"),
        ({"DEBUG": True}, "E008"),
        ({"TRUSTED_PROXIES": []}, "E009"),
        ({"FIELD_ENCRYPTION_KEYS": {"f1": KEY}}, "E013"),
        ({"HASH_KEYS": {"k2": KEY, "k1": KEY}}, "E013"),
        ({"AUDIT_KEYS": {"a1": KEY}}, "E013"),
        ({"AUDIT_KEYS": {}}, "E015"),
        ({"SECRET_KEY": "only for tests, and long enough that nobody complains"}, "E014"),
        ({"SECRET_KEY": "change-me-9fKxLw2vT7bYpRn0Hs8Ej5mUc1AdGiXoWl"}, "E014"),
        ({"HASH_KEYS": {"k1": "dev-" + KEY}}, "E014"),
        ({"COUNCIL_NAME": "Example Borough Council"}, "E020"),
        ({"COUNCIL_PHONE": "020 7946 0018"}, "E020"),
        ({"COUNCIL_HOURS": " "}, "E020"),
        ({"COUNCIL_EMAIL": "help@example.org"}, "E020"),
        ({"COUNCIL_ADDRESS": "Town Hall, 1 High Street, Example"}, "E020"),
        ({"COUNCIL_WEBSITE": "https://www.example.org"}, "E020"),
        ({"ACCESSIBILITY_CONTACT": "accessibility@example.org"}, "E020"),
        ({"DATA_PROTECTION_CONTACT": "dpo@borough.test"}, "E020"),
        ({"DEFAULT_FROM_EMAIL": "Borough Login <no-reply@example.org>"}, "E022"),
        ({"ARGON2_MEMORY_KIB": 19455}, "E040"),
        ({"ARGON2_MEMORY_KIB": 19456, "ARGON2_TIME_COST": 1}, "E040"),
        ({"ARGON2_MEMORY_KIB": 7167, "ARGON2_TIME_COST": 50}, "E040"),
        ({"PASSWORD_MINIMUM_LENGTH": 11}, "E041"),
    ],
)
def test_what_must_stay_on_one_machine_is_refused_elsewhere(
    settings: Settings, changes: dict[str, Any], problem: str
) -> None:
    assert found(settings, changes) == [f"borough.{problem}"]


@pytest.mark.parametrize(
    "changes, problem",
    [
        ({"ISSUER": "https://localhost/login"}, "E001"),
        ({"EXIT_URL": "javascript:1"}, "E023"),
        ({"EXIT_URL": "https://"}, "E023"),
        ({"LANGUAGES": [("en", "English")]}, "E024"),
        ({"ADDRESS_LOOKUP": "nobody.Wrote"}, "E025"),
        ({"ISSUER": "https://localhost/"}, "E001"),
        ({"ISSUER": "https://localhost?a=b"}, "E001"),
        ({"ISSUER": "https://localhost#here"}, "E001"),
        ({"ISSUER": "https://me@localhost"}, "E001"),
        ({"ISSUER": "https://LOCALHOST"}, "E001"),
        ({"ISSUER": "https://localhost:port"}, "E001"),
        ({"ISSUER": "https://localhost:0"}, "E001"),
        ({"ISSUER": "ftp://localhost"}, "E001"),
        ({"EMAIL_BACKEND": OUTBOX, "DEMO": False}, "E005"),
        ({"SECRET_KEY": "short-9fKxLw2vT7"}, "E010"),
        ({"SECRET_KEY": "abababab" * 10}, "E010"),
        ({"HASH_KEYS": {"k2": KEY, "k1": KEY[:31]}}, "E011"),
        ({"HASH_KEYS": {"k1": "0" * 64}}, "E011"),
        ({"FIELD_ENCRYPTION_KEYS": {"f1": KEY[:40]}}, "E012"),
        ({"AUDIT_KEYS": {"a1": KEY[:40]}}, "E016"),
        ({"AUDIT_KEYS": {"a1": "no base64, but of some length äöü"}}, "E016"),
        ({"FIELD_ENCRYPTION_KEYS": {"f1": "no base64, but of some length äöü"}}, "E012"),
        ({"COUNCIL_EMAIL": "020 8726 6000"}, "E021"),
        ({"TRUSTED_PROXIES": ["127.0.0.1"], "MTLS_ADDRESS": "http://mtls.borough.gov.uk"}, "E051"),
        (
            {"TRUSTED_PROXIES": ["127.0.0.1"], "MTLS_ADDRESS": "https://mtls.borough.gov.uk/path"},
            "E051",
        ),
        (
            {"TRUSTED_PROXIES": ["127.0.0.1"], "MTLS_ADDRESS": "https://a@mtls.borough.gov.uk"},
            "E051",
        ),
        ({"TRUSTED_PROXIES": ["127.0.0.1"], "MTLS_ADDRESS": "https://localhost"}, "E051"),
        ({"TRUSTED_PROXIES": ["127.0.0.1"], "MTLS_ADDRESS": "https://localhost:8443"}, "E051"),
        ({"MTLS_ADDRESS": "https://mtls.borough.gov.uk", "TRUSTED_PROXIES": ["none"]}, "E052"),
        ({"TRUSTED_PROXIES": ["*"]}, "E050"),
        ({"TRUSTED_PROXIES": ["0.0.0.0/0"]}, "E050"),
        ({"TRUSTED_PROXIES": ["::/0"]}, "E050"),
        ({"TRUSTED_PROXIES": ["10.1.2.3/24"]}, "E050"),
        ({"TRUSTED_PROXIES": ["proxy"]}, "E050"),
        ({"TRUSTED_PROXIES": ["127.0.0.1", "none"]}, "E050"),
        ({"CODE_LIFETIME": timedelta(seconds=61)}, "E030"),
        (
            {"SESSION_IDLE": timedelta(hours=2), "SESSION_ABSOLUTE": timedelta(hours=1)},
            "E031",
        ),
        ({"REFRESH_TOKEN_IDLE": timedelta(days=366)}, "E031"),
        ({"RESET_LIFETIME": timedelta(days=2)}, "E031"),
        ({"CODE_REUSE_GRACE": timedelta(seconds=61)}, "E031"),
        ({"ACCESS_TOKEN_LIFETIME": timedelta(hours=1, seconds=1)}, "E032"),
        ({"KEY_ROTATION": timedelta(hours=23)}, "E033"),
    ],
)
def test_what_is_broken_or_contradictory_is_refused_everywhere(
    settings: Settings, changes: dict[str, Any], problem: str
) -> None:
    assert found(settings, {**HERE, **changes}) == [f"borough.{problem}"]


@pytest.mark.parametrize("name", ["login.borough.gov.uk", "idp", "192.0.2.1", "[2001:db8::1]"])
def test_a_further_name_that_others_can_reach_ends_the_demonstration(
    settings: Settings, name: str
) -> None:
    problems = found(settings, {**HERE, "ALLOWED_HOSTS": ["localhost", name]})
    assert {"borough.E002", "borough.E003"} <= set(problems)


def test_an_unset_issuer_is_no_origin(settings: Settings) -> None:
    assert "borough.E001" in found(settings, {"ISSUER": ""})


@pytest.mark.parametrize(
    "changes",
    [
        {"DEMO": True},
        {"EMAIL_BACKEND": OUTBOX},
        {"ALLOWED_HOSTS": ["*"]},
        {"CODE_LIFETIME": timedelta(minutes=10)},
    ],
)
def test_the_server_does_not_start_with_unsafe_settings(
    settings: Settings, changes: dict[str, Any]
) -> None:
    (problem,) = found(settings, changes)
    with pytest.raises(ImproperlyConfigured, match=str(problem)) as refused:
        refuse_unsafe_settings()
    assert "BOROUGH_" in str(refused.value)


def test_a_language_without_a_catalogue_is_warned_of_and_served(settings: Settings) -> None:
    languages = [("en-gb", "English"), ("cy", "Cymraeg")]
    assert found(settings, {"LANGUAGES": languages}) == ["borough.W024"]
    refuse_unsafe_settings()


@pytest.mark.usefixtures("_one_writer")
def test_a_database_of_one_writer_is_warned_of_and_served(settings: Settings) -> None:
    assert found(settings, HERE) == []
    assert found(settings, {}) == ["borough.W001"]
    refuse_unsafe_settings()


def test_every_message_says_which_variable_to_set(settings: Settings) -> None:
    everything = {
        "ISSUER": "http://login.borough.gov.uk/x",
        "DEMO": True,
        "ALLOWED_HOSTS": ["*"],
        "EMAIL_BACKEND": OUTBOX,
        "LIMITS_ENABLED": False,
        "TRUSTED_PROXIES": ["*"],
        "SECRET_KEY": "secret",
        "HASH_KEYS": {"k1": "secret"},
        "FIELD_ENCRYPTION_KEYS": {"f1": "secret"},
        "AUDIT_KEYS": {"a1": "secret"},
        "COUNCIL_EMAIL": "example",
        "DEFAULT_FROM_EMAIL": "",
        "CODE_LIFETIME": timedelta(hours=1),
        "SESSION_IDLE": timedelta(days=2),
        "ACCESS_TOKEN_LIFETIME": timedelta(days=1),
        "KEY_ROTATION": timedelta(hours=1),
        "ARGON2_MEMORY_KIB": 8,
        "PASSWORD_MINIMUM_LENGTH": 8,
    }
    assert len(found(settings, everything)) >= 18
    assert all("BOROUGH_" in str(message.hint) for message in borough_rules())
    # What is wrong is told, never a secret itself.
    assert not any(KEY in f"{message.msg}{message.hint}" for message in borough_rules())
