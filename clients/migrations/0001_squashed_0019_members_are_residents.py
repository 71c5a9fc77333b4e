"""Everything up to 0019 at once, for a database that is new."""

import uuid

import django.db.models.deletion
import oauth2_provider.generators
from django.conf import settings
from django.db import migrations, models

import accounts.assurance
from clients.migrations import _triggers


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("clients", "0001_initial"),
        ("clients", "0002_levels"),
        ("clients", "0003_resources"),
        ("clients", "0004_client_metadata"),
        ("clients", "0005_closed_applications"),
        ("clients", "0006_versioned_terms"),
        ("clients", "0007_terms_of_before"),
        ("clients", "0008_event_streams"),
        ("clients", "0009_members_and_test_residents"),
        ("clients", "0010_members_are_real_people"),
        ("clients", "0011_logos_and_notices_of_secrets"),
        ("clients", "0012_going_live"),
        ("clients", "0013_invitations_and_proofs"),
        ("clients", "0014_api_tokens"),
        ("clients", "0015_secret_leaks"),
        ("clients", "0016_proposed_logos"),
        ("clients", "0017_api_tokens_for_live"),
        ("clients", "0018_read_notices_and_sign_offs_set_aside"),
        ("clients", "0019_members_are_residents"),
    ]

    dependencies = [
        ("accounts", "0001_squashed_0045_mail_about_deaths"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "client_id",
                    models.CharField(
                        db_index=True,
                        default=oauth2_provider.generators.generate_client_id,
                        max_length=255,
                        unique=True,
                        verbose_name="client ID",
                    ),
                ),
                (
                    "redirect_uris",
                    models.TextField(
                        blank=True,
                        help_text="Allowed URIs list, space separated",
                        verbose_name="redirect URIs",
                    ),
                ),
                (
                    "post_logout_redirect_uris",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Allowed Post Logout URIs list, space separated",
                        verbose_name="post logout redirect URIs",
                    ),
                ),
                (
                    "client_type",
                    models.CharField(
                        choices=[("confidential", "Confidential"), ("public", "Public")],
                        max_length=32,
                        verbose_name="client type",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=255, verbose_name="name")),
                ("created", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="updated")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "environment",
                    models.CharField(
                        choices=[("sandbox", "Sandbox"), ("live", "Live")], max_length=10
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("retired", "Retired"),
                            ("closed", "Closed"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "profile",
                    models.CharField(
                        choices=[("standard", "Standard"), ("high", "High")],
                        default="standard",
                        max_length=10,
                    ),
                ),
                (
                    "application_type",
                    models.CharField(
                        choices=[("web", "Web"), ("native", "Native")], default="web", max_length=10
                    ),
                ),
                (
                    "token_endpoint_auth_method",
                    models.CharField(
                        choices=[
                            ("client_secret_basic", "Secret Basic"),
                            ("client_secret_post", "Secret Post"),
                            ("private_key_jwt", "Private Key Jwt"),
                            ("none", "None"),
                        ],
                        max_length=30,
                    ),
                ),
                ("grant_types", models.JSONField(default=list)),
                (
                    "algorithm",
                    models.CharField(
                        choices=[
                            ("ES256", "Es256"),
                            ("RS256", "Rs256"),
                            ("PS256", "Ps256"),
                            ("EdDSA", "Eddsa"),
                        ],
                        default="ES256",
                        max_length=10,
                    ),
                ),
                (
                    "sector_identifier",
                    models.CharField(
                        db_comment="set once: a later change would change every subject",
                        max_length=255,
                    ),
                ),
                (
                    "minimum_level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "ONE_FACTOR"), (2, "TWO_FACTORS"), (3, "PHISHING_RESISTANT")],
                        db_comment="how strongly residents must have signed in, whatever a request asks for",
                        default=accounts.assurance.Level["ONE_FACTOR"],
                    ),
                ),
                (
                    "is_sensitive",
                    models.BooleanField(
                        db_comment="that somebody uses it may put them in danger", default=False
                    ),
                ),
                (
                    "pkce",
                    models.CharField(
                        choices=[("required", "Required"), ("optional", "Optional")],
                        default="required",
                        max_length=10,
                    ),
                ),
                (
                    "userinfo_algorithm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ES256", "Es256"),
                            ("RS256", "Rs256"),
                            ("PS256", "Ps256"),
                            ("EdDSA", "Eddsa"),
                        ],
                        db_comment="empty: plain JSON",
                        max_length=10,
                    ),
                ),
                (
                    "request_object_algorithm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ES256", "Es256"),
                            ("RS256", "Rs256"),
                            ("PS256", "Ps256"),
                            ("EdDSA", "Eddsa"),
                        ],
                        db_comment="empty: any of them",
                        max_length=10,
                    ),
                ),
                (
                    "assertion_algorithm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ES256", "Es256"),
                            ("RS256", "Rs256"),
                            ("PS256", "Ps256"),
                            ("EdDSA", "Eddsa"),
                        ],
                        db_comment="empty: any of them",
                        max_length=10,
                    ),
                ),
                (
                    "jwks",
                    models.JSONField(
                        db_comment="its public keys, where it has no jwks_uri", null=True
                    ),
                ),
                ("jwks_uri", models.CharField(blank=True, max_length=2000)),
                ("request_uris", models.JSONField(default=list)),
                (
                    "requires_pushed_requests",
                    models.BooleanField(db_comment="RFC 9126 §6", default=False),
                ),
                (
                    "requires_signed_requests",
                    models.BooleanField(db_comment="RFC 9101 §10.5", default=False),
                ),
                (
                    "default_max_age",
                    models.PositiveBigIntegerField(db_comment="seconds", null=True),
                ),
                ("default_acr_values", models.JSONField(default=list)),
                ("initiate_login_uri", models.CharField(blank=True, max_length=2000)),
                ("frontchannel_logout_uri", models.CharField(blank=True, max_length=2000)),
                ("frontchannel_logout_session_required", models.BooleanField(default=False)),
                ("backchannel_logout_uri", models.CharField(blank=True, max_length=2000)),
                ("backchannel_logout_session_required", models.BooleanField(default=False)),
                ("sector_identifier_uri", models.CharField(blank=True, max_length=2000)),
                ("logo_uri", models.CharField(blank=True, max_length=2000)),
                ("terms_url", models.URLField(blank=True)),
                (
                    "contacts",
                    models.JSONField(
                        db_comment="personal: of the organisation's people", default=list
                    ),
                ),
                (
                    "registration_token_hash",
                    models.CharField(blank=True, db_index=True, max_length=80),
                ),
                (
                    "skips_sharing",
                    models.BooleanField(
                        db_comment="residents are told, not asked: the council's own public task",
                        default=False,
                    ),
                ),
                (
                    "receives_events",
                    models.BooleanField(
                        db_comment="it may have a stream of events about accounts that it knows",
                        default=False,
                    ),
                ),
                (
                    "agreement_reference",
                    models.CharField(
                        blank=True,
                        db_comment="of the data sharing agreement with the council",
                        max_length=100,
                    ),
                ),
                ("agreement_ends_on", models.DateField(db_comment="its last day", null=True)),
                (
                    "agreement_told",
                    models.PositiveSmallIntegerField(
                        db_comment="days before the agreement's end that owners were last told of",
                        null=True,
                    ),
                ),
                (
                    "retires_at",
                    models.DateTimeField(
                        db_comment="from then on nobody signs in to it", null=True
                    ),
                ),
                (
                    "where_to_go",
                    models.CharField(
                        blank=True,
                        db_comment="what residents are told to use instead",
                        max_length=500,
                    ),
                ),
                (
                    "retirement_told_at",
                    models.DateTimeField(
                        db_comment="when residents were told of `retires_at`", null=True
                    ),
                ),
                ("home_url", models.URLField(blank=True)),
                ("privacy_url", models.URLField(blank=True)),
                (
                    "other_way",
                    models.CharField(
                        blank=True,
                        db_comment="how to deal with the service without an account",
                        max_length=500,
                    ),
                ),
                (
                    "made_from",
                    models.ForeignKey(
                        db_comment="the sandbox application that this live one was approved as",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="live_ones",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InitialAccessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(db_comment="as the operator named it", max_length=60)),
                ("scopes", models.JSONField(default=list)),
                ("grant_types", models.JSONField(default=list)),
                ("pkce_may_be_optional", models.BooleanField(default=False)),
                ("most_applications", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("live", "Live"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("proposal", models.JSONField(default=dict)),
                ("agreement_reference", models.CharField(blank=True, max_length=100)),
                ("agreement_ends_on", models.DateField(null=True)),
                (
                    "notice_address",
                    models.CharField(
                        blank=True,
                        db_comment="the privacy notice that was last asked for",
                        max_length=2000,
                    ),
                ),
                (
                    "notice_answer",
                    models.CharField(blank=True, db_comment="ok, or why not", max_length=40),
                ),
                ("notice_asked_at", models.DateTimeField(null=True)),
                (
                    "checklist",
                    models.JSONField(
                        db_comment="each line with its evidence, as it stood when it was sent",
                        default=dict,
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        db_comment="went live, was refused or withdrawn", null=True
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_council", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("suspended", "Suspended")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "name_key",
                    models.CharField(
                        db_comment="the name as eyes see it, of an organisation that signed itself up",
                        max_length=240,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "council_owner_since",
                    models.DateTimeField(
                        db_comment="the council stands in as the second owner of a small organisation",
                        null=True,
                    ),
                ),
                (
                    "ownerless_since",
                    models.DateTimeField(db_comment="its last owner is gone", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApplicationLogo",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="logo",
                        serialize=False,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        db_comment="SHA-256 of the picture", db_index=True, max_length=64
                    ),
                ),
                ("png", models.BinaryField()),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="FetchedKeys",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="fetched_keys",
                        serialize=False,
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "uri",
                    models.CharField(
                        db_comment="from where: another one needs a new fetch", max_length=2000
                    ),
                ),
                ("jwks", models.JSONField()),
                ("fetched_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("next_fetch_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ClientSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret_hash", models.CharField(max_length=80, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "told_days_before",
                    models.PositiveSmallIntegerField(
                        db_comment="how many days before its end the last notice of that went out",
                        null=True,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="secrets",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="application",
            name="initial_access_token",
            field=models.ForeignKey(
                db_comment="that it registered itself with",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="clients.initialaccesstoken",
            ),
        ),
        migrations.CreateModel(
            name="ProposedLogo",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="logo",
                        serialize=False,
                        to="clients.submission",
                    ),
                ),
                ("digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("png", models.BinaryField(null=True)),
                ("width", models.PositiveSmallIntegerField(default=0)),
                ("height", models.PositiveSmallIntegerField(default=0)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name="submission",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="submissions",
                to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="submitted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="accounts.account",
            ),
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_of_council", models.BooleanField()),
                (
                    "text",
                    models.CharField(
                        db_comment="personal: in somebody's own words", max_length=2000
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="accounts.account",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="clients.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("developer", "Developer"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="accounts.account",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="clients.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("address", models.EmailField(db_comment="personal", max_length=254)),
                ("address_key", models.CharField(db_comment="personal", max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("developer", "Developer"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "mail",
                    models.UUIDField(
                        db_comment="the newest mail, whose link alone works", null=True
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(db_comment="taken or cancelled then", null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="clients.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="initialaccesstoken",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="initial_access_tokens",
                to="clients.organisation",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="clients.organisation",
            ),
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(db_comment="as its maker named it", max_length=100)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("developer", "Developer"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("acts_on_live", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "last_used_on",
                    models.DateField(db_comment="a day is enough to see what is in use", null=True),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to="clients.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrganisationProof",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("domain", "Domain"),
                            ("charity", "Charity"),
                            ("company", "Company"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=253)),
                (
                    "token",
                    models.CharField(
                        blank=True,
                        db_comment="what the domain's TXT record holds, for all to see",
                        max_length=64,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("standing", "Standing"),
                            ("lapsed", "Lapsed"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_comment="of the council's answer", max_length=200
                    ),
                ),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "missing_since",
                    models.DateTimeField(db_comment="not found since then", null=True),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proofs",
                        to="clients.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Resource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "identifier",
                    models.CharField(
                        db_comment="absolute URI: the audience of its tokens",
                        max_length=255,
                        unique=True,
                    ),
                ),
                ("scopes", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="clients.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="application",
            name="calls",
            field=models.ManyToManyField(related_name="callers", to="clients.resource"),
        ),
        migrations.AddField(
            model_name="application",
            name="serves",
            field=models.ForeignKey(
                db_comment="the resource that it is: it may introspect tokens for this one",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="servers",
                to="clients.resource",
            ),
        ),
        migrations.CreateModel(
            name="ScopeTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=60)),
                ("version", models.PositiveIntegerField()),
                (
                    "lawful_basis",
                    models.CharField(
                        choices=[
                            ("public_task", "Public Task"),
                            ("consent", "Consent"),
                            ("contract", "Contract"),
                            ("legal_obligation", "Legal Obligation"),
                        ],
                        max_length=20,
                    ),
                ),
                ("purpose", models.CharField(max_length=300)),
                ("retention", models.CharField(blank=True, max_length=300)),
                ("privacy_notice", models.URLField(blank=True)),
                ("notice_version", models.CharField(blank=True, max_length=40)),
                ("since", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scope_terms",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecretLeak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reported_at", models.DateTimeField(auto_now_add=True)),
                ("suspected_since", models.DateTimeField()),
                ("residents", models.PositiveIntegerField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="secret_leaks",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("service", "Service"),
                            ("information_governance", "Information Governance"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("approved", "Approved"), ("refused", "Refused")], max_length=10
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "set_aside",
                    models.CharField(
                        blank=True, db_comment="why it was found to count no more", max_length=20
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_offs",
                        to="accounts.account",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_offs",
                        to="clients.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TestResident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "situation",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ordinary"),
                            ("no_phone", "No Phone"),
                            ("two_names", "Two Names"),
                            ("stopped_sharing", "Stopped Sharing"),
                            ("frozen", "Frozen"),
                            ("under_18", "Under 18"),
                        ],
                        max_length=20,
                    ),
                ),
                ("password", models.TextField(db_comment="encrypted")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="test_resident",
                        to="accounts.account",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="test_residents",
                        to="clients.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApplicationScope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=60)),
                (
                    "lawful_basis",
                    models.CharField(
                        choices=[
                            ("public_task", "Public Task"),
                            ("consent", "Consent"),
                            ("contract", "Contract"),
                            ("legal_obligation", "Legal Obligation"),
                        ],
                        max_length=20,
                    ),
                ),
                ("purpose", models.CharField(max_length=300)),
                (
                    "retention",
                    models.CharField(
                        blank=True,
                        db_comment="what the service keeps of it, how long and why",
                        max_length=300,
                    ),
                ),
                (
                    "privacy_notice",
                    models.URLField(blank=True, db_comment="empty: the application's own"),
                ),
                ("notice_version", models.CharField(blank=True, max_length=40)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scopes",
                        to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "scope"), name="application_scope_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeReading",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="notice_reading",
                        serialize=False,
                        to="clients.submission",
                    ),
                ),
                ("address", models.CharField(max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_readings",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "approved"])),
                fields=("application",),
                name="submission_one_open_an_application",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                fields=("organisation", "account"), name="member_once_an_organisation"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["address_key"],
                name="invitation_open_by_address",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["mail"], name="invitation_by_mail"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("organisation", "address_key"),
                name="invitation_one_open_an_address",
            ),
        ),
        migrations.AddIndex(
            model_name="organisationproof",
            index=models.Index(
                condition=models.Q(("kind", "domain"), ("state", "standing")),
                fields=["checked_at"],
                name="organisation_proof_domains",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationproof",
            constraint=models.UniqueConstraint(
                fields=("organisation", "kind", "value"), name="organisation_proof_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("client_type", "public"), ("token_endpoint_auth_method", "none")),
                    models.Q(
                        ("client_type", "confidential"),
                        models.Q(("token_endpoint_auth_method", "none"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="application_public_has_no_secret_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pkce", "required"),
                    models.Q(("client_type", "confidential"), ("profile", "standard")),
                    _connector="OR",
                ),
                name="application_pkce_optional_only_if_confidential_and_standard",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("jwks", None), ("jwks_uri", ""), _connector="OR"),
                name="application_jwks_or_jwks_uri",
            ),
        ),
        migrations.AddConstraint(
            model_name="scopeterms",
            constraint=models.UniqueConstraint(
                fields=("application", "scope", "version"), name="scope_terms_once_a_version"
            ),
        ),
        migrations.AddIndex(
            model_name="secretleak",
            index=models.Index(
                condition=models.Q(("answered_at", None)),
                fields=["reported_at"],
                name="secret_leak_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("set_aside", "")),
                fields=("submission", "version", "kind"),
                name="sign_off_once_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("set_aside", "")),
                fields=("submission", "version", "account"),
                name="sign_off_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="testresident",
            constraint=models.UniqueConstraint(
                fields=("organisation", "situation"), name="test_resident_once_a_situation"
            ),
        ),
        migrations.RunPython(_triggers.add, migrations.RunPython.noop),
    ]
