"""Reads organisations."""

from django.db.models import QuerySet

from accounts.council.queries import council
from clients.models import Application, Organisation
from clients.organisations.rules import NameProblem, looks, mixes_scripts


def listed() -> QuerySet[Organisation]:
    """Return all organisations by name, each with its applications."""
    return Organisation.objects.prefetch_related("applications").order_by("name", "slug")


def find(slug: str) -> Organisation | None:
    """Return the organisation of this short name."""
    return listed().filter(slug=slug).first()


def lookalike_problem(name: str, *, of: Organisation | None = None) -> NameProblem | None:
    """Return why residents would take this name for somebody else's, if so.

    `of`: the organisation that it is for, whose own names it may have; none: a new one. Nobody but
    the council is called like it or has its name as a part, and nobody like this provider.
    """
    if mixes_scripts(name):
        return NameProblem.MIXED
    seen = looks(name)
    shown = council()
    ours = [shown.service]
    if of is None or not of.is_council:
        ours.append(shown.name)
    is_ours = any(looks(one) in seen for one in ours)
    return NameProblem.OF_ANOTHER if is_ours or seen in _names_of_others(of) else None


def _names_of_others(of: Organisation | None) -> set[str]:
    others = Organisation.objects.all()
    live = Application.objects.filter(environment=Application.Environment.LIVE)
    if of is not None:
        others, live = others.exclude(pk=of.pk), live.exclude(organisation=of)
    names = (*others.values_list("name", flat=True), *live.values_list("name", flat=True))
    return {looks(name) for name in names}
