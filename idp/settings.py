"""All settings, read from the environment once at start; `deploy/env.example` explains each."""

from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from idp import browser_policy, env, logs
from idp.account_links import *  # noqa: F403 - a group of settings, all of them
from idp.directory_settings import *  # noqa: F403 - a group of settings, all of them
from idp.protocol_settings import *  # noqa: F403 - a group of settings, all of them

BASE_DIR = Path(__file__).resolve().parent.parent

# The public address of this provider. Every mailed link and every `iss` is built from it, never
# from the Host header.
ISSUER = env.text("BOROUGH_ISSUER", "http://localhost:8000").rstrip("/")
_issuer = urlsplit(ISSUER)
SECURE = _issuer.scheme == "https"

# A demonstration on this machine: outbox page, http redirect URIs on loopback. idp.checks refuses
# it for any issuer that is not on localhost.
DEMO = env.boolean("BOROUGH_DEMO", default=False)
DEBUG = False

SECRET_KEY = env.text("BOROUGH_SECRET_KEY")
HASH_KEYS = env.keyring("BOROUGH_HASH_KEYS")
FIELD_ENCRYPTION_KEYS = env.keyring("BOROUGH_FIELD_ENCRYPTION_KEYS")
# What seals of the audit log are signed with, where they are copied to, how long events stay.
AUDIT_KEYS = env.keyring("BOROUGH_AUDIT_KEYS", may_be_empty=True)
AUDIT_COPY = env.text("BOROUGH_AUDIT_COPY", "")
AUDIT_KEPT = timedelta(days=366 * env.integer("BOROUGH_AUDIT_YEARS", 7, least=1))

ALLOWED_HOSTS = [_issuer.hostname or "localhost", *env.words("BOROUGH_EXTRA_HOSTS"), *MTLS_HOSTS]  # noqa: F405
# Peers whose X-Forwarded headers count (idp/web_servers.py), or "none" alone.
TRUSTED_PROXIES = env.words("BOROUGH_TRUSTED_PROXIES")
ROOT_URLCONF = "idp.urls"
WSGI_APPLICATION = "idp.wsgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "accounts",
    "clients",
    "idp",
    "idp.apps.ToolkitConfig",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "idp.machine_endpoints.MachineEndpointMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.pages.permissions.PermissionsPolicyMiddleware",
    "accounts.sessions.middleware.SessionMiddleware",
    "accounts.sessions.language.LanguageMiddleware",
    "accounts.sessions.flooding.FloodingMiddleware",
    "accounts.pages.busy.BusyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "accounts.pages.context.council",
                "accounts.help_codes.context.help_code",
                "accounts.sessions.context.staying",
                "clients.test_residents.context.test_service",
            ],
            "libraries": {"govuk": "accounts.pages.govuk"},
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "accounts.pages.forms.GovukRenderer"

