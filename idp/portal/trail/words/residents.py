"""Requests that were right, and ended without a code all the same."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from idp.portal.trail.words.vocabulary import Catalogue, Words

_WITH_A_PAGE: Final = _("Send the request again without prompt=none, so that a page can be shown.")
_NOTHING: Final = _(
    "Nothing is wrong with the request. Take the error at the redirect URI, and say what to do"
    " without signing in."
)
_AGAIN: Final = _("Start a new request from the beginning.")


def _silent(happened: object) -> Words:
    return Words(happened, _WITH_A_PAGE)  # type: ignore[arg-type]


WORDS: Final[Catalogue] = {
    "account_not_usable": Words(_("The resident’s account may not be used at present."), _NOTHING),
    "resident_did_not_share": Words(_("The resident chose not to share."), _NOTHING),
    "resident_gave_up": Words(
        _("The resident has no way to sign in as strongly as was asked."),
        _("Ask for a lower level in acr_values, or say what to do without signing in."),
    ),
    "resident_refused_device": Words(_("The resident did not let the device in."), _NOTHING),
    "not_the_residents_device": Words(
        _("The resident said that the device is not theirs."), _NOTHING
    ),
    "no_session": _silent(_("Nobody was signed in, and prompt=none lets nobody be asked.")),
    "prompt_create": _silent(_("An account was to be made, and prompt=none allows no page.")),
    "prompt_login": _silent(_("The resident was to sign in again, which needs a page.")),
    "max_age": _silent(_("The sign-in is older than max_age, and prompt=none allows no page.")),
    "level": _silent(_("The sign-in is not as strong as was asked; prompt=none allows no page.")),
    "device_not_confirmed": _silent(_("The device is not confirmed, which needs a page.")),
    "hint_names_another_account": Words(
        _("Somebody else is signed in than id_token_hint or the claims name."),
        _("Send the request without id_token_hint, or ask the resident to sign in as themself."),
    ),
    "prompt_select_account": _silent(_("The resident was to be asked as whom to go on.")),
    "shared_device": _silent(_("On a shared device the resident must be asked as whom to go on.")),
    "signed_out_of_service": _silent(
        _("The resident signed out of this application, and must be asked before going on.")
    ),
    "prompt_consent": _silent(_("The resident was to be asked what to share.")),
    "no_consent": _silent(_("The resident has not agreed to share with this application.")),
    "consent_expired": _silent(_("What the resident agreed to share has run out.")),
    "application_changed": _silent(
        _("This application changed since the resident agreed, so they must be asked again.")
    ),
    "more_asked_for": _silent(_("The request asks for more than the resident agreed to share.")),
    "terms_changed": _silent(
        _("What this application tells of its scopes changed, so residents must be asked again.")
    ),
    "blocked": _silent(_("The resident has not agreed to share with this application.")),
    "request_unknown": Words(_("The request is unknown, or expired long ago."), _AGAIN),
    "request_of_another_browser": Words(
        _("The request was opened in another browser before."),
        _("Start a new request in each browser, and never send its address to others."),
    ),
    "request_expired": Words(_("The request waited for too long."), _AGAIN),
    "request_used": Words(_("The request had its answer already."), _AGAIN),
    "real_resident_at_sandbox": Words(
        _("A sandbox application was opened by somebody who is not a test resident."),
        _("Sign in as one of your organisation’s test residents."),
    ),
    "test_resident_at_live": Words(
        _("A live application was opened by a test resident."),
        _("Use test residents with sandbox applications alone."),
    ),
    "test_resident_of_another_organisation": Words(
        _("A sandbox application was opened by a test resident of another organisation."),
        _("Sign in as one of your own organisation’s test residents."),
    ),
    "account_of_staff": Words(
        _("It was opened with a staff account of the council, which no application serves."),
        _("Sign in as a resident, or as a test resident of your organisation."),
    ),
    "sandbox_off": Words(
        _("The council has turned sandbox applications off."), _("Ask the council.")
    ),
    "details_added": _silent(
        _("This application gets more of a scope than before, so residents must be asked again.")
    ),
    "address_gone": _silent(
        _("The email address that the resident chose to share is gone, so they must be asked.")
    ),
    # The end of a session, at the application's wish; asked of the resident first where it says so.
    "logout_returned": Words(_("The resident was signed out and sent back."), ""),
    "logout_shown": Words(
        _("The resident was signed out, and stayed on our page."),
        _("To have them sent back, send id_token_hint and a registered post_logout_redirect_uri."),
    ),
    "logout_hint_missing": Words(
        _("The resident was asked whether to sign out: the request had no id_token_hint."),
        _("Send the ID token of the sign-in as id_token_hint."),
    ),
    "logout_hint_not_verified": Words(
        _("The resident was asked whether to sign out: the id_token_hint is not one of ours."),
        _("Send the ID token of the sign-in, unchanged, as id_token_hint."),
    ),
    "logout_hint_of_another_session": Words(
        _("The resident was asked whether to sign out: the id_token_hint is of another sign-in."),
        _("Send the ID token that this browser’s sign-in brought."),
    ),
    "logout_return_address_not_registered": Words(
        _("The resident was asked whether to sign out: the return address is not registered."),
        _("Add the post_logout_redirect_uri that the request sends to this application."),
    ),
}
