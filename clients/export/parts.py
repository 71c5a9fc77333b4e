"""What this app holds about an account."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.export.part import Column, Part
from clients.models import ApiToken, Comment, Invitation, Member, NoticeReading, SignOff, Submission

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
    Part(
        "invitations",
        _("Organisations that asked you to look after their services"),
        lambda asked: Invitation.objects.filter(
            address_key__in=asked.account.email_addresses.values("address_key")
        ).select_related("organisation"),
        (
            Column("organisation", _("Organisation"), "organisation.name"),
            Column("role", _("What you may do there")),
            Column("address", _("Email address")),
            Column("made_at", _("When")),
        ),
        order="made_at",
    ),
    Part(
        "submissions",
        _("What you asked us to approve for an organisation"),
        lambda asked: Submission.objects.filter(submitted_by=asked.account).select_related(
            "application"
        ),
        (
            Column("service", _("Service"), "application.name"),
            Column("submitted_at", _("When")),
        ),
        order="submitted_at",
    ),
    Part(
        "notices_read",
        _("Privacy notices of services that you read for the council"),
        lambda asked: NoticeReading.objects.filter(account=asked.account).select_related(
            "submission__application"
        ),
        (
            Column("service", _("Service"), "submission.application.name"),
            Column("address", _("Address")),
            Column("at", _("When")),
        ),
        order="at",
    ),
    Part(
        "sign_offs",
        _("What you decided for the council about services"),
        lambda asked: SignOff.objects.filter(account=asked.account).select_related(
            "submission__application"
        ),
        (
            Column("service", _("Service"), "submission.application.name"),
            Column("kind", _("As what")),
            Column("decision", _("Decision")),
            Column("reason", _("Reason")),
            Column("at", _("When")),
            Column("set_aside", _("Why it counts no more")),
        ),
        order="at",
    ),
    Part(
        "comments",
        _("What you said about services that organisations wanted approved"),
        lambda asked: Comment.objects.filter(account=asked.account).select_related(
            "submission__application"
        ),
        (
            Column("service", _("Service"), "submission.application.name"),
            Column("text", _("What you said")),
            Column("at", _("When")),
        ),
        order="at",
    ),
    Part(
        "api_tokens",
        _("What you made for programs that act for an organisation"),
        lambda asked: ApiToken.objects.filter(made_by=asked.account).select_related("organisation"),
        (
            Column("organisation", _("Organisation"), "organisation.name"),
            Column("name", _("What you call it")),
            Column("role", _("What it may do there")),
            Column("created_at", _("Made")),
        ),
        order="created_at",
    ),
)
