"""What this app holds, column by column: organisations and what they say of their services.

Nothing in it is about residents. A new column is declared here, or a test fails.
"""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.retention.vocabulary import (
    After,
    Endless,
    Purpose,
    Table,
    With,
    not_personal,
    personal,
)
from clients.models import (
    ApiToken,
    Application,
    ApplicationLogo,
    ApplicationScope,
    ClientSecret,
    Comment,
    FetchedKeys,
    InitialAccessToken,
    Invitation,
    Member,
    NoticeReading,
    Organisation,
    OrganisationProof,
    ProposedLogo,
    Resource,
    ScopeTerms,
    SecretLeak,
    SignOff,
    Submission,
    TestResident,
)

_NUMBER: Final = "numbers the row, or names it in an address"
_SAID: Final = "what an organisation says of itself or asks for"
_DECIDED: Final = "what the council decided about it"
_PROTOCOL: Final = "how its software speaks to us"
_KEYS: Final = "proves its software, not a person"
_TIMES: Final = "when a row about an organisation came or went"
_MADE_UP: Final = "about nobody: made-up people have it"
_APPROVED: Final = _("We must be able to show who let a service ask for personal details, and why")
_OURS: Final = Endless(_("As long as the organisation takes part"))

TABLES: Final[tuple[Table, ...]] = (
    Table(
        Organisation,
        _("Organisations"),
        _OURS,
        groups=(
            not_personal("id slug", _NUMBER),
            not_personal("name name_key is_council status", _DECIDED),
            not_personal("council_owner_since", _DECIDED),
            not_personal("created_at ownerless_since", _TIMES),
        ),
    ),
    Table(
        OrganisationProof,
        _("What shows that an organisation is who it says"),
        With("organisation"),
        groups=(
            not_personal("id", _NUMBER),
            not_personal("organisation kind value token", _SAID),
            not_personal("state reason", _DECIDED),
            not_personal("given_at checked_at missing_since", _TIMES),
        ),
    ),
    Table(
        Invitation,
        _("Who was asked to look after an organisation's services"),
        After("expires_at", _("it ends"), timedelta(days=30)),
        groups=(
            # Of whoever was asked, who may have no account.
            personal("address role invited_by", Purpose.PARTNERS),
            personal("address_key", Purpose.PARTNERS, secret=True),
            not_personal("id mail", _NUMBER),
            not_personal("organisation", _DECIDED),
            not_personal("made_at expires_at ended_at", _TIMES),
        ),
    ),
    Table(
        Member,
        _("Who looks after an organisation's services"),
        With("account"),
        owner="account",
        groups=(
            personal("account organisation role since", Purpose.PARTNERS),
            not_personal("id", _NUMBER),
        ),
    ),
    Table(
        TestResident,
        _("Made-up people whom organisations try their services with"),
        With("organisation"),
        groups=(
            not_personal("id", _NUMBER),
            not_personal("organisation account situation password", _MADE_UP),
            not_personal("created_at", _TIMES),
        ),
    ),
    Table(
        Application,
        _("Their services, with whom to ask about each"),
        With("organisation"),
        groups=(
            # Of the organisation's people, not of residents: no account's end changes it.
            personal("contacts", Purpose.PARTNERS),
            not_personal("id client_id slug", _NUMBER),
            not_personal("organisation serves", "which rows belong together"),
            not_personal("name home_url privacy_url terms_url logo_uri other_way", _SAID),
            not_personal("receives_events", _DECIDED),
            not_personal("made_from", "which rows belong together"),
            not_personal("agreement_reference agreement_ends_on agreement_told", _DECIDED),
            not_personal("retires_at where_to_go retirement_told_at", _DECIDED),
            not_personal("environment status minimum_level is_sensitive skips_sharing", _DECIDED),
            not_personal("redirect_uris post_logout_redirect_uris request_uris", _PROTOCOL),
            not_personal("client_type application_type profile grant_types pkce", _PROTOCOL),
            not_personal("token_endpoint_auth_method assertion_algorithm", _PROTOCOL),
            not_personal("algorithm userinfo_algorithm request_object_algorithm", _PROTOCOL),
            not_personal("requires_pushed_requests requires_signed_requests", _PROTOCOL),
            not_personal("dpop_bound_access_tokens", _PROTOCOL),
            not_personal("certificate_bound_access_tokens", _PROTOCOL),
            not_personal("certificate_subject_kind certificate_subject", _PROTOCOL),
            not_personal("default_max_age default_acr_values initiate_login_uri", _PROTOCOL),
            not_personal("frontchannel_logout_uri backchannel_logout_uri", _PROTOCOL),
            not_personal("frontchannel_logout_session_required", _PROTOCOL),
            not_personal("backchannel_logout_session_required", _PROTOCOL),
            not_personal("sector_identifier sector_identifier_uri", _PROTOCOL),
            not_personal("jwks jwks_uri initial_access_token registration_token_hash", _KEYS),
            not_personal("created updated", _TIMES),
        ),
    ),
    Table(
        ApplicationScope,
        _("What a service asks for and says of it"),
        With("application"),
        groups=(
            not_personal("id version", _NUMBER),
            not_personal("application scope lawful_basis purpose retention", _SAID),
            not_personal("privacy_notice notice_version", _SAID),
        ),
    ),
    Table(
        ScopeTerms,
        _("Every version of what it said"),
        With("application"),
        groups=(
            not_personal("id version", _NUMBER),
            not_personal("application scope lawful_basis purpose retention", _SAID),
            not_personal("privacy_notice notice_version", _SAID),
            not_personal("since", _TIMES),
        ),
    ),
    Table(
        Submission,
        _("What organisations asked us to approve"),
        With("application"),
        owner="submitted_by",
        groups=(
            personal("submitted_by submitted_at", Purpose.PARTNERS, kept=_APPROVED),
            not_personal("id application round version", _NUMBER),
            not_personal("proposal agreement_reference agreement_ends_on", _SAID),
            not_personal("state notice_address notice_answer notice_asked_at", _DECIDED),
            not_personal("checklist", _DECIDED),
            not_personal("created_at ended_at", _TIMES),
        ),
    ),
    Table(
        NoticeReading,
        _("Privacy notices that our staff read"),
        With("submission"),
        owner="account",
        groups=(
            personal("account at", Purpose.PARTNERS, kept=_APPROVED),
            not_personal("submission", _NUMBER),
            not_personal("address", _SAID),
        ),
    ),
    Table(
        SignOff,
        _("What our staff decided about it"),
        With("submission"),
        owner="account",
        groups=(
            personal("account kind decision reason at set_aside", Purpose.PARTNERS, kept=_APPROVED),
            not_personal("id submission version", _NUMBER),
        ),
    ),
    Table(
        Comment,
        _("What was said about it"),
        With("submission"),
        owner="account",
        groups=(
            personal("account text at", Purpose.PARTNERS, kept=_APPROVED),
            not_personal("id submission is_of_council", _NUMBER),
        ),
    ),
    Table(
        ClientSecret,
        _("Secrets of services"),
        With("application"),
        groups=(
            not_personal("id", _NUMBER),
            not_personal("application secret_hash", _KEYS),
            not_personal("created_at expires_at revoked_at told_days_before", _TIMES),
        ),
    ),
    Table(
        ApplicationLogo,
        _("Pictures of services"),
        With("application"),
        groups=(
            not_personal("application digest png width height", _SAID),
            not_personal("uploaded_at", _TIMES),
        ),
    ),
    Table(
        ProposedLogo,
        _("Pictures that services are to have"),
        With("submission"),
        groups=(
            not_personal("submission digest png width height", _SAID),
            not_personal("uploaded_at", _TIMES),
        ),
    ),
    Table(
        SecretLeak,
        _("Secrets of services that somebody else may have had"),
        After("reported_at", _("it was said"), timedelta(days=2 * 365)),
        groups=(
            personal("reported_by", Purpose.PARTNERS),
            not_personal("id", _NUMBER),
            not_personal("application residents", _KEYS),
            not_personal("reported_at suspected_since answered_at", _TIMES),
        ),
    ),
    Table(
        FetchedKeys,
        _("Public keys of services"),
        With("application"),
        groups=(
            not_personal("application uri jwks", _KEYS),
            not_personal("fetched_at failures next_fetch_at", _TIMES),
        ),
    ),
    Table(
        InitialAccessToken,
        _("What programs register services with"),
        With("organisation"),
        groups=(
            not_personal("id", _NUMBER),
            not_personal("organisation token_hash", _KEYS),
            not_personal("name scopes grant_types pkce_may_be_optional", _DECIDED),
            not_personal("most_applications", _DECIDED),
            not_personal("created_at expires_at revoked_at", _TIMES),
        ),
    ),
    Table(
        ApiToken,
        _("What programs act for an organisation with"),
        After("expires_at", _("it ends"), timedelta(days=30)),
        groups=(
            personal("made_by name role created_at", Purpose.PARTNERS),
            not_personal("acts_on_live", _DECIDED),
            not_personal("id", _NUMBER),
            not_personal("organisation token_hash", _KEYS),
            not_personal("expires_at revoked_at last_used_on", _TIMES),
        ),
    ),
    Table(
        Resource,
        _("APIs of organisations"),
        With("organisation"),
        groups=(
            not_personal("id slug", _NUMBER),
            not_personal("organisation name identifier scopes", _SAID),
            not_personal("created_at", _TIMES),
        ),
    ),
    Table(
        Application.calls.through,
        _("Which services call which API"),
        With("application"),
        groups=(
            not_personal("id", _NUMBER),
            not_personal("application resource", _DECIDED),
        ),
    ),
)
