"""Requests to other endpoints: registration, events; and what can go wrong at any."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from idp.portal.trail.words.vocabulary import Catalogue, Words

_FORM: Final = _(
    "Send the parameters as application/x-www-form-urlencoded, or JSON where the endpoint takes it."
)
_TOKEN: Final = _("Send the token that registration gave, as “Authorization: Bearer …”.")

WORDS: Final[Catalogue] = {
    "wrong_method": Words(
        _("The endpoint does not take this HTTP method."),
        _("Use the method that the answer’s Allow header names, mostly POST."),
    ),
    "wrong_content_type": Words(_("The body is of the wrong content type."), _FORM),
    "unexpected": Words(
        _("Something went wrong on our side."),
        _("Try again. If it stays, tell the council the help code of this entry."),
    ),
    "initial_token_unknown": Words(_("The initial access token is none of ours."), _TOKEN),
    "registration_token_unknown": Words(
        _("The registration access token is not this application’s."), _TOKEN
    ),
    "token_malformed": Words(_("The token is not of the form that ours have."), _TOKEN),
    "application_suspended": Words(
        _("This application, or its organisation, is suspended."),
        _("Ask the council why. Nothing in the request can mend this."),
    ),
    "secret_of_another": Words(
        _("The client_secret in the registration is not this application’s."),
        _("Leave client_secret out, or repeat the one that is good."),
    ),
    "sector_lacks_redirect_uri": Words(
        _("The list at sector_identifier_uri lacks one of the redirect URIs."),
        _("Put every redirect URI on the list."),
    ),
    "sector_status": Words(
        _("The sector_identifier_uri did not answer 200."), _("Serve the list with status 200.")
    ),
    "encryption_unsupported": Words(
        _("The registration asks for encryption, which we do not offer."),
        _("Leave the member {parameter} out."),
    ),
    "signed_alike": Words(
        _("The registration asks for another algorithm in {parameter} than for ID tokens."),
        _("Leave {parameter} out, or send the value of id_token_signed_response_alg."),
    ),
    "response_type_unsupported": Words(
        _("The registration asks for a response type other than code."),
        _("Register response_types with code alone."),
    ),
    "grant_missing": Words(
        _("The registration’s response types and grant types do not fit."),
        _("Register the grant type authorization_code with the response type code."),
    ),
    "metadata_type": Words(
        _("The member {parameter} of the registration has the wrong type."),
        _("Send {parameter} as RFC 7591 describes it."),
    ),
    "stream_exists": Words(
        _("This application has an event stream already."),
        _("Change the stream that there is, or delete it first."),
    ),
    "unknown_stream": Words(
        _("This application has no stream of this stream_id."),
        _("Read the stream without stream_id, and use the one that it names."),
    ),
    "stream_disabled": Words(_("The stream is disabled."), _("Enable the stream first.")),
    "stream_held": Words(_("The council stopped this stream."), _("Ask the council to resume it.")),
    "no_stream_to_poll": Words(
        _("This application has no stream that is polled."),
        _("Create a stream with delivery by polling."),
    ),
    "limited_stream": Words(
        _("The stream was asked about too often."), _("Wait for as long as Retry-After says.")
    ),
    "limited_pushed_requests": Words(
        _("Too many requests were pushed."), _("Wait for as long as Retry-After says.")
    ),
    "limited_device_authorization": Words(
        _("Too many device codes were asked for."), _("Wait for as long as Retry-After says.")
    ),
    "limited_request_uri": Words(
        _("Too many requests came by request_uri."),
        _("Push the requests to {issuer}/par instead, or wait."),
    ),
    "old_user_id_not_registered": Words(
        _("The old_user_id is none that this application registered, or it was deleted."),
        _("Register the id, to the letter: “Connect it” leads to the page “Old user IDs”."),
    ),
    "old_user_id_of_another": Words(
        _("Another resident has this old_user_id."),
        _("Look at your own records who it belongs to: whoever has it must separate it first."),
    ),
    "too_many_old_user_ids": Words(
        _("The resident has as many old user IDs of this application as one may have."),
        _("Have the resident separate one on the page “Your services” of their account."),
    ),
    "limited_old_user_id": Words(
        _("Old user IDs were claimed too often for one resident."),
        _("Claim an id once, after you proved whose it is, not at each sign-in."),
    ),
    "limited_old_user_id_wrong": Words(
        _("Too many old user IDs were claimed that this application never registered."),
        _("Claim no id that residents typed before you proved that it is theirs. Then wait."),
    ),
    "unknown_request": Words(
        _("The request_id is of no wish to be erased that this application was told of."),
        _("Answer with the request_id that the event brought."),
    ),
    "delivery_method": Words(
        _("The delivery method of the stream is neither push nor poll."),
        _("Send urn:ietf:rfc:8935 or urn:ietf:rfc:8936 as the method."),
    ),
    "no_endpoint": Words(
        _("The stream is to be pushed, and says not where to."), _("Send endpoint_url.")
    ),
    "authorization_header": Words(
        _("The authorization_header of the stream cannot be sent."),
        _("Send printable ASCII, not too long."),
    ),
    "too_many_events": Words(
        _("The stream asks for too many kinds of event."), _("Ask for fewer.")
    ),
    "event_too_long": Words(
        _("The URI of an event is too long."), _("Ask for events that the metadata lists.")
    ),
}