DATABASES = {
    "default": env.database("BOROUGH_DATABASE_URL", f"sqlite:///{BASE_DIR / 'borough.sqlite3'}")
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Accounts

AUTH_USER_MODEL = "accounts.Account"
PASSWORD_HASHERS = ["accounts.passwords.hasher.Argon2idHasher"]
ARGON2_MEMORY_KIB = env.integer("BOROUGH_ARGON2_MEMORY_KIB", 19456, least=8)
ARGON2_TIME_COST = env.integer("BOROUGH_ARGON2_TIME_COST", 2, least=1)
ARGON2_PARALLELISM = env.integer("BOROUGH_ARGON2_PARALLELISM", 1, least=1)
# In each process. What waits must be fewer than its threads, or pages without a password wait too.
HASHES_AT_ONCE = env.integer("BOROUGH_HASHES_AT_ONCE", 2, least=1)
HASHES_WAITING = env.integer("BOROUGH_HASHES_WAITING", 20)
HASHES_LONGEST_WAIT = env.seconds("BOROUGH_HASHES_LONGEST_WAIT_SECONDS", 5)
PASSWORD_MINIMUM_LENGTH = env.integer("BOROUGH_PASSWORD_MINIMUM_LENGTH", 12, least=8)
ACCOUNTS_PER_ADDRESS = env.integer("BOROUGH_ACCOUNTS_PER_ADDRESS", 5, least=1)
# Nobody younger may have an account; nobody younger is asked to share more than is needed.
MINIMUM_AGE = env.integer("BOROUGH_MINIMUM_AGE", 13)
OPTIONAL_SHARING_AGE = env.integer("BOROUGH_OPTIONAL_SHARING_AGE", 18)
# A class that finds postal addresses, see accounts/profile/postal/lookup.py; without one they are
# typed. The demonstration knows two invented streets.
_lookup = "accounts.profile.postal.demo_lookup.DemoLookup" if DEMO else ""
ADDRESS_LOOKUP = env.text("BOROUGH_ADDRESS_LOOKUP", _lookup)
ADDRESS_LOOKUP_TIMEOUT = env.seconds("BOROUGH_ADDRESS_LOOKUP_TIMEOUT_SECONDS", 3)
SANDBOX = env.boolean("BOROUGH_SANDBOX", default=True)
# Name servers that are asked for partners' domains, the system's own if none is named.
DNS_SERVERS = env.words("BOROUGH_DNS_SERVERS")
DNS_TIMEOUT = env.seconds("BOROUGH_DNS_TIMEOUT_SECONDS", 3)
LIMITS_ENABLED = env.boolean("BOROUGH_LIMITS_ENABLED", default=True)

# The domain that passkeys belong to, and the websites whose pages may ask for them.
PASSKEY_DOMAIN = env.text("BOROUGH_PASSKEY_DOMAIN", _issuer.hostname or "localhost")
PASSKEY_ORIGINS = [ISSUER, *env.words("BOROUGH_PASSKEY_RELATED_ORIGINS")]

# Lifetimes

SESSION_IDLE = env.seconds("BOROUGH_SESSION_IDLE_SECONDS", 3600)
SESSION_ABSOLUTE = env.seconds("BOROUGH_SESSION_ABSOLUTE_SECONDS", 12 * 3600)
# Where the resident says that others use the device too.
SHARED_DEVICE_IDLE = env.seconds("BOROUGH_SHARED_DEVICE_IDLE_SECONDS", 600)
SHARED_DEVICE_ABSOLUTE = env.seconds("BOROUGH_SHARED_DEVICE_ABSOLUTE_SECONDS", 3600)
# Of the council's staff, and how long the link works by which they add their first key.
STAFF_IDLE = env.seconds("BOROUGH_STAFF_IDLE_SECONDS", 1800)
STAFF_ABSOLUTE = env.seconds("BOROUGH_STAFF_ABSOLUTE_SECONDS", 8 * 3600)
STAFF_LINK_LIFETIME = timedelta(days=1)
# How long before the end pages say so; WCAG 2.2 §2.2.1 asks for 20 seconds at least.
WARNED_BEFORE = timedelta(minutes=2)
# How recent a sign-in must be to change who gets in.
FRESH_SIGN_IN = env.seconds("BOROUGH_FRESH_SIGN_IN_SECONDS", 15 * 60)
REMEMBERED_DEVICE_LIFETIME = env.seconds("BOROUGH_REMEMBERED_DEVICE_SECONDS", 30 * 24 * 3600)
SIGN_UP_LIFETIME = env.seconds("BOROUGH_SIGN_UP_SECONDS", 24 * 3600)
RESET_LIFETIME = env.seconds("BOROUGH_RESET_SECONDS", 30 * 60)
# Security news of these few minutes goes out in one mail; the link in it works for days.
NOTICE_DELAY = env.seconds("BOROUGH_NOTICE_DELAY_SECONDS", 2 if DEMO else 300)
SAFETY_LINK_LIFETIME = env.seconds("BOROUGH_SAFETY_LINK_SECONDS", 7 * 24 * 3600)
# A change of email addresses: how long it waits to be confirmed, how long it waits where the old
# one cannot be read, and for how long the old one may object.
EMAIL_CHANGE_LIFETIME = env.seconds("BOROUGH_EMAIL_CHANGE_SECONDS", 24 * 3600)
EMAIL_CHANGE_WAIT = env.seconds("BOROUGH_EMAIL_CHANGE_WAIT_SECONDS", 72 * 3600)
OLD_EMAIL_LIFETIME = env.seconds("BOROUGH_OLD_EMAIL_SECONDS", 7 * 24 * 3600)
# The ladder's waits (accounts/recovery/rules.py), none of which may be shorter, and for how long
# after a recovery contacts and ways to sign in stay as they are.
RECOVERY_PASSWORD_WAIT = env.seconds("BOROUGH_RECOVERY_PASSWORD_WAIT_SECONDS", 72 * 3600)
RECOVERY_POST_WAIT = env.seconds("BOROUGH_RECOVERY_POST_WAIT_SECONDS", 24 * 3600)
RECOVERY_COUNTER_WAIT = env.seconds("BOROUGH_RECOVERY_COUNTER_WAIT_SECONDS", 24 * 3600)
RECOVERY_HOLD = env.seconds("BOROUGH_RECOVERY_HOLD_SECONDS", 48 * 3600)
# Closing an account: how long it waits, how long it can be undone; years unused until its owner is
# reminded and operators may close it (0: kept so), and until the clock may (0: it never does).
CLOSING_WAIT = env.seconds("BOROUGH_CLOSING_WAIT_SECONDS", 7 * 24 * 3600)
CLOSED_FOR = env.seconds("BOROUGH_CLOSED_FOR_SECONDS", 90 * 24 * 3600)
UNUSED_YEARS = env.integer("BOROUGH_UNUSED_YEARS", 0)
UNUSED_CLOSING_YEARS = env.integer("BOROUGH_UNUSED_CLOSING_YEARS", 0)
TEXT_CODE_LIFETIME = env.seconds("BOROUGH_TEXT_CODE_SECONDS", 10 * 60)
CALL_CODE_LIFETIME = timedelta(minutes=10)
SIGN_IN_CODE_LIFETIME = env.seconds("BOROUGH_SIGN_IN_CODE_SECONDS", 600)
# As long as the longest limit on these mails: whoever may have no new one has one whose link works.
SIGN_IN_LINK_LIFETIME = timedelta(days=1)
INVITATION_LIFETIME = timedelta(days=7)
FLOW_LIFETIME = env.seconds("BOROUGH_FLOW_SECONDS", 2 * 3600)
PAGE_HELP_CODE_LIFETIME = timedelta(minutes=30)
MAIL_HELP_CODE_LIFETIME = timedelta(days=7)

# oauth2_provider.W001 to W008 warn of endpoints of its own, none of which is served here.
# security.W008: the web server in front redirects http. W021: preloading is for the owner of the
# whole domain. fields.W163: comments on columns are for PostgreSQL, SQLite keeps none.
SILENCED_SYSTEM_CHECKS = [
    *(f"oauth2_provider.W00{number}" for number in range(1, 9)),
    "security.W008",
    "security.W021",
    "fields.W163",
]

# The council: everything a resident sees of who runs this

COUNCIL_NAME = env.text("BOROUGH_COUNCIL_NAME", "Example Borough Council")
SERVICE_NAME = env.text("BOROUGH_SERVICE_NAME", "Borough Login")
COUNCIL_PHONE = env.text("BOROUGH_COUNCIL_PHONE", "020 7946 0000")
COUNCIL_HOURS = env.text("BOROUGH_COUNCIL_HOURS", "Monday to Friday, 9am to 5pm")
COUNCIL_EMAIL = env.text("BOROUGH_COUNCIL_EMAIL", "help@example.org")
COUNCIL_ADDRESS = env.text("BOROUGH_COUNCIL_ADDRESS", "Town Hall, 1 High Street, Example")
COUNCIL_WEBSITE = env.text("BOROUGH_COUNCIL_WEBSITE", "https://www.example.org")
# An everyday page, where "Exit this page" leads from services that nobody shall be seen to use.
EXIT_URL = env.text("BOROUGH_EXIT_URL", "https://www.bbc.co.uk/weather")
ACCESSIBILITY_CONTACT = env.text("BOROUGH_ACCESSIBILITY_CONTACT", "accessibility@example.org")
DATA_PROTECTION_CONTACT = env.text("BOROUGH_DATA_PROTECTION_CONTACT", "dpo@example.org")
# What the accessibility statement must tell (SI 2018/952 names its parts). Problems are divided by
# semicolons; who tested it reads on from "It was last tested", such as "on 3 March 2026 by …".
ACCESSIBILITY_PROBLEMS = env.text("BOROUGH_ACCESSIBILITY_PROBLEMS", "")
ACCESSIBILITY_TESTED = env.text("BOROUGH_ACCESSIBILITY_TESTED", "")
ACCESSIBILITY_PREPARED = env.text("BOROUGH_ACCESSIBILITY_PREPARED", "21 November 2026")
ACCESSIBILITY_REVIEWED = env.text("BOROUGH_ACCESSIBILITY_REVIEWED", "21 November 2026")
# A file with the council's own colours, like deploy/assets/brand-example.css, and the first of
# them, for mails and phone browsers.
BRAND_STYLESHEET = env.text("BOROUGH_BRAND_STYLESHEET", "")
BRAND_COLOUR = env.text("BOROUGH_BRAND_COLOUR", "#00534c")

# Which services knew an account that was joined into another.
SERVICES_OF_ACCOUNT = "idp.privacy.joined.services_of"
# Which services get an email address that was chosen for them.
SERVICES_OF_EMAIL = "idp.privacy.emails.services_of"
# Where somebody who closes an account chooses services to erase what they have; what came of it.
ERASURE_PAGE = "privacy:erasure"
ERASURES_OF_CLOSING = "idp.privacy.erasure.queries.asked_of"
# Whether an account that nobody signs in to is used all the same.
USE_ELSEWHERE = "idp.privacy.in_use.of"

# Mail

EMAIL_BACKEND = env.text("BOROUGH_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
OUTBOX_DIR = env.text("BOROUGH_OUTBOX_DIR", str(BASE_DIR / ".demo" / "outbox"))
DEFAULT_FROM_EMAIL = env.text("BOROUGH_MAIL_FROM", f"{SERVICE_NAME} <no-reply@example.org>")
# What a phone on the table shows of any mail to somebody who asked us to give nothing away.
DISCREET_SUBJECT = _("A message for you")
DISCREET_FROM_EMAIL = env.text(
    "BOROUGH_MAIL_DISCREET_FROM", f"Messages <{parseaddr(DEFAULT_FROM_EMAIL)[1]}>"
)
DISCREET_FOOTER = env.text("BOROUGH_MAIL_DISCREET_FOOTER", "")
EMAIL_HOST = env.text("BOROUGH_SMTP_HOST", "localhost")
EMAIL_PORT = env.integer("BOROUGH_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("BOROUGH_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("BOROUGH_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("BOROUGH_SMTP_STARTTLS", default=False)
EMAIL_TIMEOUT = 20

# Letters and text messages: off until a way out is named, a class with `hand_over` or `send`

LETTERS_ADAPTER = env.text("BOROUGH_LETTERS_ADAPTER", "")
# For accounts.letters.folder.Folder: where the supplier fetches them, and whom they are sealed to.
LETTERS_DIR = env.text("BOROUGH_LETTERS_DIR", "")
LETTERS_CERTIFICATE = env.text("BOROUGH_LETTERS_CERTIFICATE", "")
LETTERS_FONT = env.text(
    "BOROUGH_LETTERS_FONT", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"
)
# How long an address must have stayed the same before a code is posted to it.
LETTER_ADDRESS_AGE = env.seconds("BOROUGH_LETTER_ADDRESS_AGE_SECONDS", 30 * 24 * 3600)
TEXTS_ADAPTER = env.text("BOROUGH_TEXTS_ADAPTER", "")
# For accounts.letters.notify.NotifyLetters and accounts.texts.notify.NotifyTexts.
NOTIFY_API_KEY = env.text("BOROUGH_NOTIFY_API_KEY", "")
NOTIFY_TEXT_TEMPLATE = env.text("BOROUGH_NOTIFY_TEXT_TEMPLATE", "")

# Language and time

LANGUAGE_CODE = "en-gb"
LANGUAGES = env.pairs("BOROUGH_LANGUAGES", f"{LANGUAGE_CODE}:English")
# The council's own catalogues first, as gettext has them: LANGUAGE/LC_MESSAGES/django.mo
LOCALE_PATHS = [*env.words("BOROUGH_LOCALE_DIR"), BASE_DIR / "templates" / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/London"

# Pages and static files

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("BOROUGH_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": env.text("BOROUGH_STATIC_STORAGE", "accounts.pages.storage.ModuleStorage")
    },
}

# The browser

_cookie_prefix = "__Host-" if SECURE else ""
BROWSER_COOKIE_NAME = f"{_cookie_prefix}browser"
SIGNED_IN_COOKIE_NAME = f"{_cookie_prefix}session"
STAFF_COOKIE_NAME = f"{_cookie_prefix}staff-session"
MADE_UP_COOKIE_NAME = f"{_cookie_prefix}test-session"
REMEMBERED_COOKIE_NAME = f"{_cookie_prefix}remembered"
DEVICE_CODE_COOKIE_NAME = f"{_cookie_prefix}device"
CSRF_COOKIE_NAME = f"{_cookie_prefix}csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.pages.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = f"{_cookie_prefix}language"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 128 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

CONTENT_SECURITY_POLICY = {"DIRECTIVES": browser_policy.DIRECTIVES}

_log_level = env.one_of(
    "BOROUGH_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
)
LOGGING = logs.configuration(_log_level)
