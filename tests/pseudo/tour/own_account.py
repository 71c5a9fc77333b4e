"""Residents at the pages of their own accounts."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.complaints import operations as complaints
from accounts.export.jobs import prepare
from accounts.models import (
    Account,
    AuditEvent,
    Authenticator,
    Complaint,
    Export,
    NumberedCode,
    Session,
)
from accounts.notices.news import News
from accounts.safety.channels import channels_of
from clients.models import Application, ScopeTerms
from idp.disclosures import operations as disclosures
from idp.models import Consent, Disclosure
from tests import factories
from tests.accounts import post
from tests.accounts.history.mail import link_of
from tests.accounts.mfa.owner import WAYS, Owner
from tests.accounts.profile.emails.resident import Resident as WithPhone
from tests.accounts.safety.guide import GUIDE, begin, give_new_address
from tests.accounts.safety.resident import Resident
from tests.accounts.texts import phone
from tests.accounts.visitor import Visitor
from tests.factories import ways
from tests.pseudo.catalogue import LANGUAGE
from tests.pseudo.looking import look, wander
from tests.pseudo.tour.people import ANN, LONG_AGO, NAME, bare, rich

_DETAILS = "/account"
_NOTICE = "https://service.example.org/privacy"


def _strongest(account: Account) -> Resident:
    """Return the account's owner, signed in by all that it has."""
    return Resident(account, ways=tuple(account.authenticators.exclude(kind="recovery_codes")))


def with_everything() -> None:
    factories.signing_keys()
    account, _secret = rich()
    account.date_of_birth = date(1980, 2, 29)
    account.former_name = "Ɓéńń"
    account.save()
    for slug, name in (("tax", "Ťáẋ"), ("refuge", "Ɍéƒúǵé"), ("choir", "Ćĥőíŕ")):
        of = factories.organisation(name="Ťŕúšť")
        service = factories.application(slug=slug, name=name, of=of, is_sensitive=slug == "refuge")
        service.scopes.update(purpose="Ťő ƒíńď ẏőú", retention="Ó ẏéáŕ")
        service.scopes.filter(scope="email").update(lawful_basis="consent", purpose="Ťő ẃŕíťé")
        ScopeTerms.objects.filter(application=service).update(
            purpose="Ťő ẃŕíťé", retention="Á ẏéář", privacy_notice=_NOTICE, notice_version="2"
        )
        _agree_often(account, service)
        _use(factories.consent(account, service))
    resident = _strongest(account)
    account.authenticators.filter(kind="security_key").update(suspect_since=timezone.now())
    post.letters()
    wander(resident, resident.begin("/account"))
    look(resident.client, "/account/services/refuge/hide", "/account/services/choir/hide")
    _stop_and_block(resident)
    for name in ("date-of-birth", "name", "phone", "address/type", "address", "password"):
        resident.client.post(f"{_DETAILS}/{name}", {"day": "31", "month": "2", "year": "1980"})


def _stop_and_block(resident: Resident) -> None:
    for service in ("services/tax", "private-services/refuge"):
        page = f"/account/{service}"
        look(resident.client, page, f"{page}/stop", f"{page}/block")
        resident.client.post(f"{page}/stop")
        look(resident.client, page, f"{page}/stopped")
        for decision in ("service", "organisation"):
            resident.client.post(f"{page}/block", {"decision": decision})
        look(resident.client, page)
    look(resident.client, "/account/blocked-services", "/account/private-services")


def _answer() -> None:
    complaint = Complaint.objects.get()
    upheld = Complaint.Outcome.UPHELD
    complaints.answer(code=complaint.code, outcome=upheld, text="Ẏéś", by=OPERATOR)
    post.letters()


def _agree_often(account: Account, service: Application) -> None:
    """Fill more than one page of receipts, and let the newest of before have all that one may."""
    for days in range(21):
        then = timezone.now() - timedelta(days=days + 1)
        factories.consent(
            account,
            service,
            scopes=["openid"],
            claims=[],
            declined_scopes=["email"],
            granted_at=then,
            **{"withdrawn_at" if days == 1 else "superseded_at": then},
        )


def _use(agreement: Consent) -> None:
    """Fill more than one page of the service's ledger."""
    claims = {"sub", "name", "email", "birthdate", "phone_number"}
    for days in range(21):
        disclosures.note(
            consent=agreement,
            endpoint=Disclosure.Endpoint.USERINFO,
            claims=claims if days % 2 else {"sub"},
            at=timezone.now() - timedelta(days=days),
        )


def with_a_password_alone() -> None:
    resident = Resident(bare())
    look(resident.client, "/account", WAYS, f"{WAYS}/recovery-codes", "/account/someone-has-left")
    look(resident.client, "/account/services", "/account/private-services", "/account/safe-contact")
    look(resident.client, "/account/other-services", "/account/blocked-services")
    look(resident.client, "/account/complaints", "/account/complaints/new")
    resident.client.post("/account/complaints/new", {"kind": "other"})
    sent = resident.client.post("/account/complaints/new", {"kind": "use", "text": "Ẃĥẏ?"})
    look(resident.client, "/account/complaints", sent["Location"])
    _answer()
    look(resident.client, "/account/complaints", sent["Location"])
    copying(resident)
    for channel in channels_of(resident.account):
        look(resident.client, f"/account/safe-contact/{channel.key}")
    resident.client.post("/account/name", {"full_name": "Ćáťĥ"})
    look(resident.client, "/account/former-name")
    resident.client.post("/account/address", {"postcode": "zz11aa"})
    look(resident.client, "/account/address/choose")
    resident.client.post("/account/address/choose", {"postcode": "zz11aa"})


