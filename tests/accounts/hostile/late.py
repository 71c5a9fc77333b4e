"""Somebody whose form comes after their session, and the forms that there are."""

from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import time_machine
from django.conf import settings

from accounts.audit.actor import resident
from accounts.models import Account
from clients.approval import operations
from tests import factories
from tests.accounts.mfa.owner import ANN, Owner
from tests.accounts.visitor import Response

NOON = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
JUST_OVER = timedelta(seconds=1)

STREET = {
    "line_1": "Flat 3, Żubr House",
    "line_2": "1 High Street",
    "town": "Example",
    "postcode": "AB1 2CD",
}
WAYS = "/account/ways-to-sign-in"
TYPE = "/account/address/type"
GUIDE = "/account/someone-has-left"
RIVERSIDE = "/organisations/riverside"
PARKING = f"{RIVERSIDE}/applications/parking"
LIVE = f"{PARKING}/live"
PERMITS = f"{RIVERSIDE}/applications/permits"
# The page of each form, what is typed there, and what its page shows afterwards.
FORMS = {
    "name": ("/account/name", {"full_name": "Ann Newname"}, 'value="Ann Newname"'),
    "date of birth": (
        "/account/date-of-birth",
        {"date_of_birth-day": "31", "date_of_birth-month": "3", "date_of_birth-year": "1980"},
        'value="1980"',
    ),
    "former name": ("/account/former-name", {"decision": "share"}, 'value="share" checked'),
    "address": (TYPE, STREET, 'value="AB1 2CD"'),
    "address, in other letters": (TYPE, STREET, "Żubr House"),
    "postcode": ("/account/address", {"postcode": "AB1 2CD"}, 'value="AB1 2CD"'),
    "phone": ("/account/phone", {"number": "07700 900123"}, 'value="07700 900123"'),
    "another email address": (
        "/account/emails/add",
        {"email": "new@example.org"},
        'value="new@example.org"',
    ),
    "main email address": (
        "/account/emails/change",
        {"email": "new@example.org"},
        'value="new@example.org"',
    ),
    "passkey": (f"{WAYS}/passkey", {"label": "Blue key"}, 'value="Blue key"'),
    "security key": (f"{WAYS}/security-key", {"label": "Blue key"}, 'value="Blue key"'),
    "discreet mails": (
        "/account/safe-contact/discreet",
        {"discreet": "yes"},
        'value="yes" checked',
    ),
    "guide, device": (f"{GUIDE}/device", {"alone": "no"}, 'value="no" checked'),
    "guide, mails": (f"{GUIDE}/emails", {"discreet": "yes"}, 'value="yes" checked'),
    "complaint": (
        "/account/complaints/new",
        {"kind": "use", "text": "Why do you keep it?"},
        "Why do you keep it?",
    ),
    "copy of everything": ("/account/copy/new", {"private": "yes"}, 'value="yes" checked'),
    "organisation": (
        "/partners/new",
        {"organisation": "Riverside Trust", "kind": "spa"},
        'value="Riverside Trust"',
    ),
    "live application": (
        f"{LIVE}/draft/notice",
        {"privacy_url": "https://parking.example.org/privacy"},
        'value="https://parking.example.org/privacy"',
    ),
    "live application, addresses": (
        f"{LIVE}/draft/addresses",
        {"redirect_uris": "https://parking.example.org/callback"},
        "https://parking.example.org/callback",
    ),
    "live application, signing out": (
        f"{LIVE}/draft/signing-out",
        {"backchannel_logout_uri": "https://parking.example.org/out"},
        'value="https://parking.example.org/out"',
    ),
    "live application, where residents begin": (
        f"{LIVE}/draft/start",
        {"home_url": "https://parking.example.org/start"},
        'value="https://parking.example.org/start"',
    ),
    "live application, contacts": (
        f"{LIVE}/draft/contacts",
        {"contacts": "team@parking.example.org"},
        "team@parking.example.org",
    ),
    "live application, keys": (
        f"{PERMITS}/live/draft/keys",
        {"jwks_uri": "https://permits.example.org/jwks"},
        'value="https://permits.example.org/jwks"',
    ),
    "live application, agreement": (
        f"{LIVE}/draft/agreement",
        {"agreement_reference": "DSA-2026-17", "agreement_ends_on-day": "31"},
        'value="DSA-2026-17"',
    ),
    "comment": (f"{LIVE}/comment", {"text": "How long does it take?"}, "How long does it take?"),
    "leaked secret": (
        f"{PARKING}/leaked-secret",
        {"since": "week"},
        'value="week" checked',
    ),
    "API token": (
        f"{RIVERSIDE}/api-tokens/new",
        {"name": "Nightly build", "role": "viewer", "reach": "sandbox", "days": "30"},
        'value="Nightly build"',
    ),
    "kind of a new application": (
        f"{RIVERSIDE}/new-application",
        {"kind": "device"},
        'value="device" checked',
    ),
    "new application": (
        f"{RIVERSIDE}/new-application/web",
        {"name": "Permits", "redirect_uris": "http://localhost:9000/permits"},
        "http://localhost:9000/permits",
    ),
    "new application, which profile": (
        f"{RIVERSIDE}/new-application/web/profile",
        {"profile": "high"},
        'value="high" checked',
    ),
    "new application of the high profile": (
        f"{RIVERSIDE}/new-application/web/high/private_key_jwt",
        {"name": "Grants", "redirect_uris": "https://grants.example.org/cb"},
        "https://grants.example.org/cb",
    ),
    "application, requests and tokens": (
        f"{PARKING}/change/safeguards",
        {"safeguards": "requires_pushed_requests"},
        'value="requires_pushed_requests" checked',
    ),
    "application, names": (
        f"{PARKING}/change/names",
        {"name": "Parking Permits"},
        'value="Parking Permits"',
    ),
    "application, addresses": (
        f"{PARKING}/change/addresses",
        {"redirect_uris": "http://localhost:9000/new"},
        "http://localhost:9000/new",
    ),
    "application, scopes": (
        f"{PARKING}/change/scopes",
        {"scopes": "phone"},
        'value="phone" checked',
    ),
    "application, one scope": (
        f"{PARKING}/scopes/openid",
        {"purpose": "To keep your permit", "lawful_basis": "contract"},
        'value="To keep your permit"',
    ),
    "application, level": (
        f"{PARKING}/change/level",
        {"minimum_level": "2"},
        'value="2" checked',
    ),
    "application, contacts": (
        f"{PARKING}/change/contacts",
        {"contacts": "team@parking.example.org"},
        "team@parking.example.org",
    ),
    "secret": (
        f"{PARKING}/credentials/new-secret",
        {"days": "30", "after": "0"},
        'value="30" checked',
    ),
    "invitation": (
        f"{RIVERSIDE}/invitations/new",
        {"address": "kim@parking.example.org", "role": "viewer"},
        'value="kim@parking.example.org"',
    ),
    "proof": (
        f"{RIVERSIDE}/details/new",
        {"kind": "charity", "value": "1234567"},
        'value="1234567"',
    ),
    "language": ("/account/language", {"language": "en-gb"}, 'value="en-gb" checked'),
}


def ask_to_go_live(account: Account) -> None:
    """Let the account own the applications of these pages, with drafts of what they ask for.

    One of them authenticates by a key, which is asked for then.
    """
    organisation = factories.organisation(slug="riverside")
    factories.member(account, of=organisation)
    for slug, method in (("parking", "client_secret_basic"), ("permits", "private_key_jwt")):
        application = factories.sandbox(
            of=organisation, slug=slug, name=slug.title(), token_endpoint_auth_method=method
        )
        operations.draft(application=application, by=resident(account))


class Latecomer(Owner):
    """Signed in as Ann; sends forms when that is over, and signs in again."""

    def run_out(self, clock: time_machine.Traveller) -> None:
        """Let the session end for doing nothing."""
        clock.shift(settings.SESSION_IDLE + JUST_OVER)

    def back(self, late: Response, name: str = ANN) -> str:
        """Sign in where a late form led, and return where that leads."""
        asked = late["Location"]
        if "flow=" not in asked:
            asked = self.get(asked)["Location"]
        flow = parse_qs(urlsplit(asked).query)["flow"][0]
        return str(self.submit(name, flow=flow)["Location"])

    def shown(self, address: str) -> str:
        """Return the page's text with its fields."""
        return unescape(self.get(address).content.decode())
