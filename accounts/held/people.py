"""The account and how its owner is reached."""

from datetime import timedelta
from typing import Final

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.held.reasons import EXPIRY, NUMBER, STEP, TOMBSTONE
from accounts.models import (
    Account,
    ColleagueAccount,
    DirectoryLink,
    DirectoryVisit,
    EmailAddress,
    HoldBack,
    NameWord,
    Phone,
    PostalAddress,
    Protection,
    ProtectionLead,
    StaffMember,
    StaffRole,
)
from accounts.retention.vocabulary import (
    After,
    AtClosing,
    Purpose,
    Table,
    With,
    not_personal,
    personal,
)

_SIGN_IN, _PROFILE, _REACH = Purpose.SIGN_IN, Purpose.PROFILE, Purpose.REACH
_ITSELF: Final = With("account")
# Unique, so that every closed account has another.
_NO_NAME: Final = Cast("id", CharField())

TABLES: Final = (
    Table(
        Account,
        _("Accounts"),
        AtClosing(),
        owner="pk",
        groups=(
            personal(
                "id status created_at joined_into is_test staff_since", _SIGN_IN, kept=TOMBSTONE
            ),
            not_personal("test_group", "made up: a constraint keeps it to test accounts"),
            personal("sign_in_name sign_in_key", _SIGN_IN, emptied=_NO_NAME),
            # Nothing that anybody types matches it.
            personal("password", _SIGN_IN, secret=True, emptied="!"),
            personal("user_handle", _SIGN_IN, secret=True),
            personal("password_changed_at password_from_mailbox", _SIGN_IN),
            personal("password_suspect_since changes_held_until", Purpose.SAFETY),
            personal("full_name full_name_checked_at", _PROFILE),
            personal("former_name shares_former_name", _PROFILE),
            personal("date_of_birth date_of_birth_checked_at", _PROFILE),
            personal("language is_discreet", _REACH),
            not_personal("use_checked_from", STEP),
            not_personal("test_claims", "made up: a constraint keeps it to test accounts"),
        ),
    ),
    Table(
        EmailAddress,
        _("Email addresses"),
        _ITSELF,
        owner="account",
        groups=(
            personal("account address is_primary confirmed_at unsafe_since", _REACH),
            personal("address_key", _REACH, secret=True),
            # Of somebody else's account, of which this one's owner is told nothing.
            personal("others_read_since", Purpose.SAFETY, secret=True),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        Phone,
        _("Phone numbers"),
        _ITSELF,
        owner="account",
        groups=(
            personal("account number confirmed_at changed_at unsafe_since last_used_at", _REACH),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        PostalAddress,
        _("Postal addresses"),
        _ITSELF,
        owner="account",
        groups=(
            personal("account lines postcode uprn no_fixed_address", _PROFILE),
            personal("checked_at changed_at unsafe_since", _PROFILE),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        StaffMember,
        _("Members of our staff: where they work, and mails about their keys go"),
        _ITSELF,
        owner="account",
        groups=(
            personal("account work_email team left_at", _REACH),
            personal("work_email_key", _REACH, secret=True),
        ),
    ),
    Table(
        StaffRole,
        _("What members of our staff may do"),
        _ITSELF,
        owner="account",
        groups=(
            personal("account role granted_at source", Purpose.PARTNERS),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        ColleagueAccount,
        _("Which accounts of residents belong to members of our staff"),
        _ITSELF,
        owner="account",
        groups=(personal("account staff flagged_at", Purpose.SAFETY),),
    ),
    Table(
        DirectoryLink,
        _("Members of our staff whom the council’s directory vouches for"),
        With("member"),
        owner="member__account",
        groups=(
            personal("member issuer made_at heard_at gone_at ended_at is_barred", _SIGN_IN),
            # By these the directory is asked whether they work here still.
            personal("subject refresh_token", _SIGN_IN, secret=True),
            not_personal("asked_at", STEP),
        ),
    ),
    Table(
        DirectoryVisit,
        _("Browsers that were sent to the council’s directory"),
        After("expires_at", _("it expires")),
        owner="member__account",
        groups=(
            personal("member roles began_at answered_at", _SIGN_IN),
            personal("state_hash browser_hash secrets", _SIGN_IN, secret=True),
            not_personal("id", NUMBER),
            not_personal("expires_at", EXPIRY),
        ),
    ),
    Table(
        HoldBack,
        _("Looks at an account that were kept from its owner for a while"),
        After("until", _("its day has come"), timedelta(days=30)),
        owner="account",
        groups=(
            personal("account since until asked_at agreed_at ended_at", Purpose.SAFETY),
            not_personal("asked_by agreed_by", "who of our staff decided"),
            not_personal("id case_reference", NUMBER),
        ),
    ),
    Table(
        NameWord,
        _("The words of names, by which our staff find an account"),
        _ITSELF,
        owner="account",
        groups=(
            personal("account word", Purpose.SAFETY),
            not_personal("id", NUMBER),
        ),
    ),
    Table(
        Protection,
        _("Accounts whose owners must not be found"),
        _ITSELF,
        owner="account",
        groups=(personal("account since until", Purpose.SAFETY),),
    ),
    Table(
        ProtectionLead,
        _("Who of our staff may read how the owner of a protected account is reached"),
        With("protection"),
        owner="protection__account",
        groups=(
            personal("protection named_at", Purpose.SAFETY),
            not_personal("staff", "who of our staff is trusted with it"),
            not_personal("id", NUMBER),
        ),
    ),
)
