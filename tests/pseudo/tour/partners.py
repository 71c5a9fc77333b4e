"""Members at the pages of their organisation."""

from unittest import mock

from django.test import Client

from accounts.audit.actor import OPERATOR, resident
from clients.models import Member
from clients.organisations.inviting import operations as inviting
from clients.organisations.members import operations as members
from clients.organisations.proving import lookup, rules
from clients.organisations.proving import operations as proving
from tests import factories
from tests.accounts import post
from tests.accounts.safety.resident import Resident
from tests.pseudo.catalogue import LANGUAGE
from tests.pseudo.looking import look
from tests.pseudo.tour.people import bare

_NAME = "Ťŕúšť"
_BEA = "bea@example.org"


def _owner() -> tuple[Member, Resident]:
    of = factories.organisation(name=_NAME, slug="trust")
    ann = Resident(bare())
    return members.add(
        organisation=of, account=ann.account, role=Member.Role.OWNER, by=resident(ann.account)
    ), ann


def starting() -> None:
    ann = Resident(bare())
    look(ann.client, "/partners", "/partners/new", "/organisations")
    ann.client.post("/partners/new", {"organisation": "", "kind": "x"})
    ann.client.post(
        "/partners/new",
        {
            "organisation": "Ťéáḿ",
            "name": "Ḃíńš",
            "kind": "web",
            "redirect_uris": "http://localhost:9000/callback",
        },
    )
    look(ann.client, "/organisations")


def inviting_somebody() -> None:
    owner, ann = _owner()
    page = "/organisations/trust"
    look(ann.client, page, f"{page}/members", f"{page}/invitations/new", f"{page}/history")
    ann.client.post(f"{page}/invitations/new", {"address": "bea", "role": ""})
    invitation = inviting.invite(
        organisation=owner.organisation,
        address=_BEA,
        role=Member.Role.DEVELOPER,
        inviter=owner.account,
        by=resident(owner.account),
    )
    link = post.newest().path("/invitations/link/")
    look(ann.client, f"{page}/invitations/{invitation.pk}", f"{page}/members")
    bea = Resident(bare(_BEA))
    look(bea.client, "/organisations", f"/invitations/{invitation.pk}")
    bea.client.post(f"/invitations/{invitation.pk}")
    look(Client(), link)
    _change_roles(owner, ann)


def _change_roles(owner: Member, ann: Resident) -> None:
    page = "/organisations/trust/members"
    other = Member.objects.exclude(pk=owner.pk).get()
    one = f"{page}/{other.pk}"
    look(ann.client, page, one, f"{one}/remove", f"{one}/hand-over", f"{page}/leave")
    ann.client.post(one, {"role": "none"})
    ann.client.post(f"{page}/leave", {"sure": "yes"})
    for role in (Member.Role.OWNER, Member.Role.VIEWER):
        members.change_role(
            organisation=owner.organisation, number=other.pk, role=role, by=OPERATOR
        )
    look(ann.client, "/organisations/trust/history")


def showing_who_one_is() -> None:
    owner, ann = _owner()
    page, of = "/organisations/trust/details", owner.organisation
    look(ann.client, page, f"{page}/new")
    ann.client.post(f"{page}/new", {"kind": "domain", "value": "localhost"})
    given = [
        proving.give(organisation=of, kind=kind, value=value, by=OPERATOR)
        for kind, value in (("domain", "riverside.org"), ("charity", "1234567"))
    ]
    look(ann.client, page, *(f"{page}/{proof.pk}" for proof in given[1:]))
    with mock.patch.object(lookup, "texts", return_value=[]):
        ann.client.post(f"{page}/{given[0].pk}", {"decision": "check"})
    found = [rules.record_of(given[0].token)]
    proving.note_lookup(organisation=of, number=given[0].pk, texts=found, by=OPERATOR)
    proving.decide(
        organisation=of, number=given[1].pk, accepted=False, reason="Ńőťĥíńǵ", by=OPERATOR
    )
    look(ann.client, page, *(f"{page}/{proof.pk}" for proof in given))


def discreet() -> None:
    account = bare(language=LANGUAGE, is_discreet=True)
    of = factories.organisation(name=_NAME)
    by = resident(account)
    members.add(organisation=of, account=account, role=Member.Role.OWNER, by=by)
    other = factories.account("dee@example.org", full_name="Ďéé", language=LANGUAGE)
    members.add(organisation=of, account=other, role=Member.Role.OWNER, by=by)


PARTS = (starting, inviting_somebody, showing_who_one_is, discreet)
