"""What each line of the checklist rests on: kept as facts when something is sent, told in words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.pages.moments import moment
from clients.approval.rules import Facts, Item, Mark, Tried, checklist
from clients.organisations.proving.wording import KINDS as PROOFS

Kept = dict[str, dict[str, Any]]


def kept(facts: Facts) -> Kept:
    """Return every line as it stands, with what it rests on, for JSON."""
    rests_on = _of_registration(facts) | (_of_sandbox(facts.tried) if facts.tried else {})
    return {
        item: {"mark": mark, **(rests_on.get(item, {}) if mark is Mark.DONE else {})}
        for item, mark in checklist(facts).items()
    }


def told(item: Item, fact: Mapping[str, Any]) -> str:
    """Return in words what a line rests on, empty where there is nothing to add."""
    words = {
        Item.OWNERS: _owners,
        Item.PROOF: _proof,
        Item.ADDRESSES: _addresses,
        Item.NOTICE: _notice,
        Item.CONTACTS: _contacts,
        Item.SCOPES: _scopes,
        Item.AGREEMENT: _agreement,
    }
    return words.get(item, _shown)(fact) if len(fact) > 1 else ""


def _of_registration(facts: Facts) -> dict[Item, dict[str, Any]]:
    registration, proof = facts.registration, facts.proof
    shown = {"kind": proof.kind, "value": proof.value, "at": _iso(proof.since)} if proof else {}
    ends_on = facts.agreement_ends_on
    return {
        Item.OWNERS: {"people": facts.owners, "council": facts.council_is_owner},
        Item.PROOF: shown,
        Item.ADDRESSES: {"number": len(registration.addresses.redirect_uris)},
        Item.NOTICE: _of_notice(facts),
        Item.CONTACTS: {"number": len(registration.contacts)},
        Item.SCOPES: {"scopes": [one.scope for one in registration.scopes]},
        Item.AGREEMENT: {
            "reference": facts.agreement_reference,
            "ends_on": ends_on.isoformat() if ends_on else "",
        },
    }


def _of_notice(facts: Facts) -> dict[str, Any]:
    address = facts.registration.privacy_url
    if facts.notice_is_reachable or facts.notice_read_at is None:
        return {"address": address, "at": _iso(facts.notice_asked_at)}
    return {"address": address, "at": _iso(facts.notice_read_at), "by_council": True}


def _of_sandbox(tried: Tried) -> dict[Item, dict[str, Any]]:
    moments = {
        Item.SIGN_IN: tried.signed_in,
        Item.REFUSAL: tried.refused,
        Item.KEY_ROTATION: tried.signed_in_after_rotation,
        Item.LOGOUT: tried.heard_of_sign_out,
    }
    return {item: {"at": _iso(at)} for item, at in moments.items() if at}


def _owners(fact: Mapping[str, Any]) -> str:
    people = int(fact["people"])
    if fact["council"]:
        return _("One owner, and the council is the second")
    return ngettext("{number} owner", "{number} owners", people).format(number=people)


def _proof(fact: Mapping[str, Any]) -> str:
    kind = PROOFS[fact["kind"]]
    return _("{kind} {value}, checked on {at}").format(
        kind=kind, value=fact["value"], at=_moment(fact["at"])
    )


def _addresses(fact: Mapping[str, Any]) -> str:
    number = int(fact["number"])
    words = ngettext("{number} redirect URI, https", "{number} redirect URIs, all https", number)
    return words.format(number=number) if number else ""


def _notice(fact: Mapping[str, Any]) -> str:
    # Who of the council it was, the council alone reads.
    words = (
        _("Read by {reader}, of the council, on {at}: {address}")
        if fact.get("reader")
        else _("Read by somebody of the council on {at}: {address}")
        if fact.get("by_council")
        else _("We read {address} on {at}")
    )
    return words.format(**{"reader": "", **fact, "at": _moment(fact["at"])})


def _contacts(fact: Mapping[str, Any]) -> str:
    number = int(fact["number"])
    return ngettext("{number} contact", "{number} contacts", number).format(number=number)


def _scopes(fact: Mapping[str, Any]) -> str:
    return ", ".join(fact["scopes"])


def _agreement(fact: Mapping[str, Any]) -> str:
    last = date_format(date.fromisoformat(fact["ends_on"]), "j F Y")
    return _("{reference}, until {last}").format(reference=fact["reference"], last=last)


def _shown(fact: Mapping[str, Any]) -> str:
    return _("Seen on {at}").format(at=_moment(fact["at"]))


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _moment(iso: str) -> str:
    return moment(datetime.fromisoformat(iso)) if iso else ""
