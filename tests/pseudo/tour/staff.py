"""The council's staff, from the first key to the last page."""

from datetime import timedelta

from django.conf import settings
from django.test import override_settings
from django.utils.timezone import localtime

from accounts.audit.actor import OPERATOR
from accounts.council import queries
from accounts.council.memory import memory
from accounts.models import Account, OutboundMessage, StaffMember
from accounts.staff import Role
from accounts.staffing import operations as roles
from accounts.staffing.people import operations
from idp.console.council.forms import as_typed
from tests import factories
from tests.accounts.council.published import publish
from tests.accounts.staffing.desk import ADD, SIGN_IN, Desk, at_work, newest_link
from tests.factories.authenticators import SoftwareKey, key_of
from tests.pseudo.catalogue import LANGUAGE
from tests.pseudo.looking import look
from tests.pseudo.tour.people import NAME


def _desk() -> Desk:
    desk = Desk()
    desk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = LANGUAGE
    return desk


def _made() -> StaffMember:
    member = operations.make(work_email="a@b.example", name=NAME, team="Ťéáḿ", by=OPERATOR)
    # Before its mail is written.
    Account.objects.filter(pk=member.pk).update(language=LANGUAGE)
    OutboundMessage.objects.update(language=LANGUAGE)
    return member


def beginning() -> None:
    desk, member = _desk(), _made()
    link = newest_link()
    look(desk.client, link)
    desk.enrol(link, SoftwareKey())
    look(desk.client, link, "/staff", "/staff/keys", ADD)
    only = member.account.authenticators.get()
    look(desk.client, f"/staff/keys/{only.pk}/remove")
    roles.grant(account=member.account, role=Role.APPROVER, by=OPERATOR)
    look(desk.client, "/staff", "/staff/stay-signed-in", "/staff/sign-out")
    operations.send_link(member=member, by=OPERATOR)
    OutboundMessage.objects.update(language=LANGUAGE)
    newer = newest_link()
    look(_desk().client, link, newer)
    operations.leave(member=member, by=OPERATOR)
    look(_desk().client, newer, "/staff/first-key/none")


def two_keys() -> None:
    member, desk = at_work(*Role)
    desk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = LANGUAGE
    Account.objects.filter(pk=member.pk).update(full_name=NAME, language=LANGUAGE)
    StaffMember.objects.update(team="Ťéáḿ")
    for _ in range(2):
        key_of(member.account)
    member.account.authenticators.update(label="Ḱéẏ")
    factories.session(member.account, signed_in_at=desk.signed_in.signed_in_at - timedelta(days=1))
    key = member.account.authenticators.first()
    assert key is not None
    look(desk.client, "/staff", "/staff/keys", f"/staff/keys/{key.pk}/remove")
    look(desk.client, f"{SIGN_IN}?again=yes", "/staff/nothing-here")


def council() -> None:
    _member, desk = at_work(Role.OWNER)
    desk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = LANGUAGE
    look(desk.client, "/staff/council", "/staff/council/details", "/staff/council/versions")
    for hours in ("Ḿóńďáẏ", "Ťúéśďáẏ"):
        publish(hours=hours)
    Account.objects.update(full_name=NAME)
    look(desk.client, "/staff/council", "/staff/council/versions", "/staff/council/versions/1")
    typed = as_typed(queries.values_of(queries.newest()), begun_at=2)
    for changes in ({}, {"colour": "#ffffff", "phone": "1"}, {"hours": "Ẃéďńéśďáẏ"}):
        desk.post("/staff/council/details", **{**typed, **changes})
    desk.post("/staff/council/details", **{**typed, "begun_at": "1", "hours": "Śúńďáẏ"})
    desk.post("/staff/council/versions/1", begun_at="1")
    _notices(desk)


def _notices(desk: Desk) -> None:
    text, until = "Ťéẋťś áŕé ĺáťé", localtime() + timedelta(days=1)
    typed = {f"until_date-{part}": getattr(until, part) for part in ("day", "month", "year")}
    typed |= {"text": text, "until_time": "09:30"}
    look(desk.client, "/staff/council/notices", "/staff/council/notices/new", "/status")
    for changes in ({}, {"text": "", "until_time": ""}, {"act": "publish"}):
        desk.post("/staff/council/notices/new", **{**typed, **changes})
    memory.forget()
    look(desk.client, "/staff/council/notices", "/status")
    look(_desk().client, "/help/contact")
    opening = "/staff/council/opening"
    look(desk.client, opening)
    for values in ({"act": "close"}, {"act": "open"}, {"act": "announce", "day-day": "1"}):
        desk.post(opening, **values)
    tomorrow = {f"day-{part}": getattr(until, part) for part in ("day", "month", "year")}
    look(desk.client, opening)
    memory.forget()
    _desk().client.get("/sign-up", follow=True)
    desk.post(opening, act="announce", **tomorrow)
    look(desk.client, opening)


def refused_by_the_directory() -> None:
    named = {"DIRECTORY_ISSUER": "https://directory.example", "DIRECTORY_CLIENT_ID": "borough"}
    with override_settings(**named, DIRECTORY_CLIENT_SECRET="-", DIRECTORY_GROUPS={}):
        look(_desk().client, "/staff/directory/callback?state=none&code=none")


PARTS = (beginning, two_keys, council, refused_by_the_directory)
