"""Writes that stand round a search by name: its ground, what it showed, and what was chosen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits.operations import OverLimitError, hit_all
from accounts.limits.table import NAME_SEARCHES, NAME_SEARCHES_DAILY
from accounts.models import Account, Session, StaffRole
from accounts.staff import Role
from idp.console.fishing import operations as fishing
from idp.console.fishing.rules import Pattern
from idp.console.helping import operations as helping
from idp.console.helping.finding import Found
from idp.console.helping.operations import Asked, NotOpenedError, about
from idp.console.helping.rules import Refusal as Barred
from idp.console.searching import queries
from idp.console.searching.rules import MOST_SHOWN, Refusal, refusal_to_search
from idp.models import HelpSession, NameSearch

EVIDENCE = frozenset(
    {
        NameSearch.Ground.PASSPORT,
        NameSearch.Ground.DRIVING_LICENCE,
        NameSearch.Ground.RESIDENCE_PERMIT,
        NameSearch.Ground.OTHER_PHOTO,
        NameSearch.Ground.TWO_PAPERS,
    }
)


@dataclass(frozen=True)
class NotOpenError(Exception):
    """Nobody may look by name on this ground, here; nothing was begun."""

    refusal: Refusal


@transaction.atomic
def begin(*, signed_in: Session, asked: Asked, ground: NameSearch.Ground) -> HelpSession:
    """Begin a help session in which names may be searched.

    Raises:
        NotOpenError: the ground does not do for this channel or this member of staff.
    """
    leads = StaffRole.objects.filter(account=signed_in.account, role=Role.SUPPORT_LEAD)
    refusal = refusal_to_search(
        is_evidence=ground in EVIDENCE,
        at_counter=asked.channel == HelpSession.Channel.COUNTER,
        is_lead=leads.exists(),
    )
    if refusal is not None:
        raise NotOpenError(refusal)
    found = Found(HelpSession.Given.NAME)
    row = helping.begin(signed_in=signed_in, asked=asked, found=found)
    NameSearch.objects.create(help_session=row, ground=ground)
    return row


def search(*, name_search: NameSearch, words: Collection[str], born: date | None) -> int:
    """Look for a name, keep what was found to choose from, and return how many there are.

    Of more than may be shown none are. The log has numbers alone, never what was typed.

    Raises:
        OverLimitError: this member of staff has searched too often; that is recorded too.
    """
    _count(name_search)
    found = queries.matching(words, born=born)
    _note_found(name_search, found, words=len(words), born=born)
    return len(found)


def choose(*, name_search: NameSearch, typed: str) -> HelpSession | None:
    """Have the help session be about one account that the last search showed, by its typed id.

    Of any other nothing happens, and None is returned. Call it outside a transaction.

    Raises:
        NotOpenedError: it has become a colleague's or protected; that it was tried is recorded.
    """
    help_session, account = name_search.help_session, _taken(name_search, typed)
    if account is None:
        return None
    if not queries.shown([typed]):
        refusal = Barred.NOT_BY_NAME
        helping.refuse_account(help_session=help_session, account=account, refusal=refusal)
        raise NotOpenedError(refusal)
    return helping.find_account(help_session=help_session, account=account)


@transaction.atomic
def _taken(name_search: NameSearch, typed: str) -> Account | None:
    """Return the chosen one, once: of two tabs one chooses."""
    held = NameSearch.objects.select_for_update(of=("self",), no_key=True).get(pk=name_search.pk)
    if typed not in held.found:
        return None
    held.found = []
    held.save(update_fields=["found"])
    return Account.objects.filter(pk=typed).first()


def _count(name_search: NameSearch) -> None:
    staff_id = str(name_search.help_session.staff_id)
    verdict = hit_all((NAME_SEARCHES, (staff_id,)), (NAME_SEARCHES_DAILY, (staff_id,)))
    if not verdict.allowed:
        _note_too_many(name_search)
        fishing.note(by=name_search.help_session.staff, pattern=Pattern.MANY_NAMES)
        raise OverLimitError(verdict)


@transaction.atomic
def _note_found(
    name_search: NameSearch, found: list[UUID], *, words: int, born: date | None
) -> None:
    is_few = len(found) <= MOST_SHOWN
    name_search.found = [str(account_id) for account_id in found] if is_few else []
    name_search.save(update_fields=["found"])
    detail = {"words": words, "with_birth": born is not None, "found": len(found)}
    _record(Event.NAMES_SEARCHED, name_search, **detail)


@transaction.atomic
def _note_too_many(name_search: NameSearch) -> None:
    _record(Event.NAMES_OVERSEARCHED, name_search)


def _record(event: Event, name_search: NameSearch, **detail: int | bool) -> None:
    help_session = name_search.help_session
    touched = about(help_session, **detail)
    record(
        event,
        by=staff(help_session.staff),
        about=About(**{**vars(touched), "reason": name_search.ground}),
    )
