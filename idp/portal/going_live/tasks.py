"""The list of tasks on the way to a live application, or to a change of one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.columns import described
from clients.applications.logo import queries as logos
from clients.applications.parts import parts_of
from clients.applications.registration import Kind
from clients.approval import page, queries, wording
from clients.approval.logo import queries as proposals
from clients.approval.page import Line
from clients.approval.rules import Item, Mark
from clients.models import Application, Submission
from idp.portal.going_live.forms import ASKED
from idp.portal.going_live.queries import tried


@dataclass(frozen=True)
class Task:
    """One line: where it is done, how it stands, and what it rests on or needs."""

    title: str | Promise
    address: str
    mark: str
    state: str | Promise
    hint: str | Promise = ""


@dataclass(frozen=True)
class Group:
    """Tasks of one subject."""

    heading: Promise
    tasks: list[Task]


_DRAFTED = {
    "addresses": Item.ADDRESSES,
    "keys": Item.KEYS,
    "certificate": Item.CERTIFICATE,
    "notice": Item.NOTICE,
    "contacts": Item.CONTACTS,
    "agreement": Item.AGREEMENT,
}
_LOGO = "logo"
_WILL_CHANGE = _("Will change")
_HEADINGS: dict[Promise, tuple[Item | str, ...]] = {
    _("Your organisation"): (Item.OWNERS, Item.PROOF),
    _("The live application"): (
        Item.ADDRESSES,
        "signing-out",
        "start",
        Item.KEYS,
        Item.CERTIFICATE,
        Item.NOTICE,
        Item.CONTACTS,
        Item.SCOPES,
        _LOGO,
    ),
    _("The agreement"): (Item.AGREEMENT,),
    _("Shown in the sandbox"): (Item.SIGN_IN, Item.REFUSAL, Item.KEY_ROTATION, Item.LOGOUT),
}


def begun(application: Application) -> Submission:
    """Return what a draft begins as, before anything was saved."""
    return Submission(
        application=application,
        agreement_reference=application.agreement_reference,
        agreement_ends_on=application.agreement_ends_on,
    )


def groups(submission: Submission) -> list[Group]:
    """Return the tasks by subject; what an application like this has not is left out."""
    application = submission.application
    facts = queries.facts(submission, tried=queries.needed(application, tried(application)))
    lines = {line.item: line for line in page.lines(facts)}
    found = [
        Group(heading, list(_tasks(submission, items, lines)))
        for heading, items in _HEADINGS.items()
    ]
    return [group for group in found if group.tasks]


def left(groups: list[Group]) -> int:
    """Return how many tasks keep it from being sent."""
    marks = [task.mark for group in groups for task in group.tasks]
    return sum(mark in {Mark.MISSING, Mark.PROBLEM} for mark in marks)


def _tasks(
    submission: Submission, items: tuple[Item | str, ...], lines: dict[Item, Line]
) -> Iterator[Task]:
    for item in items:
        if isinstance(item, Item):
            if item in lines:
                yield _of_checklist(submission, lines[item])
        elif item == _LOGO:
            yield from _picture(submission)
        elif (task := _optional(submission, item)) is not None:
            yield task


def _of_checklist(submission: Submission, line: Line) -> Task:
    done = line.mark is Mark.DONE
    where = _where(submission, line.item)
    part = next((part for part, item in _DRAFTED.items() if item is line.item), "")
    state = _WILL_CHANGE if done and _changes(submission, part) else line.state
    return Task(line.what, where, line.mark, state, line.evidence if done else line.how)


def _changes(submission: Submission, part: str) -> bool:
    """Say whether a draft changes this of a live application."""
    if queries.makes_live(submission) or part not in ASKED:
        return False
    fields = set(ASKED[part].base_fields)
    agreement = {
        name
        for name in ("agreement_reference", "agreement_ends_on")
        if getattr(submission, name) != getattr(submission.application, name)
    }
    return not fields.isdisjoint(agreement | set(queries.changes(submission)))


def _optional(submission: Submission, part: str) -> Task | None:
    form, registration = ASKED[part], queries.proposed(submission)
    if not form.concerns(registration, is_new=queries.makes_live(submission)):
        return None
    parts = parts_of(registration)
    given = any(parts[name] for name in form.base_fields)
    state = wording.MARKS[Mark.DONE] if given else _("Optional")
    state = _WILL_CHANGE if _changes(submission, part) else state
    where = address(submission.application, "draft", part)
    return Task(form.heading, where, Mark.DONE if given else Mark.NOT_NEEDED, state)


def _picture(submission: Submission) -> Iterator[Task]:
    application = submission.application
    if queries.proposed(submission).kind is Kind.SERVICE:
        return
    if queries.makes_live(submission):
        ids = [application.organisation.slug, application.slug]
        where, asked = reverse("logos:change", args=ids), False
    else:
        where, asked = address(application, "logo"), bool(proposals.addresses(submission))
    given = asked or bool(logos.address(application))
    state = wording.MARKS[Mark.DONE] if given else _("Optional")
    state = _WILL_CHANGE if asked else state
    yield Task(_("Logo"), where, Mark.DONE if given else Mark.NOT_NEEDED, state)


def _where(submission: Submission, item: Item) -> str:
    """Return where a line of the checklist is met."""
    application = submission.application
    organisation = application.organisation.slug
    if item is Item.OWNERS:
        return reverse("members:list", args=[organisation])
    if item is Item.PROOF:
        return reverse("organisations:details", args=[organisation])
    if item is Item.SCOPES:
        return _of_scopes(application.made_from or application)
    if item is Item.LOGOUT:
        return reverse("deliveries:list", args=[organisation, application.slug])
    part = next((part for part, one in _DRAFTED.items() if one is item), None)
    if part is None:
        return reverse("tester:tester", args=[organisation, application.slug])
    return address(application, "draft", part)


def _of_scopes(sandbox: Application) -> str:
    """Return the page of the first scope that lacks something, or of all."""
    ids = [sandbox.organisation.slug, sandbox.slug]
    wanted = described(sandbox).scopes
    lacking = [one.scope for one in wanted if not (one.purpose and one.retention)]
    if lacking:
        return reverse("applications:scope", args=[*ids, lacking[0]])
    return of_sandbox(sandbox)


def of_sandbox(sandbox: Application) -> str:
    """Return the page of what a sandbox application is registered as."""
    return reverse("applications:overview", args=[sandbox.organisation.slug, sandbox.slug])


def address(application: Application, name: str = "live", *more: str) -> str:
    """Return the address of one of the pages about going live."""
    ids = [application.organisation.slug, application.slug, *more]
    return reverse(f"approval:{name}", args=ids)
