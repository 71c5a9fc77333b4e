"""Changing email addresses, and the links in the mails about it."""

from datetime import timedelta

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import EmailChange
from accounts.profile.emails.changes.operations import begin_by_staff
from tests import factories
from tests.accounts import post
from tests.accounts.profile.emails.resident import NEW, Resident
from tests.accounts.visitor import Visitor
from tests.pseudo.looking import look
from tests.pseudo.tour.people import bare

_KINDS = ("confirm", "agree", "stop", "object")


def changing() -> None:
    ann = Resident(bare())
    page = ann.ask(sign_in_name="no")
    look(ann.client, page)
    ann.post(page, code="000000")
    for link in (_link("confirm"), *(f"/email-change/{kind}/unknown" for kind in _KINDS)):
        look(Visitor().client, link)
    reader = Visitor()
    reader.client.post(_link("confirm"), {"decision": "confirm"})
    look(reader.client, _link("confirm"))
    look(ann.client, page, f"{page}/cannot-read", _link("agree"))
    Visitor().client.post(_link("agree"), {"decision": "confirm"})
    look(ann.client, page)
    ann.post(page, decision="use")
    look(ann.client, page, "/account/emails")


def without_the_old_one() -> None:
    ann = Resident(bare())
    page = ann.ask(sign_in_name="no")
    ann.post(page, code=post.newest().code)
    look(ann.client, page)
    ann.post(f"{page}/cannot-read")
    look(ann.client, page, _link("stop"))
    Visitor().client.post(_link("stop"))
    look(Visitor().client, _link("stop"))


def by_the_staff() -> None:
    ann = Resident(bare())
    wait = timedelta(hours=24)
    change = begin_by_staff(account=ann.account, address=NEW, wait=wait, by=OPERATOR)
    page, stop = f"/account/emails/changes/{change.pk}", _link("stop")
    look(ann.client, page, "/account/emails", _link("confirm"), stop)
    Visitor().client.post(_link("confirm"), {"decision": "confirm"})
    look(ann.client, page, _link("confirm"))
    Visitor().client.post(stop)
    look(Visitor().client, stop)


def too_late() -> None:
    ann = Resident(bare())
    page = ann.ask(sign_in_name="no")
    EmailChange.objects.update(expires_at=timezone.now())
    look(ann.client, page)


def undone_by_its_reader() -> None:
    ann = Resident(bare())
    other = factories.email_address(ann.account, NEW, is_primary=False)
    ann.post(f"/account/emails/{other.pk}/remove")
    look(Visitor().client, _link("object"))
    Visitor().client.post(_link("object"))
    look(Visitor().client, _link("object"))


def _link(kind: str) -> str:
    start = f"/email-change/{kind}/"
    return next(mail for mail in reversed(post.letters()) if start in mail.text).path(start)


PARTS = (changing, without_the_old_one, by_the_staff, too_late, undone_by_its_reader)
