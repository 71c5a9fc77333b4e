"""Roles and tasks of staff, as the console calls them."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.staff import Permission


@dataclass(frozen=True)
class Task:
    """One thing that staff do: the name of its page's address, and what it is called."""

    page: str
    text: Promise
    hint: Promise


TASKS: Final[dict[Permission, Task]] = {
    Permission.HELP: Task(
        "console:help",
        _("Help somebody"),
        _("From the help code on their screen, their email address or a reference"),
    ),
    Permission.SET_UP: Task(
        "console:council:overview",
        _("What residents see of the council"),
        _("Name, colours, phone, hours and other contacts, on every page and in every mail"),
    ),
    Permission.SEARCH_NAMES: Task(
        "console:search_names",
        _("Search by name"),
        _("For somebody at your counter who knows nothing else, or for a support lead’s reason"),
    ),
    Permission.DECIDE: Task(
        "console:requests",
        _("Second person needed"),
        _("What colleagues ask for on somebody’s account, and another has to decide"),
    ),
    Permission.ANSWER_COMPLAINTS: Task(
        "console:complaints",
        _("Complaints"),
        _("What residents want to have put right, the most urgent first"),
    ),
    Permission.SIGN_OFF: Task(
        "approvals:queue",
        _("Approvals"),
        _("Applications on their way to residents, which wait for two people’s answers"),
    ),
    Permission.SEE_FIGURES: Task(
        "week_figures:figures",
        _("Figures by week"),
        _("How residents sign up, get back in and sign in, and where they give up"),
    ),
    Permission.HOLD_BACK: Task(
        "console:hold_backs",
        _("Looks kept back"),
        _("What people do not see for now, by two people’s decision"),
    ),
    Permission.READ_AUDIT: Task(
        "audit:search",
        _("Audit log"),
        _("Search it, verify that nobody changed it, and download it"),
    ),
}
