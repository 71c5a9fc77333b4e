"""Claims asked for one by one (OIDC Core §5.5): what a request wants, bounded and normalised."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from idp.oidc import strict_json
from idp.oidc.strict_json import NotStrictError

MAX_LENGTH: Final = 8 * 1024
MAX_NAMES: Final = 100

# Claim -> the values of which one will do; none: any.
Asked: TypeAlias = Mapping[str, list[Any]]
# "userinfo" and "id_token" -> what is asked for there.
AskedByMember: TypeAlias = Mapping[str, Asked]


class Fault(StrEnum):
    """What is wrong with a claims parameter, beyond its JSON."""

    TOO_LONG = "too_long"
    TOO_MANY_NAMES = "too_many_names"
    MEMBER_NOT_AN_OBJECT = "member_not_an_object"
    CLAIM_NOT_AN_OBJECT = "claim_not_an_object"
    ESSENTIAL_NOT_A_BOOLEAN = "essential_not_a_boolean"
    VALUES_NOT_AN_ARRAY = "values_not_an_array"
    VALUE_AND_VALUES = "value_and_values"


class UnfitClaimsError(ValueError):
    """The parameter is not what §5.5 describes; `fault` says in which respect."""

    def __init__(self, fault: Fault | strict_json.Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Wish:
    """One claim asked for (§5.5.1). Nothing is refused for want of an essential one but `acr`."""

    is_essential: bool = False
    values: tuple[Any, ...] = ()

    def texts(self) -> list[str]:
        """Return those of the values that are texts."""
        return [value for value in self.values if isinstance(value, str)]


@dataclass(frozen=True)
class Wishes:
    """What a request asks for at each place, claims that we do not know among them."""

    userinfo: Mapping[str, Wish]
    id_token: Mapping[str, Wish]

    def only(self, names: Collection[str]) -> dict[str, dict[str, list[Any]]]:
        """Return what is asked for of these claims; others are ignored (§5.5)."""
        members = {"userinfo": self.userinfo, "id_token": self.id_token}
        kept = {
            member: {name: list(wish.values) for name, wish in wishes.items() if name in names}
            for member, wishes in members.items()
        }
        return {member: wishes for member, wishes in kept.items() if wishes}


def parse(text: str) -> Wishes:
    """Return what the parameter asks for.

    Raises:
        UnfitClaimsError: it is too large, or not what §5.5 describes.
    """
    if len(text.encode()) > MAX_LENGTH:
        raise UnfitClaimsError(Fault.TOO_LONG)
    try:
        members = strict_json.parse_object(text)
    except NotStrictError as error:
        raise UnfitClaimsError(error.fault) from error
    userinfo, id_token = _member(members, "userinfo"), _member(members, "id_token")
    if len(userinfo) + len(id_token) > MAX_NAMES:
        raise UnfitClaimsError(Fault.TOO_MANY_NAMES)
    return Wishes(
        {name: _wish(value) for name, value in userinfo.items()},
        {name: _wish(value) for name, value in id_token.items()},
    )


def names(asked: AskedByMember) -> set[str]:
    """Return the names of all claims asked for, wherever."""
    return {name for member in asked.values() for name in member}


def fits(value: object, wanted: list[Any]) -> bool:
    """Say whether the value is one that is asked for (§5.5.1 `value`, `values`)."""
    if not wanted:
        return True
    # To Python, but not in JSON, true is 1.
    is_flag = isinstance(value, bool)
    return any(isinstance(one, bool) == is_flag and one == value for one in wanted)


def _member(members: Mapping[str, Any], name: str) -> dict[str, Any]:
    member = members.get(name, {})
    if not isinstance(member, dict):
        raise UnfitClaimsError(Fault.MEMBER_NOT_AN_OBJECT)
    return member


def _wish(value: object) -> Wish:
    """Return one claim's wish; members of it that we do not know are ignored (§5.5.1)."""
    if value is None:
        return Wish()
    if not isinstance(value, dict):
        raise UnfitClaimsError(Fault.CLAIM_NOT_AN_OBJECT)
    essential = value.get("essential", False)
    if not isinstance(essential, bool):
        raise UnfitClaimsError(Fault.ESSENTIAL_NOT_A_BOOLEAN)
    if "value" in value and "values" in value:
        raise UnfitClaimsError(Fault.VALUE_AND_VALUES)
    values = value.get("values", [value["value"]] if "value" in value else [])
    if not isinstance(values, list) or ("values" in value and not values):
        raise UnfitClaimsError(Fault.VALUES_NOT_AN_ARRAY)
    return Wish(essential, tuple(values))
