"""Everything up to 0030 at once, for a database that is new."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.security.tokens


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("idp", "0001_initial"),
        ("idp", "0002_levels"),
        ("idp", "0003_protocol"),
        ("idp", "0004_asked_claims"),
        ("idp", "0005_trail_overflow"),
        ("idp", "0006_device_codes"),
        ("idp", "0007_delivery_tried_at"),
        ("idp", "0008_disclosures"),
        ("idp", "0009_optional_sharing"),
        ("idp", "0010_terms_of_agreements_and_blocks"),
        ("idp", "0011_terms_agreed_before"),
        ("idp", "0012_erasure_requests"),
        ("idp", "0013_event_streams"),
        ("idp", "0014_event_streams_ended"),
        ("idp", "0015_delivery_by_subject"),
        ("idp", "0016_security_event_sid"),
        ("idp", "0017_consent_expires_at_index"),
        ("idp", "0018_kinds_of_agreements"),
        ("idp", "0019_event_stream_held"),
        ("idp", "0020_trail_in_words_and_tester"),
        ("idp", "0021_figures_index"),
        ("idp", "0022_request_counts"),
        ("idp", "0023_old_user_ids"),
        ("idp", "0024_help_session"),
        ("idp", "0025_name_search"),
        ("idp", "0026_week_figures"),
        ("idp", "0027_staff_request"),
        ("idp", "0028_who_was_there"),
        ("idp", "0029_evidence_of_requests"),
        ("idp", "0030_change_of_email"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0045_mail_about_deaths"),
        ("clients", "0001_squashed_0019_members_are_residents"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HelpSession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(db_comment="in which its staff member helps", max_length=20),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("cannot_sign_in", "Cannot Sign In"),
                            ("lost_way", "Lost Way"),
                            ("no_mail", "No Mail"),
                            ("new_contact", "New Contact"),
                            ("worried", "Worried"),
                            ("ending", "Ending"),
                            ("complaint", "Complaint"),
                            ("second_person", "Second Person"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("phone", "Phone"), ("counter", "Counter")], max_length=10
                    ),
                ),
                (
                    "given",
                    models.CharField(
                        choices=[
                            ("help_code", "Help Code"),
                            ("address", "Address"),
                            ("reference", "Reference"),
                            ("name", "Name"),
                        ],
                        max_length=10,
                    ),
                ),
                ("case_reference", models.CharField(max_length=40)),
                (
                    "address_key",
                    models.CharField(
                        blank=True,
                        db_comment="personal; the mailbox that was typed",
                        max_length=254,
                    ),
                ),
                ("tier", models.PositiveSmallIntegerField(default=0)),
                (
                    "known_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mailed_code", "Mailed Code"),
                            ("account_code", "Account Code"),
                            ("counter", "Counter"),
                        ],
                        max_length=15,
                    ),
                ),
                ("known_at", models.DateTimeField(null=True)),
                ("others", models.JSONField(default=list)),
                (
                    "had_others",
                    models.JSONField(
                        db_comment="who was there at any time, whoever is now", default=list
                    ),
                ),
                ("called_back_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="help_sessions",
                        to="accounts.account",
                    ),
                ),
                (
                    "help_code",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.helpcode",
                    ),
                ),
                (
                    "signed_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.session",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("scopes", models.JSONField()),
                ("claims", models.JSONField()),
                ("declined_scopes", models.JSONField(default=list)),
                ("declined_claims", models.JSONField(default=list)),
                (
                    "kind",
                    models.CharField(
                        choices=[("agreed", "Agreed"), ("told", "Told"), ("changed", "Changed")],
                        default="agreed",
                        max_length=10,
                    ),
                ),
                (
                    "earlier",
                    models.JSONField(
                        db_comment="{scope or claim: [kind, time]} of what was not agreed or told by this version",
                        default=dict,
                    ),
                ),
                ("terms", models.JSONField(default=dict)),
                (
                    "application_name",
                    models.CharField(blank=True, db_comment="as it was shown", max_length=255),
                ),
                (
                    "organisation_name",
                    models.CharField(blank=True, db_comment="as it was shown", max_length=120),
                ),
                (
                    "chose_email",
                    models.BooleanField(
                        db_comment="false: the main address is shared; true: the one in email, or none",
                        default=False,
                    ),
                ),
                (
                    "value_digests",
                    models.JSONField(
                        db_comment="{claim: keyed digest of the value that was shown}", default=dict
                    ),
                ),
                ("granted_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "ended_with_account",
                    models.BooleanField(
                        db_comment="it was withdrawn because the account was closed", default=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="accounts.account",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "email",
                    models.ForeignKey(
                        db_comment="the address to share; see chose_email where it is empty",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.emailaddress",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("expires", models.DateTimeField(verbose_name="expires")),
                ("scope", models.TextField(blank=True, verbose_name="scope")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("resource", models.CharField(blank=True, max_length=255)),
                ("claims", models.JSONField(default=dict)),
                ("jti", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("kid", models.CharField(max_length=43)),
                ("token_family", models.UUIDField(db_index=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                        verbose_name="application",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.session",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(app_label)s_%(class)s",
                        to="accounts.account",
                        verbose_name="user",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_tokens",
                        to="idp.consent",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sid", models.CharField(max_length=43)),
                ("subject", models.CharField(max_length=43)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("delivered", "Delivered"),
                            ("refused", "Refused"),
                            ("expired", "Expired"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("next_try_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "last_status",
                    models.PositiveSmallIntegerField(
                        db_comment="HTTP status of an answer", null=True
                    ),
                ),
                ("last_error", models.CharField(blank=True, max_length=40)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeviceGrant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("scope", models.TextField(blank=True, verbose_name="scope")),
                ("interval", models.IntegerField(default=5, verbose_name="interval")),
                ("expires", models.DateTimeField(verbose_name="expires")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("authorized", "Authorized"),
                            ("authorization-pending", "Authorization pending"),
                            ("expired", "Expired"),
                            ("denied", "Denied"),
                        ],
                        default="authorization-pending",
                        max_length=64,
                        verbose_name="status",
                    ),
                ),
                ("device_code_hash", models.CharField(max_length=80, unique=True)),
                ("user_code_hash", models.CharField(max_length=80, unique=True)),
                ("acr_values", models.JSONField(default=list)),
                ("resource", models.CharField(blank=True, max_length=255)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("polled_at", models.DateTimeField(null=True)),
                ("authentication", models.JSONField(null=True)),
                ("token_family", models.UUIDField(db_index=True, default=uuid.uuid4)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="idp.consent",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(app_label)s_%(class)s",
                        to="accounts.account",
                        verbose_name="user",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuthorizationRequest",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=accounts.security.tokens.random_token,
                        max_length=43,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("browser_hash", models.CharField(blank=True, max_length=80)),
                ("redirect_uri", models.TextField()),
                ("response_mode", models.CharField(default="query", max_length=20)),
                ("scope", models.TextField()),
                ("state", models.TextField(blank=True)),
                ("nonce", models.TextField(blank=True)),
                ("code_challenge", models.CharField(blank=True, max_length=43)),
                ("prompt", models.JSONField(default=list)),
                ("max_age", models.PositiveBigIntegerField(null=True)),
                (
                    "acr_values",
                    models.JSONField(
                        db_comment="those we know, in the application's order of preference",
                        default=list,
                    ),
                ),
                ("login_hint", models.CharField(blank=True, db_comment="personal", max_length=254)),
                (
                    "language",
                    models.CharField(
                        blank=True, db_comment="the first of ui_locales that we have", max_length=10
                    ),
                ),
                (
                    "claims",
                    models.JSONField(
                        db_comment="asked for one by one: member to name to the values that will do",
                        default=dict,
                    ),
                ),
                (
                    "vot_asked",
                    models.BooleanField(
                        db_comment="the level was asked for by vtr: the ID token answers in vot",
                        default=False,
                    ),
                ),
                ("resource", models.CharField(blank=True, db_comment="RFC 8707", max_length=255)),
                ("pushed_at", models.DateTimeField(null=True)),
                (
                    "expected_account_id",
                    models.UUIDField(db_comment="from id_token_hint", null=True),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("account_confirmed_at", models.DateTimeField(null=True)),
                ("consented_at", models.DateTimeField(null=True)),
                ("consumed_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="accounts.session",
                    ),
                ),
                (
                    "device_grant",
                    models.ForeignKey(
                        db_comment="RFC 8628: the device that waits for the answer; then redirect_uri is empty",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.OAUTH2_PROVIDER_DEVICE_GRANT_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "endpoint",
                    models.CharField(
                        choices=[("token", "Token"), ("userinfo", "Userinfo")], max_length=10
                    ),
                ),
                ("claims", models.CharField(max_length=500)),
                ("day", models.DateField(db_index=True)),
                ("count", models.PositiveIntegerField()),
                ("last_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="idp.consent",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("chosen", "Chosen"),
                            ("sent", "Sent"),
                            ("by_hand", "By Hand"),
                            ("answered", "Answered"),
                        ],
                        default="chosen",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("erased", "Erased"), ("partly", "Partly"), ("kept", "Kept")],
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "closing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="erasure_requests",
                        to="accounts.accountclosing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EventStream",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("urn:ietf:rfc:8935", "Push"), ("urn:ietf:rfc:8936", "Poll")],
                        max_length=20,
                    ),
                ),
                (
                    "endpoint_url",
                    models.CharField(blank=True, db_comment="of a push stream", max_length=2000),
                ),
                ("authorization_header", models.TextField(blank=True, db_comment="encrypted")),
                (
                    "events_requested",
                    models.JSONField(db_comment="URIs of kinds of event", default=list),
                ),
                (
                    "events_delivered",
                    models.JSONField(db_comment="URIs of kinds of event", default=list),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True, db_comment="the application's own", max_length=300
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("enabled", "Enabled"),
                            ("paused", "Paused"),
                            ("disabled", "Disabled"),
                        ],
                        default="enabled",
                        max_length=10,
                    ),
                ),
                (
                    "status_reason",
                    models.CharField(
                        blank=True,
                        db_comment="the application's own, or why we changed it",
                        max_length=300,
                    ),
                ),
                (
                    "is_held",
                    models.BooleanField(
                        db_comment="stopped by an operator: its application cannot let it go on",
                        default=False,
                    ),
                ),
                ("verification_asked_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("ended_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="event_streams",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameSearch",
            fields=[
                (
                    "help_session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="name_search",
                        serialize=False,
                        to="idp.helpsession",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("passport", "Passport"),
                            ("driving_licence", "Driving Licence"),
                            ("residence_permit", "Residence Permit"),
                            ("other_photo", "Other Photo"),
                            ("two_papers", "Two Papers"),
                            ("somebody_died", "Somebody Died"),
                            ("somebody_at_risk", "Somebody At Risk"),
                            ("forgot_everything", "Forgot Everything"),
                            ("court_or_police", "Court Or Police"),
                        ],
                        max_length=20,
                    ),
                ),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "found",
                    models.JSONField(db_comment="ids of accounts, to choose from", default=list),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HiddenService",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hidden_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hidden_services",
                        to="accounts.account",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IDToken",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "jti",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="JWT Token ID"
                    ),
                ),
                ("expires", models.DateTimeField(verbose_name="expires")),
                ("scope", models.TextField(blank=True, verbose_name="scope")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                        verbose_name="application",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(app_label)s_%(class)s",
                        to="accounts.account",
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OldUserId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "id_hash",
                    models.CharField(db_comment="keyed, under a purpose of its own", max_length=80),
                ),
                ("registered_at", models.DateTimeField(auto_now_add=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                (
                    "sealed",
                    models.TextField(
                        blank=True,
                        db_comment="personal: the id, encrypted; empty until somebody claimed it",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="old_user_ids",
                        to="accounts.account",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="old_user_ids",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PairwiseSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sector_identifier", models.CharField(max_length=255)),
                (
                    "subject",
                    models.CharField(
                        default=accounts.security.tokens.random_token, max_length=43, unique=True
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sid",
                    models.CharField(
                        default=accounts.security.tokens.random_token, max_length=43, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("signed_out_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="accounts.session",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("expires", models.DateTimeField(verbose_name="expires")),
                ("redirect_uri", models.TextField(verbose_name="redirect URI")),
                ("scope", models.TextField(blank=True, verbose_name="scope")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("code_hash", models.CharField(max_length=80, unique=True)),
                ("code_challenge", models.CharField(blank=True, max_length=43)),
                ("nonce", models.TextField(blank=True)),
                ("claims", models.JSONField(default=dict)),
                ("resource", models.CharField(blank=True, max_length=255)),
                ("authentication", models.JSONField()),
                ("token_family", models.UUIDField(db_index=True, default=uuid.uuid4)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                        verbose_name="application",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="idp.consent"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(app_label)s_%(class)s",
                        to="accounts.account",
                        verbose_name="user",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="idp.participant"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="devicegrant",
            name="participant",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="idp.participant",
            ),
        ),
        migrations.CreateModel(
            name="RefreshToken",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("revoked", models.DateTimeField(null=True, verbose_name="revoked")),
                ("resource", models.CharField(blank=True, max_length=255)),
                ("claims", models.JSONField(default=dict)),
                ("token_hash", models.CharField(max_length=80, unique=True)),
                ("token_family", models.UUIDField()),
                ("scope", models.TextField()),
                ("authentication", models.JSONField()),
                ("expires", models.DateTimeField(db_index=True)),
                ("rotated_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                        verbose_name="application",
                    ),
                ),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refresh_tokens",
                        to="idp.consent",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="idp.participant",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(app_label)s_%(class)s",
                        to="accounts.account",
                        verbose_name="user",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RemovedSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("removed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="removed_subjects",
                        to="idp.eventstream",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hour", models.DateTimeField(db_comment="its first second", db_index=True)),
                ("endpoint", models.CharField(max_length=30)),
                ("is_refused", models.BooleanField()),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_comment="of what was refused alone", max_length=80
                    ),
                ),
                ("is_sign_in", models.BooleanField()),
                (
                    "latency",
                    models.PositiveSmallIntegerField(
                        db_comment="milliseconds, one of a short list"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="request_counts",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestTrail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("endpoint", models.CharField(max_length=30)),
                ("duration", models.PositiveIntegerField(db_comment="microseconds")),
                ("status", models.PositiveSmallIntegerField(db_comment="HTTP")),
                (
                    "outcome",
                    models.CharField(
                        db_comment="ok, begun, or the error code that was answered", max_length=50
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=80)),
                ("parameter", models.CharField(blank=True, max_length=60)),
                (
                    "sent",
                    models.CharField(
                        blank=True,
                        db_comment="of a closed list of parameters, without secrets",
                        max_length=500,
                    ),
                ),
                ("section", models.CharField(blank=True, max_length=80)),
                ("help_code", models.CharField(blank=True, max_length=9)),
                ("client_library", models.CharField(blank=True, max_length=100)),
                ("grant_type", models.CharField(blank=True, max_length=60)),
                (
                    "protected_by",
                    models.CharField(
                        blank=True,
                        db_comment="of a code's exchange: pkce, nonce, by spaces",
                        max_length=20,
                    ),
                ),
                ("is_authenticated", models.BooleanField()),
                (
                    "is_refused",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                outcome__in=("ok", "begun"), then=models.Value(value=False)
                            ),
                            default=models.Value(value=True),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trail",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=43)),
                (
                    "sid",
                    models.CharField(
                        blank=True,
                        db_comment="of the session that it is about, if of one",
                        max_length=43,
                    ),
                ),
                (
                    "event_type",
                    models.CharField(db_comment="URI of the kind of event", max_length=120),
                ),
                ("body", models.JSONField(db_comment="names nobody", default=dict)),
                ("txn", models.UUIDField(default=uuid.uuid4)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("delivered", "Delivered"),
                            ("refused", "Refused"),
                            ("expired", "Expired"),
                            ("dropped", "Dropped"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("next_try_at", models.DateTimeField(null=True)),
                (
                    "last_status",
                    models.PositiveSmallIntegerField(
                        db_comment="HTTP status of an answer", null=True
                    ),
                ),
                ("last_error", models.CharField(blank=True, max_length=40)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="idp.eventstream",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                (
                    "kid",
                    models.CharField(
                        db_comment="RFC 7638 thumbprint",
                        max_length=43,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("algorithm", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("next", "Next"),
                            ("active", "Active"),
                            ("retired", "Retired"),
                            ("revoked", "Revoked"),
                        ],
                        max_length=10,
                    ),
                ),
                ("private_key", models.TextField(db_comment="key id:ciphertext of PKCS #8 DER")),
                ("public_jwk", models.JSONField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("activated_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "active")),
                        fields=("algorithm",),
                        name="signing_key_one_active",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "next")),
                        fields=("algorithm",),
                        name="signing_key_one_next",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("reset_ways", "Reset Ways"),
                            ("appeal", "Appeal"),
                            ("change_email", "Change Email"),
                        ],
                        max_length=20,
                    ),
                ),
                ("case_reference", models.CharField(max_length=40)),
                ("tier", models.PositiveSmallIntegerField()),
                ("known_by", models.CharField(blank=True, max_length=15)),
                (
                    "others",
                    models.JSONField(
                        db_comment="who else was there while they helped", default=list
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[("phone", "Phone"), ("counter", "Counter")],
                        max_length=10,
                    ),
                ),
                ("called_back_at", models.DateTimeField(null=True)),
                (
                    "evidence",
                    models.JSONField(
                        db_comment="kinds of what the asker saw or heard, never what stands there",
                        default=list,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Agreed"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, db_comment="why it was decided so", max_length=20),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "new_address",
                    models.EmailField(
                        blank=True,
                        db_comment="personal; emptied once it is decided or over",
                        max_length=254,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_requests",
                        to="accounts.account",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "email_change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.emailchange",
                    ),
                ),
                (
                    "help_session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="idp.helpsession",
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.recoveryrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TesterRun",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=accounts.security.tokens.random_token,
                        max_length=43,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("browser_hash", models.CharField(max_length=80)),
                (
                    "verifier",
                    models.TextField(blank=True, db_comment="of PKCE, encrypted; empty without it"),
                ),
                ("sent", models.JSONField(default=dict)),
                ("returned", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tester_runs",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrailOverflow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hour", models.DateTimeField(db_comment="its first second", db_index=True)),
                ("left_out", models.PositiveIntegerField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trail_overflows",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UsedJti",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "jti_hash",
                    models.CharField(db_comment="SHA-256, so that any length fits", max_length=64),
                ),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WeekFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.DateTimeField(db_comment="its first moment, by the clock here")),
                ("figure", models.CharField(blank=True, max_length=30)),
                ("part", models.CharField(blank=True, max_length=40)),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("week", "figure", "part"), name="week_figure_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="accounts.account",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application", None), ("organisation__isnull", False)),
                            models.Q(("application__isnull", False), ("organisation", None)),
                            _connector="OR",
                        ),
                        name="block_application_or_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation", None)),
                        fields=("account", "application"),
                        name="block_application_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("application", None)),
                        fields=("account", "organisation"),
                        name="block_organisation_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None), ("withdrawn_at", None)),
                fields=("account", "application"),
                name="consent_one_current",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["subject", "created_at"], name="delivery_by_subject"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["application", "-created_at", "-id"], name="delivery_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(
                fields=["account", "application", "-last_at", "-id"], name="disclosure_newest_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.UniqueConstraint(
                fields=("consent", "endpoint", "claims", "day"), name="disclosure_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.UniqueConstraint(
                fields=("closing", "application"), name="erasure_request_once_a_service"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventstream",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("application",),
                name="event_stream_one_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventstream",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("method", "urn:ietf:rfc:8935"),
                        models.Q(("endpoint_url", ""), _negated=True),
                    ),
                    models.Q(
                        ("authorization_header", ""),
                        ("endpoint_url", ""),
                        ("method", "urn:ietf:rfc:8936"),
                    ),
                    _connector="OR",
                ),
                name="event_stream_push_has_endpoint",
            ),
        ),
        migrations.AddConstraint(
            model_name="helpsession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("signed_in",),
                name="help_session_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="helpsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tier", 0),
                    models.Q(("account__isnull", False), ("known_at__isnull", False)),
                    _connector="OR",
                ),
                name="help_session_known_only_of_an_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="hiddenservice",
            constraint=models.UniqueConstraint(
                fields=("account", "application"), name="hidden_service_once_an_account"
            ),
        ),
        migrations.AddIndex(
            model_name="olduserid",
            index=models.Index(
                condition=models.Q(("account__isnull", False)),
                fields=["account", "application"],
                name="old_user_id_claimed",
            ),
        ),
        migrations.AddIndex(
            model_name="olduserid",
            index=models.Index(
                condition=models.Q(("account", None)),
                fields=["registered_at"],
                name="old_user_id_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="olduserid",
            constraint=models.UniqueConstraint(
                fields=("application", "id_hash"), name="old_user_id_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="olduserid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account", None), ("claimed_at", None), ("sealed", "")),
                    models.Q(
                        ("account__isnull", False),
                        ("claimed_at__isnull", False),
                        ("sealed__gt", ""),
                    ),
                    _connector="OR",
                ),
                name="old_user_id_claimed_as_a_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairwisesubject",
            constraint=models.UniqueConstraint(
                fields=("account", "sector_identifier"), name="pairwise_subject_one_a_sector"
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                fields=("session", "application"), name="participant_once_a_session"
            ),
        ),
        migrations.AddConstraint(
            model_name="devicegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "authorized"), _negated=True),
                    models.Q(
                        ("authentication__isnull", False),
                        ("consent__isnull", False),
                        ("participant__isnull", False),
                        ("user__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="device_grant_authorized_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="refreshtoken",
            index=models.Index(fields=["token_family"], name="refresh_token_by_family"),
        ),
        migrations.AddConstraint(
            model_name="removedsubject",
            constraint=models.UniqueConstraint(
                fields=("stream", "account"), name="removed_subject_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestcount",
            constraint=models.UniqueConstraint(
                fields=(
                    "application",
                    "hour",
                    "endpoint",
                    "is_refused",
                    "reason",
                    "is_sign_in",
                    "latency",
                ),
                name="request_count_once",
            ),
        ),
        migrations.AddIndex(
            model_name="requesttrail",
            index=models.Index(fields=["application", "-at", "-id"], name="request_trail_all"),
        ),
        migrations.AddIndex(
            model_name="requesttrail",
            index=models.Index(
                fields=["application", "endpoint", "-at", "-id"], name="request_trail_endpoint"
            ),
        ),
        migrations.AddIndex(
            model_name="requesttrail",
            index=models.Index(
                fields=["application", "is_refused", "-at", "-id"], name="request_trail_refused"
            ),
        ),
        migrations.AddIndex(
            model_name="requesttrail",
            index=models.Index(fields=["application", "help_code"], name="request_trail_help_code"),
        ),
        migrations.AddIndex(
            model_name="requesttrail",
            index=models.Index(
                fields=["application", "is_authenticated", "-at"], name="request_trail_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="securityevent",
            index=models.Index(
                fields=["stream", "-created_at", "-id"], name="security_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="securityevent",
            index=models.Index(
                condition=models.Q(("state", "queued")),
                fields=["stream", "tries", "created_at"],
                name="security_event_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="securityevent",
            index=models.Index(
                condition=models.Q(("state", "queued")),
                fields=["next_try_at"],
                name="security_event_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")),
                fields=("account", "act"),
                name="staff_request_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="staff_request_never_by_one_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="trailoverflow",
            constraint=models.UniqueConstraint(
                fields=("application", "hour"), name="trail_overflow_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="usedjti",
            constraint=models.UniqueConstraint(
                fields=("application", "jti_hash"), name="used_jti_once"
            ),
        ),
    ]
