"""Why an address was refused, in words that say what to write instead."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.addresses.rules import AddressProblem

ADDRESS_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    AddressProblem.EMPTY: _("Enter an address"),
    AddressProblem.TOO_LONG: _("The address is too long"),
    AddressProblem.NOT_ASCII: _(
        "The address holds letters outside ASCII: write its host in xn-- form, the rest %-encoded"
    ),
    AddressProblem.CHARACTER: _(
        "The address holds a space, a control character or another that no address may hold"
    ),
    AddressProblem.SCHEME: _("The address must start with https://"),
    AddressProblem.HTTP: _("The address must start with https://: http can be read on the way"),
    AddressProblem.FRAGMENT: _("The address must not have a fragment (#)"),
    AddressProblem.WILDCARD: _("The address must not have a wildcard (*): list each one"),
    AddressProblem.USERINFO: _("The address must not hold a user name or password (@)"),
    AddressProblem.HOST: _("The address needs a full host name in small letters"),
    AddressProblem.HOST_IS_NUMBER: _("The address needs a host name, not a number"),
    AddressProblem.HOST_PRIVATE: _(
        "The host is of a private network: residents’ browsers cannot reach it"
    ),
    AddressProblem.LOOKALIKE: _(
        "The host is written with letters that look like others: residents would mistake it"
    ),
    AddressProblem.LOOPBACK: _(
        "An address of your own computer is only for sandbox and native applications"
    ),
    AddressProblem.PORT: _("The port must be a number from 1 to 65535"),
    AddressProblem.PATH: _("The path must not hold ., .. or an encoded slash"),
    AddressProblem.ANSWER_PARAMETER: _(
        "The address must not have a parameter that the answer adds, such as code or state"
    ),
}
