"""What this app holds about an account."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.export.part import Column, Part
from clients.models import Member

PARTS: Final = (
    Part(
        "organisations",
        _("Organisations whose services you look after"),
        lambda asked: Member.objects.filter(account=asked.account).select_related("organisation"),
        (
            Column("organisation", _("Organisation"), "organisation.name"),
            Column("role", _("What you may do there")),
            Column("since", _("Since")),
        ),
        order="since",
    ),
)