def copying(resident: Resident) -> None:
    """Ask for a copy of everything, and look at all that may become of it."""
    page = "/account/copy"
    look(resident.client, page, f"{page}/new")
    resident.client.post(f"{page}/new", {"private": "maybe"})
    resident.client.post(f"{page}/new", {"private": "no"})
    copy = Export.objects.get()
    for state in ("asked", "failed"):
        Export.objects.update(state=state, failure="fault")
        look(resident.client, page)
    long_ago = timezone.now() - timedelta(hours=1)
    Export.objects.update(state="preparing", worked_at=long_ago)
    look(resident.client, page)
    prepare.call(str(copy.pk))
    post.letters()
    look(resident.client, page, f"{page}/{copy.pk}/delete")
    resident.client.post(f"{page}/{copy.pk}/delete")
    look(resident.client, f"{page}/{copy.pk}/json")
    Session.objects.update(is_shared_device=True)
    look(resident.client, page, f"{page}/new")
    Session.objects.update(is_shared_device=False)


def with_a_passkey_alone() -> None:
    account = factories.account(ANN, full_name=NAME, language=LANGUAGE)
    way = ways.way(account, "passkey", created_at=LONG_AGO)
    resident = Resident(account, ways=(way,))
    look(resident.client, "/account", WAYS, "/account/password", f"{WAYS}/{way.pk}/remove")


def signed_in_long_ago() -> None:
    account, secret = rich()
    owner = Owner(account, app=secret)
    owner.grow_stale()
    look(owner.client, f"{WAYS}/app", "/account/private-services", "/account/services")


def with_new_ways() -> None:
    owner = Owner(bare())
    look(owner.client, f"{WAYS}/code-sheet", f"{WAYS}/recovery-codes")
    way = ways.way(owner.account, suspect_since=timezone.now())
    for page in ("remove", "keep", "name"):
        look(owner.client, f"{WAYS}/{way.pk}/{page}")
    owner.client.post(f"{WAYS}/{way.pk}/name", {"label": ""})


def with_a_sheet_used_up() -> None:
    account, _secret = rich()
    NumberedCode.objects.filter(authenticator__kind="code_sheet", number__lte=55).update(
        used_at=timezone.now()
    )
    resident = _strongest(account)
    look(resident.client, "/account", WAYS, f"{WAYS}/code-sheet/post")
    resident.client.post(f"{WAYS}/code-sheet/post")
    look(resident.client, f"{WAYS}/code-sheet/post")


def with_a_new_phone() -> None:
    ann = WithPhone(bare())
    phone.received.clear()
    ann.post("/account/phone", number="07700 900123")
    look(ann.client, "/account/phone/confirm", "/account/phone/check")
    ann.post("/account/phone/confirm", code="000000")
    ann.post("/account/phone/confirm", code=phone.newest_code())
    look(ann.client, f"{WAYS}/text-message", "/account/phone")


def telling_that_it_was_not_me() -> None:
    account, _secret = rich()
    resident = Resident(account, ways=tuple(account.authenticators.filter(kind="app")))
    Authenticator.objects.filter(kind="passkey").update(created_at=timezone.now())
    event = AuditEvent.objects.filter(account_id=account.pk).latest("pk")
    look(resident.client, f"/account/history/{event.pk}/not-me")
    link, reader = link_of(account, News.WAY_ADDED), Visitor()
    look(reader.client, link, f"{link}/freeze", f"{link}/check", f"{link}/done", "/safety/unknown")
    reader.client.post(link)
    look(reader.client, link, f"{link}/done", f"{link}/freeze")


def freezing() -> None:
    resident = Resident(bare())
    resident.account.date_of_birth_checked_at = timezone.now()
    resident.account.save()
    look(resident.client, "/account/freeze", "/account/date-of-birth")
    resident.client.post("/account/freeze")
    look(resident.client, "/frozen")


def parting() -> None:
    account, _secret = rich()
    app = account.authenticators.get(kind="app")
    resident = Resident(account, ways=(app,))
    look(resident.client, GUIDE)
    begin(resident)
    page = f"{GUIDE}/device"
    while not page.endswith("/check"):
        look(resident.client, page)
        page = resident.post(page, skip="yes")["Location"]
    give_new_address(resident)
    resident.post(f"{GUIDE}/new-email", address="ann.safe@example.org")
    look(resident.client, f"{GUIDE}/code")
    look(resident.client, f"{GUIDE}/check")
    resident.post(f"{GUIDE}/check")
    look(resident.client, f"{GUIDE}/done")


def discreet() -> None:
    account, _secret = rich()
    account.is_discreet = True
    account.save()
    app = account.authenticators.get(kind="app")
    resident = Resident(account, ways=(app,))
    look(resident.client, "/account/safe-contact", "/account/safe-contact/discreet")


PARTS = (
    with_everything,
    with_a_password_alone,
    with_a_passkey_alone,
    signed_in_long_ago,
    with_new_ways,
    with_a_sheet_used_up,
    with_a_new_phone,
    telling_that_it_was_not_me,
    freezing,
    parting,
    discreet,
)
