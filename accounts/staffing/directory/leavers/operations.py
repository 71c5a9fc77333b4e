"""Writes what the directory said of somebody."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.audit.actor import SYSTEM
from accounts.models import Account, DirectoryLink
from accounts.security import encryption
from accounts.staffing.directory.leavers import rules
from accounts.staffing.directory.leavers.rules import Heard
from accounts.staffing.directory.operations import take_lost
from accounts.staffing.people import operations as people


@transaction.atomic
def claim(*, link: DirectoryLink, now: datetime) -> bool:
    """Take it on to ask about somebody; say whether nobody else is at it.

    A token that was asked with twice counts as stolen at many directories.
    """
    free = Q(asked_at=None) | Q(asked_at__lte=now - rules.LEASE)
    rows = DirectoryLink.objects.filter(free, pk=link.pk, refresh_token=link.refresh_token)
    return bool(rows.update(asked_at=now))


@transaction.atomic
def renew(*, link: DirectoryLink, refresh_token: str) -> None:
    """Keep what the directory is to be asked with from now on, unless somebody knows better."""
    if _is_ours(link):
        link.refresh_token = encryption.encrypt(refresh_token.encode())
        link.save(update_fields=["refresh_token"])


@transaction.atomic
def stays(*, link: DirectoryLink, roles_now: Collection[str], now: datetime) -> Heard:
    """Keep that somebody works here still, and take the roles whose groups they lost.

    New roles come by a visit alone, so that what somebody took by hand is not given back by night.
    """
    if not _is_ours(link):
        return Heard.ASKED_ELSEWHERE
    DirectoryLink.objects.filter(pk=link.pk).update(heard_at=now, asked_at=None)
    lost = take_lost(account=link.member.account, roles_now=roles_now, by=SYSTEM)
    return Heard.ROLES_LOST if lost else Heard.STAYS


@transaction.atomic
def gone(*, link: DirectoryLink) -> Heard:
    """End sessions and roles of somebody for whom the directory vouches no more."""
    if not _is_ours(link):
        return Heard.ASKED_ELSEWHERE
    people.stand_down(member=link.member, by=SYSTEM)
    return Heard.GONE


@transaction.atomic
def silent(*, link: DirectoryLink, now: datetime) -> Heard:
    """Let the next round ask about somebody again; how long it is silent is counted by itself.

    Behind all others: else a few about whom it says nothing for ever would hide everybody who
    leaves.
    """
    rows = DirectoryLink.objects.filter(pk=link.pk, refresh_token=link.refresh_token)
    rows.update(asked_at=now - rules.LEASE)
    return Heard.SILENT


@transaction.atomic
def end_of_gone(*, now: datetime) -> int:
    """End the accounts of those whom the directory has not vouched for in a month."""
    rows = DirectoryLink.objects.filter(
        ended_at=None, gone_at__lte=now - rules.GONE_FOR_GOOD, member__left_at=None
    )
    ended = 0
    for link in rows.select_related("member").order_by("pk"):
        people.leave(member=link.member, by=SYSTEM, may_return=True)
        ended += 1
    return ended


def _is_ours(link: DirectoryLink) -> bool:
    """Say whether the answer is still about what was asked; holds the account until the end.

    A visit meanwhile knows better, and so does whoever ended the account.
    """
    Account.objects.select_for_update(no_key=True).get(pk=link.pk)
    rows = DirectoryLink.objects.filter(pk=link.pk, ended_at=None)
    return rows.filter(refresh_token=link.refresh_token).exists()
