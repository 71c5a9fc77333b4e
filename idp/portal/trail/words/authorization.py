"""Authorization requests that were not as they must be."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from idp.portal.trail.words.vocabulary import Catalogue, Words

# Anybody can send such a request, so as to have an address of their own added.
_ADDRESS: Final = _(
    "If this address is your own, add {sent} to the redirect URIs of this application, "
    "exactly as it is here."
)
_LESS: Final = _("Send fewer or shorter parameters.")

WORDS: Final[Catalogue] = {
    "missing_client_id": Words(
        _("The request did not say which application it is from."),
        _("Send client_id with the client ID that this application’s credentials page shows."),
    ),
    "not_active": Words(
        _("This application, or its organisation, is suspended."),
        _("Ask the council why. Nothing in the request can mend this."),
    ),
    "application_not_usable": Words(
        _("This application was suspended while somebody was signing in."),
        _("Ask the council why. Nothing in the request can mend this."),
    ),
    "application_ended": Words(
        _("This application has ended: residents were told where to go instead."),
        _("Take its sign-in off your pages, or link to what residents use instead."),
    ),
    "missing_redirect_uri": Words(
        _("The request did not say where the answer goes."),
        _("Send redirect_uri with one of the redirect URIs of this application."),
    ),
    "unregistered_redirect_uri": Words(
        _("The redirect_uri that was sent is none of this application’s: {sent}"), _ADDRESS
    ),
    "unknown_response_mode": Words(
        _("The response_mode is none that we have: {sent}"),
        _(
            "Leave response_mode out, or send one of response_modes_supported in our metadata. "
            "In the high profile it is query or jwt."
        ),
    ),
    "bad_state": Words(
        _("The state is too long, or holds characters that an address cannot."),
        _("Send a state of printable ASCII, 2048 characters at most, such as a random text."),
    ),
    "not_pushed": Words(
        _("This application must push its requests, and this one came in the address."),
        _("Send the parameters to {issuer}/par first, then client_id and the request_uri alone."),
    ),
    "request_uri_pushed": Words(
        _("A request that was pushed held a request_uri itself."),
        _("Push the parameters themselves, without request_uri."),
    ),
    "pushed_request_unknown": Words(
        _("The request_uri is of no request that this application pushed, or long expired."),
        _("Push the request again, and send the browser on at once: it is good for a minute."),
    ),
    "missing_response_type": Words(
        _("The request did not say what it wants."), _("Send response_type=code.")
    ),
    "response_type_not_code": Words(
        _("The response_type is not code: {sent}"),
        _("Send response_type=code, and take the ID token from the token endpoint."),
    ),
    "grant_not_allowed": Words(
        _("This application is not of a kind that signs people in by a code."),
        _("Use the grant of its kind, or register an application of the kind “web”."),
    ),
    "no_openid": Words(
        _("The scope does not contain openid, or holds characters that no scope may: {sent}"),
        _("Put openid first in scope, with one space between scopes."),
    ),
    "no_s256_challenge": Words(
        _("The request had no code_challenge that was made by S256 (PKCE)."),
        _("Turn PKCE on in the library: code_challenge, with code_challenge_method=S256."),
    ),
    "bad_challenge": Words(
        _("The code_challenge is not the base64url of a SHA-256 hash, 43 characters without “=”."),
        _("Send base64url(SHA-256(code_verifier)), without padding."),
    ),
    "long_nonce": Words(
        _("The nonce is longer than 1024 characters."), _("Send a shorter random nonce.")
    ),
    "unknown_prompt": Words(
        _("The prompt holds a value that we do not have: {sent}"),
        _("Leave prompt out, or send login, consent, select_account, create or none."),
    ),
    "none_with_others": Words(
        _("The prompt none came with another value: {sent}"),
        _("Send prompt=none alone, or leave none out."),
    ),
    "bad_max_age": Words(
        _("The max_age is no whole number of seconds: {sent}"),
        _("Send max_age in digits alone, such as max_age=300, or leave it out."),
    ),
    "vtr_and_acr_values": Words(
        _("The request asked for a level both by vtr and by acr_values."),
        _("Send one of the two."),
    ),
    "vtr_and_essential_acr": Words(
        _("The request asked for a level both by vtr and by an essential acr in claims."),
        _("Send one of the two."),
    ),
    "vtr_malformed": Words(
        _("The vtr is no JSON array of vectors: {sent}"), _('Send for example vtr=["Cl.Cm"].')
    ),
    "vtr_unknown": Words(
        _("None of the vectors in vtr is one that we have: {sent}"),
        _('Send vtr=["Cl"] for one factor or vtr=["Cl.Cm"] for two, with P0 or without.'),
    ),
    "identity_check_not_offered": Words(
        _("The vtr asks for a proof of identity, which nobody checks here: {sent}"),
        _("Ask for P0, or name no P at all."),
    ),
    "essential_acr_out_of_reach": Words(
        _("None of the acr values that claims calls essential can be given to this application."),
        _("Ask for a value of acr_values_supported in the metadata, or make acr not essential."),
    ),
    "nobody_has_sub": Words(
        _("The claims ask for a sub that no resident has at this application."),
        _("Send the sub of an earlier ID token of this application, or ask for none."),
    ),
    "several_subjects": Words(_("The claims ask for several subs at once."), _("Ask for one sub.")),
    "several_resources": Words(
        _("The request named several resources: {sent}"),
        _("Name one resource in a request, and ask for the others one after the other."),
    ),
    "resource_not_callable": Words(
        _("The resource is none that this application may call: {sent}"),
        _("Leave resource out, or ask the council to let this application call it."),
    ),
    "not_signed": Words(
        _("This application must sign its requests, and this one was not signed."),
        _("Send the parameters as a signed request object, in request."),
    ),
    "request_and_request_uri": Words(
        _("The request held both request and request_uri."), _("Send one of the two.")
    ),
    "nested_request": Words(
        _("The signed request holds a request or request_uri itself."),
        _("Leave both out of the request object."),
    ),
    "registration_used": Words(
        _("The request held the parameter registration, which we do not take."),
        _("Leave registration out: this application is registered already."),
    ),
    "unregistered_request_uri": Words(
        _("The request_uri is none of those registered for this application."),
        _("Register the request_uri, or push the request to {issuer}/par instead."),
    ),
    "request_uri_status": Words(
        _("The address in request_uri did not answer 200."),
        _("Serve the signed request there with status 200."),
    ),
    "client_id_differs": Words(
        _("The client_id outside of the signed request is another than inside."),
        _("Send the same client_id in both places."),
    ),
    "response_type_differs": Words(
        _("The response_type outside of the signed request is another than inside."),
        _("Send the same response_type in both places."),
    ),
    "malformed_percent": Words(
        _("A percent sign in the address is not followed by two hexadecimal digits."),
        _("Encode each value as a form does: a percent sign itself is %25."),
    ),
    "too_large": Words(_("The request is too large."), _LESS),
    "name_too_long": Words(_("The name of a parameter is too long."), _LESS),
    "duplicate_parameter": Words(
        _("A parameter is in the request twice."), _("Send each parameter once.")
    ),
    "not_utf8": Words(
        _("A parameter is not UTF-8."), _("Encode the values of parameters as UTF-8.")
    ),
    "nul": Words(_("A parameter holds a NUL character."), _("Leave the NUL character (%00) out.")),
    "broken_off": Words(
        _("The request broke off before it was whole."),
        _("Send it again. If this comes often, look at the network between us."),
    ),
}
