"""Finds what an address names by number, for members of the organisation whose it is."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from clients.models import Member
from clients.organisations.members.operations import keep_out_of_another

Row = TypeVar("Row", bound=Model)


def own(rows: QuerySet[Row], *, member: Member, number: object, whose: str = "organisation") -> Row:
    """Return the row of this number; `whose` leads from a row to its organisation.

    One of another organisation is not there, and the try is recorded.

    Raises:
        Http404: there is none among `rows`.
    """
    row = rows.filter(pk=number).first()
    if row is None:
        everywhere: QuerySet[Any] = rows.model._default_manager.filter(pk=number)  # noqa: SLF001 - public by Django's documentation
        if everywhere.exclude(**{whose: member.organisation_id}).exists():
            keep_out_of_another(member=member)
        raise Http404
    return row
