"""What the page of all ways to sign in shows."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from accounts.mfa.queries import Kind, all_of, has_second_step
from accounts.mfa.wording import KINDS, UNNAMED, about, name_of
from accounts.models import Account, Authenticator
from accounts.texts import outgoing

Row = dict[str, Any]


def rows(account: Account) -> list[Row]:
    """Return the password and every way that works, as a summary list takes them."""
    ways = all_of(account).filter(suspect_since=None)
    return [*_password(account), *(_row(way, _actions(way)) for way in ways)]


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
    if not account.has_password:
        return []
    link = {"href": reverse("mfa:password"), "text": _("Change")}
    label = _("Password")
    action = {**link, "visuallyHiddenText": label.lower()}
    return [
        {
            "key": {"text": label},
            "value": {"text": _("You know it by heart or keep it somewhere safe.")},
            "actions": {"items": [action]},
        }
    ]


def _row(way: Authenticator, actions: list[Row]) -> Row:
    sentences = ((sentence,) for sentence in about(way))
    return {
        "key": {"text": name_of(way)},
        "value": {"html": format_html_join("", "<div>{}</div>", sentences)},
        "actions": {"items": actions},
    }


def _actions(way: Authenticator) -> list[Row]:
    remove = _action(way, "mfa:remove", _("Remove"))
    if way.kind in UNNAMED:
        return [remove]
    return [_action(way, "mfa:rename", _("Change name")), remove]


def _action(way: Authenticator, page: str, text: str) -> Row:
    href = reverse(page, kwargs={"way": way.pk})
    hidden = way.label or str(KINDS[Kind(way.kind)])
    return {"href": href, "text": text, "visuallyHiddenText": hidden}
