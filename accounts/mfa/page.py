"""What the page of all ways to sign in shows."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from accounts.mfa.code_sheets.operations import is_used_up
from accounts.mfa.queries import Kind, all_of, has_second_step
from accounts.mfa.wording import KINDS, UNNAMED, about, day_of, name_of
from accounts.models import Account, Authenticator
from accounts.texts import outgoing
from accounts.texts.queries import number_of

Row = dict[str, Any]


def rows(account: Account) -> list[Row]:
    """Return the password and every way that works, as a summary list takes them.

    A password that there is none of comes last, and only where one may be added now.
    """
    ways = [_row(way, _actions(way)) for way in all_of(account).filter(suspect_since=None)]
    password = _password(account)
    return [*password, *ways] if account.has_password else [*ways, *password]


def set_aside(account: Account) -> list[Row]:
    """Return the ways that do not work until their owner keeps or removes them."""
    ways = all_of(account).exclude(suspect_since=None)
    return [
        _row(way, [_action(way, "mfa:keep", _("Keep")), _action(way, "mfa:remove", _("Remove"))])
        for way in ways
    ]


def needs_recovery_codes(account: Account) -> bool:
    """Say whether recovery codes could stand beside something and there are none."""
    kinds = set(all_of(account).values_list("kind", flat=True))
    return has_second_step(account) and Kind.RECOVERY_CODES not in kinds


def offers_text_messages(account: Account) -> bool:
    """Say whether texts are sent here, and the account has none of them as a way to sign in."""
    return outgoing.is_on() and not all_of(account).filter(kind=Kind.TEXT_MESSAGE).exists()


def _password(account: Account) -> list[Row]:
    held = account.changes_held_until
    if not account.has_password and held is not None and timezone.now() < held:
        return []
    label, at = _("Password"), account.password_changed_at
    if not account.has_password:
        verb, about = _("Add"), _("You have none. You do not need one.")
    else:
        verb = _("Change")
        about = _("Chosen on {day}.").format(day=day_of(at)) if at else _("Never changed yet.")
    action = {"href": reverse("mfa:password"), "text": verb, "visuallyHiddenText": label.lower()}
    return [
        {
            "key": {"text": label},
            "value": {"text": about},
            "actions": {"items": [action]},
        }
    ]


def _row(way: Authenticator, actions: list[Row]) -> Row:
    sentences = ((sentence,) for sentence in (*about(way), *_not_working(way)))
    return {
        "key": {"html": _named(way)},
        "value": {"html": format_html_join("", "<div>{}</div>", sentences)},
        "actions": {"items": actions},
    }


def _named(way: Authenticator) -> str:
    """Return its name, in whichever direction its owner's script runs."""
    kind = KINDS[Kind(way.kind)]
    if not way.label:
        return str(kind)
    return format_html(_("{kind}: {name}"), kind=kind, name=format_html("<bdi>{}</bdi>", way.label))


def _not_working(way: Authenticator) -> list[str]:
    if is_used_up(way):
        return [_("It is used up: get a new one.")]
    if way.kind == Kind.TEXT_MESSAGE and number_of(way.account) is None:
        return [
            _(
                "No codes are sent at the moment: your number was not confirmed or used for a year,"
                " or is not to be used."
            )
        ]
    return []


def _actions(way: Authenticator) -> list[Row]:
    remove = _action(way, "mfa:remove", _("Remove"))
    if is_used_up(way):
        new = {"href": reverse("mfa:add_code_sheet"), "text": _("Get a new one")}
        return [{**new, "visuallyHiddenText": str(KINDS[Kind.CODE_SHEET])}, remove]
    if way.kind in UNNAMED:
        return [remove]
    return [_action(way, "mfa:rename", _("Change name")), remove]


def _action(way: Authenticator, page: str, text: str) -> Row:
    href = reverse(page, kwargs={"way": way.pk})
    # When it was added, too: several may have one name, or none.
    hidden = _("{name}, {age}").format(name=name_of(way), age=about(way)[0])
    return {"href": href, "text": text, "visuallyHiddenText": hidden}
