"""An OAuth client of an organisation."""

from uuid import UUID

from django.conf import settings
from django.db import models
from oauth2_provider.models import AbstractApplication

from accounts.assurance import Level
from clients.models.initial_access_token import InitialAccessToken
from clients.models.organisation import Organisation
from clients.models.resource import Resource

_HIGH_METHODS = ("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth")
_HIGH_ALGORITHMS = ("ES256", "PS256", "EdDSA")


class Application(AbstractApplication):
    """An OAuth client, on django-oauth-toolkit's abstract model.

    Columns that would hold a secret, or one value where several are meant, are replaced.
    `redirect_uris` and `post_logout_redirect_uris` are separated by spaces.
    """

    class Environment(models.TextChoices):
        SANDBOX = "sandbox"
        LIVE = "live"

    class Status(models.TextChoices):
        ACTIVE = "active"
        SUSPENDED = "suspended"
        RETIRED = "retired"
        CLOSED = "closed"

    class Profile(models.TextChoices):
        STANDARD = "standard"
        HIGH = "high"

    class AuthMethod(models.TextChoices):
        SECRET_BASIC = "client_secret_basic"
        SECRET_POST = "client_secret_post"
        PRIVATE_KEY_JWT = "private_key_jwt"
        TLS_CLIENT_AUTH = "tls_client_auth"
        SELF_SIGNED_TLS_CLIENT_AUTH = "self_signed_tls_client_auth"
        NONE = "none"

    class Pkce(models.TextChoices):
        """Whether every request must have a code challenge; once sent, it binds the code."""

        REQUIRED = "required"
        OPTIONAL = "optional"

    class Type(models.TextChoices):
        """OIDC Registration §2: a native one may use any port on a loopback address."""

        WEB = "web"
        NATIVE = "native"

    class SubjectKind(models.TextChoices):
        """RFC 8705 §2.1.2: which part of its certificate names it."""

        SUBJECT_DN = "subject_dn"
        SAN_DNS = "san_dns"
        SAN_URI = "san_uri"
        SAN_IP = "san_ip"
        SAN_EMAIL = "san_email"

    class SigningAlgorithm(models.TextChoices):
        ES256 = "ES256"
        RS256 = "RS256"
        PS256 = "PS256"
        EDDSA = "EdDSA"

    # Replaced: ClientSecret rows, grant_types, organisation.
    client_secret = None
    hash_client_secret = None
    authorization_grant_type = None
    user = None
    skip_authorization = None
    allowed_origins = None
    registration_source = None
    cimd_expires_at = None

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    slug = models.SlugField(max_length=60, unique=True)
    environment = models.CharField(max_length=10, choices=Environment)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    profile = models.CharField(max_length=10, choices=Profile, default=Profile.STANDARD)
    application_type = models.CharField(max_length=10, choices=Type, default=Type.WEB)
    token_endpoint_auth_method = models.CharField(max_length=30, choices=AuthMethod)
    grant_types = models.JSONField(default=list)
    algorithm = models.CharField(
        max_length=10, choices=SigningAlgorithm, default=SigningAlgorithm.ES256
    )
    sector_identifier = models.CharField(
        max_length=255, db_comment="set once: a later change would change every subject"
    )
    minimum_level = models.PositiveSmallIntegerField(
        choices=[(level.value, level.name) for level in Level],
        default=Level.ONE_FACTOR,
        db_comment="how strongly residents must have signed in, whatever a request asks for",
    )
    is_sensitive = models.BooleanField(
        default=False, db_comment="that somebody uses it may put them in danger"
    )
    pkce = models.CharField(max_length=10, choices=Pkce, default=Pkce.REQUIRED)
    userinfo_algorithm = models.CharField(
        max_length=10, choices=SigningAlgorithm, blank=True, db_comment="empty: plain JSON"
    )
    request_object_algorithm = models.CharField(
        max_length=10, choices=SigningAlgorithm, blank=True, db_comment="empty: any of them"
    )
    assertion_algorithm = models.CharField(
        max_length=10, choices=SigningAlgorithm, blank=True, db_comment="empty: any of them"
    )
    jwks = models.JSONField(null=True, db_comment="its public keys, where it has no jwks_uri")
    jwks_uri = models.CharField(max_length=2000, blank=True)
    request_uris = models.JSONField(default=list)
    requires_pushed_requests = models.BooleanField(default=False, db_comment="RFC 9126 §6")
    requires_signed_requests = models.BooleanField(default=False, db_comment="RFC 9101 §10.5")
    dpop_bound_access_tokens = models.BooleanField(
        default=False,
        db_comment="RFC 9449 §5.2: it gets no others; without, those that it sends proofs for",
    )
    certificate_bound_access_tokens = models.BooleanField(
        default=False,
        db_comment="RFC 8705 §3.4: it gets no others, and needs a certificate for them",
    )
    certificate_subject_kind = models.CharField(max_length=10, choices=SubjectKind, blank=True)
    certificate_subject = models.CharField(
        max_length=500, blank=True, db_comment="RFC 8705 §2.1.2, of tls_client_auth alone"
    )
    default_max_age = models.PositiveBigIntegerField(null=True, db_comment="seconds")
    default_acr_values = models.JSONField(default=list)
    initiate_login_uri = models.CharField(max_length=2000, blank=True)
    frontchannel_logout_uri = models.CharField(max_length=2000, blank=True)
    frontchannel_logout_session_required = models.BooleanField(default=False)
    backchannel_logout_uri = models.CharField(max_length=2000, blank=True)
    backchannel_logout_session_required = models.BooleanField(default=False)
    sector_identifier_uri = models.CharField(max_length=2000, blank=True)
    logo_uri = models.CharField(max_length=2000, blank=True)
    terms_url = models.URLField(blank=True)
    contacts = models.JSONField(default=list, db_comment="personal: of the organisation's people")
    serves = models.ForeignKey(
        Resource,
        models.PROTECT,
        null=True,
        related_name="servers",
        db_comment="the resource that it is: it may introspect tokens for this one",
    )
    calls = models.ManyToManyField(Resource, related_name="callers")
    initial_access_token = models.ForeignKey(
        InitialAccessToken,
        models.PROTECT,
        null=True,
        related_name="applications",
        db_comment="that it registered itself with",
    )
    registration_token_hash = models.CharField(max_length=80, blank=True, db_index=True)
    skips_sharing = models.BooleanField(
        default=False, db_comment="residents are told, not asked: the council's own public task"
    )
    receives_events = models.BooleanField(
        default=False, db_comment="it may have a stream of events about accounts that it knows"
    )
    made_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="live_ones",
        db_comment="the sandbox application that this live one was approved as",
    )
    agreement_reference = models.CharField(
        max_length=100, blank=True, db_comment="of the data sharing agreement with the council"
    )
    agreement_ends_on = models.DateField(null=True, db_comment="its last day")
    agreement_told = models.PositiveSmallIntegerField(
        null=True, db_comment="days before the agreement's end that owners were last told of"
    )
    retires_at = models.DateTimeField(null=True, db_comment="from then on nobody signs in to it")
    where_to_go = models.CharField(
        max_length=500, blank=True, db_comment="what residents are told to use instead"
    )
    retirement_told_at = models.DateTimeField(
        null=True, db_comment="when residents were told of `retires_at`"
    )
    home_url = models.URLField(blank=True)
    privacy_url = models.URLField(blank=True)
    other_way = models.CharField(
        max_length=500, blank=True, db_comment="how to deal with the service without an account"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="application_public_has_no_secret_method",
                condition=(
                    models.Q(client_type="public", token_endpoint_auth_method="none")
                    | models.Q(client_type="confidential")
                    & ~models.Q(token_endpoint_auth_method="none")
                ),
            ),
            models.CheckConstraint(
                name="application_pkce_optional_only_if_confidential_and_standard",
                condition=(
                    models.Q(pkce="required")
                    | models.Q(client_type="confidential", profile="standard")
                ),
            ),
            models.CheckConstraint(
                # FAPI 2.0 Security Profile §5.3.2.1, §5.3.2.2, §5.4.1.
                name="application_high_profile_is_fapi",
                condition=(
                    ~models.Q(profile="high")
                    | models.Q(
                        client_type="confidential",
                        pkce="required",
                        requires_pushed_requests=True,
                        token_endpoint_auth_method__in=_HIGH_METHODS,
                        algorithm__in=_HIGH_ALGORITHMS,
                        userinfo_algorithm__in=("", *_HIGH_ALGORITHMS),
                        assertion_algorithm__in=("", *_HIGH_ALGORITHMS),
                        request_object_algorithm__in=("", *_HIGH_ALGORITHMS),
                    )
                    & (
                        models.Q(dpop_bound_access_tokens=True)
                        | models.Q(certificate_bound_access_tokens=True)
                    )
                ),
            ),
            models.CheckConstraint(
                # RFC 7591 §2.
                name="application_jwks_or_jwks_uri",
                condition=models.Q(jwks=None) | models.Q(jwks_uri=""),
            ),
            models.CheckConstraint(
                # RFC 8705 §2.1.2.
                name="application_tls_client_auth_names_a_subject",
                condition=(
                    models.Q(token_endpoint_auth_method="tls_client_auth")
                    & ~models.Q(certificate_subject="")
                    & ~models.Q(certificate_subject_kind="")
                    | ~models.Q(token_endpoint_auth_method="tls_client_auth")
                    & models.Q(certificate_subject="", certificate_subject_kind="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def test_group(self) -> UUID | None:
        """Whose test residents alone it serves; None: it serves real residents."""
        is_live = self.environment == self.Environment.LIVE
        return None if is_live else self.organisation_id

    @property
    def is_switched_off(self) -> bool:
        """Whether it is one for trying out, where the council wants none of them."""
        return self.test_group is not None and not settings.SANDBOX

    def is_usable(self, request: object = None) -> bool:
        """Say whether it may do anything at all; needs `organisation` loaded."""
        del request
        return (
            not self.is_switched_off
            and self.status == self.Status.ACTIVE
            and self.organisation.status == Organisation.Status.ACTIVE
        )
