"""Everything up to 0045 at once, for a database that is new."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import accounts.assurance
import accounts.models.audit_event
import accounts.security.tokens
from accounts.migrations import _triggers


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_audit_event_append_only"),
        ("accounts", "0003_ways_back"),
        ("accounts", "0004_kept_forms"),
        ("accounts", "0005_text_code_browser"),
        ("accounts", "0006_challenge_of_a_recovery"),
        ("accounts", "0007_mailed_link_kept_open"),
        ("accounts", "0008_session_signed_in_at"),
        ("accounts", "0009_complaints"),
        ("accounts", "0010_closings"),
        ("accounts", "0011_exports"),
        ("accounts", "0012_mail_of_what_was_told"),
        ("accounts", "0013_session_expires_at_index"),
        ("accounts", "0014_closings_of_before"),
        ("accounts", "0015_test_groups_and_staff"),
        ("accounts", "0016_made_up_people_apart"),
        ("accounts", "0017_use_checked_and_former_readers"),
        ("accounts", "0018_organisations_history_and_mails"),
        ("accounts", "0019_mails_about_secrets"),
        ("accounts", "0020_mails_about_approvals"),
        ("accounts", "0021_organisations_history_by_event"),
        ("accounts", "0022_closing_unused_accounts"),
        ("accounts", "0023_mails_about_changes_at_once"),
        ("accounts", "0024_mail_about_api_tokens"),
        ("accounts", "0025_audit_seals"),
        ("accounts", "0026_staff_accounts"),
        ("accounts", "0027_staff_apart"),
        ("accounts", "0028_roles_of_staff_alone"),
        ("accounts", "0029_colleague_account"),
        ("accounts", "0030_audit_events_by_actor"),
        ("accounts", "0031_staff_directory"),
        ("accounts", "0032_council_details"),
        ("accounts", "0033_protection_and_name_words"),
        ("accounts", "0034_words_of_names"),
        ("accounts", "0035_call_code"),
        ("accounts", "0036_death_notes"),
        ("accounts", "0037_mails_about_looking_up"),
        ("accounts", "0038_service_notices"),
        ("accounts", "0039_hold_back"),
        ("accounts", "0040_opening"),
        ("accounts", "0041_mail_about_papers"),
        ("accounts", "0042_mail_about_looks"),
        ("accounts", "0043_email_change_by_staff"),
        ("accounts", "0044_start_code"),
        ("accounts", "0045_mail_about_deaths"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sign_in_name", models.CharField(db_comment="personal", max_length=254)),
                (
                    "sign_in_key",
                    models.CharField(db_comment="personal", max_length=254, unique=True),
                ),
                ("full_name", models.CharField(db_comment="personal", max_length=200)),
                (
                    "full_name_checked_at",
                    models.DateTimeField(db_comment="else self-stated", null=True),
                ),
                (
                    "former_name",
                    models.CharField(blank=True, db_comment="personal", max_length=200),
                ),
                ("shares_former_name", models.BooleanField(default=False)),
                ("date_of_birth", models.DateField(db_comment="personal", null=True)),
                (
                    "date_of_birth_checked_at",
                    models.DateTimeField(db_comment="else self-stated", null=True),
                ),
                ("language", models.CharField(default="en-gb", max_length=10)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("frozen", "Frozen"),
                            ("closed", "Closed"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("is_test", models.BooleanField(default=False)),
                (
                    "test_group",
                    models.UUIDField(
                        db_comment="made-up people of one group are known within it alone; set at creation",
                        db_index=True,
                        null=True,
                    ),
                ),
                (
                    "test_claims",
                    models.JSONField(db_comment="only ever set on test accounts", default=dict),
                ),
                (
                    "staff_since",
                    models.DateTimeField(
                        db_comment="of the council's staff since then; set at creation or never",
                        null=True,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("password_changed_at", models.DateTimeField(null=True)),
                (
                    "password_from_mailbox",
                    models.BooleanField(
                        db_comment="chosen by a mailed link, and not yet used together with a second step: until then it proves no more than the mailbox does",
                        default=False,
                    ),
                ),
                (
                    "password_suspect_since",
                    models.DateTimeField(
                        db_comment="its owner said that a change was not theirs: opens nothing",
                        null=True,
                    ),
                ),
                (
                    "user_handle",
                    models.CharField(
                        db_comment="64 random bytes, base64url; what passkeys know the account by",
                        max_length=86,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "is_discreet",
                    models.BooleanField(db_comment="mails name no service", default=False),
                ),
                (
                    "changes_held_until",
                    models.DateTimeField(
                        db_comment="after a recovery: until then contacts and ways to sign in stay",
                        null=True,
                    ),
                ),
                (
                    "use_checked_from",
                    models.DateTimeField(
                        db_comment="from then on it is looked at whether anybody uses it",
                        default=django.utils.timezone.now,
                        null=True,
                    ),
                ),
                (
                    "joined_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="joined",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Authenticator",
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
                            ("passkey", "Passkey"),
                            ("security_key", "Security Key"),
                            ("app", "App"),
                            ("code_sheet", "Code Sheet"),
                            ("recovery_codes", "Recovery Codes"),
                            ("text_message", "Text Message"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True, db_comment="personal: what its owner calls it", max_length=60
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "added_at_one_factor",
                    models.BooleanField(
                        db_comment="for 24 hours it cannot be used to remove others", default=False
                    ),
                ),
                ("lent_by_council", models.BooleanField(default=False)),
                (
                    "suspect_since",
                    models.DateTimeField(
                        db_comment="its owner said that a change was not theirs: opens nothing until kept",
                        null=True,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authenticators",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "after_id",
                    models.BigIntegerField(
                        db_comment="transactions are counted anew above this id, after a move to another server"
                    ),
                ),
                ("from_position", models.BigIntegerField()),
                ("to_position", models.BigIntegerField()),
                (
                    "next_position",
                    models.BigIntegerField(db_comment="the first that was not yet given away"),
                ),
                ("count", models.BigIntegerField()),
                ("first_id", models.BigIntegerField(null=True)),
                ("last_id", models.BigIntegerField(null=True)),
                ("first_at", models.DateTimeField(null=True)),
                ("last_at", models.DateTimeField(null=True)),
                (
                    "row_hashes",
                    models.TextField(
                        blank=True, db_comment="a line for each event: its id and SHA-256"
                    ),
                ),
                ("rows_hash", models.CharField(db_comment="SHA-256 of row_hashes", max_length=64)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("sealed_at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("signature", models.CharField(max_length=88)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AuditTombstone",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("first_seal", models.BigIntegerField()),
                ("last_seal", models.BigIntegerField()),
                ("last_seal_hash", models.CharField(max_length=64)),
                ("after_id", models.BigIntegerField(db_comment="of the last seal")),
                ("to_position", models.BigIntegerField(db_comment="of the last seal")),
                ("through_id", models.BigIntegerField(db_comment="the highest that was purged")),
                ("count", models.BigIntegerField()),
                ("purged_at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=20)),
                ("actor_id", models.CharField(blank=True, max_length=64)),
                ("key_id", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("signature", models.CharField(max_length=88)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="DirectoryVisit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("state_hash", models.CharField(max_length=80, unique=True)),
                ("browser_hash", models.CharField(db_index=True, max_length=80)),
                (
                    "secrets",
                    models.TextField(blank=True, db_comment="encrypted: nonce and code verifier"),
                ),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "roles",
                    models.JSONField(
                        db_comment="that the directory gave at this visit", default=list
                    ),
                ),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="LimitCounter",
            fields=[
                ("key", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Protection",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="protection",
                        serialize=False,
                        to="accounts.account",
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StaffMember",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="staff_member",
                        serialize=False,
                        to="accounts.account",
                    ),
                ),
                ("work_email", models.CharField(db_comment="personal", max_length=254)),
                ("work_email_key", models.CharField(db_comment="personal", max_length=254)),
                (
                    "team",
                    models.CharField(
                        blank=True, db_comment="personal: where they work", max_length=100
                    ),
                ),
                ("left_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AccountClosing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("resident", "Resident"),
                            ("operator", "Operator"),
                            ("inactive", "Inactive"),
                            ("joined", "Joined"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closes_at", models.DateTimeField(db_index=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "reopen_until",
                    models.DateTimeField(
                        db_comment="what is personal is deleted then", db_index=True, null=True
                    ),
                ),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("reopened_at", models.DateTimeField(null=True)),
                ("purged_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closings",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AppSecret",
            fields=[
                (
                    "authenticator",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="app_secret",
                        serialize=False,
                        to="accounts.authenticator",
                    ),
                ),
                ("secret", models.TextField(db_comment="encrypted")),
                (
                    "last_step",
                    models.BigIntegerField(
                        db_comment="the time step of the last code taken: none is taken twice",
                        default=0,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                (
                    "authenticator",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="passkey",
                        serialize=False,
                        to="accounts.authenticator",
                    ),
                ),
                (
                    "credential_id",
                    models.CharField(db_comment="base64url", max_length=1400, unique=True),
                ),
                ("public_key", models.TextField(db_comment="COSE key, base64url")),
                ("sign_count", models.BigIntegerField(default=0)),
                ("transports", models.JSONField(default=list)),
                ("aaguid", models.CharField(blank=True, max_length=36)),
                ("backup_eligible", models.BooleanField(default=False)),
                ("backed_up", models.BooleanField(default=False)),
                ("discoverable", models.BooleanField(default=False)),
                (
                    "user_verified",
                    models.BooleanField(db_comment="whether it verified its user when it was made"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "transaction_id",
                    models.BigIntegerField(
                        db_default=accounts.models.audit_event.CurrentTransaction()
                    ),
                ),
                ("at", models.DateTimeField()),
                ("event", models.CharField(max_length=60)),
                ("actor_kind", models.CharField(max_length=20)),
                ("actor_id", models.CharField(blank=True, max_length=64)),
                ("account_id", models.UUIDField(null=True)),
                ("session_id", models.UUIDField(null=True)),
                ("organisation_id", models.UUIDField(null=True)),
                ("application_id", models.CharField(blank=True, max_length=64)),
                ("object_kind", models.CharField(blank=True, max_length=40)),
                ("object_id", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("detail", models.JSONField(db_comment="ids, enums and counts only", default=dict)),
                ("help_code", models.CharField(blank=True, max_length=8)),
                ("case_reference", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account_id", "at"], name="audit_event_by_account"),
                    models.Index(
                        fields=["application_id", "at"], name="audit_event_by_application"
                    ),
                    models.Index(fields=["event", "at"], name="audit_event_by_event"),
                    models.Index(
                        condition=models.Q(("actor_id", ""), _negated=True),
                        fields=["actor_id", "at"],
                        name="audit_event_by_actor",
                    ),
                    models.Index(
                        condition=models.Q(("organisation_id", None), _negated=True),
                        fields=["organisation_id", "event", "at"],
                        name="audit_event_of_organisation",
                    ),
                    models.Index(
                        condition=models.Q(("transaction_id__gt", 0)),
                        fields=["transaction_id", "id"],
                        name="audit_event_by_transaction",
                    ),
                    models.Index(
                        condition=models.Q(("help_code", ""), _negated=True),
                        fields=["help_code"],
                        name="audit_event_by_help_code",
                    ),
                    models.Index(
                        condition=models.Q(("case_reference", ""), _negated=True),
                        fields=["case_reference"],
                        name="audit_event_by_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "challenge_hash",
                    models.CharField(max_length=80, primary_key=True, serialize=False),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("sign_in", "Sign In"),
                            ("second_step", "Second Step"),
                            ("sign_up", "Sign Up"),
                            ("add", "Add"),
                            ("recovery", "Recovery"),
                            ("staff_sign_in", "Staff Sign In"),
                            ("staff_enrol", "Staff Enrol"),
                        ],
                        max_length=20,
                    ),
                ),
                ("browser_hash", models.CharField(max_length=80)),
                (
                    "user_handle",
                    models.CharField(
                        blank=True,
                        db_comment="of an account that is about to be made",
                        max_length=86,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        db_comment="to read out on the phone", max_length=8, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("use", "Use"), ("wrong", "Wrong"), ("service", "Service")],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(db_comment="personal")),
                ("made_at", models.DateTimeField()),
                ("due_on", models.DateField(db_index=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "Upheld"),
                            ("partly_upheld", "Partly Upheld"),
                            ("not_upheld", "Not Upheld"),
                        ],
                        max_length=20,
                    ),
                ),
                ("answer", models.TextField(blank=True, db_comment="personal")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="complaints",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CouncilDetails",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                (
                    "values",
                    models.JSONField(
                        db_comment="by accounts.council.rules.Detail: the council's, public"
                    ),
                ),
                (
                    "put_back",
                    models.PositiveIntegerField(db_comment="the number that it repeats", null=True),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "published_by",
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
            name="DeathNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("certificate", "Certificate"),
                            ("tell_us_once", "Tell Us Once"),
                            ("registrar", "Registrar"),
                            ("call", "Call"),
                        ],
                        max_length=15,
                    ),
                ),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lapses_at", models.DateTimeField(db_index=True, null=True)),
                (
                    "was_suspended",
                    models.BooleanField(
                        db_comment="for another reason, which holds on when this is undone",
                        default=False,
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="death_notes",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EmailAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(db_comment="personal", max_length=254)),
                (
                    "address_key",
                    models.CharField(db_comment="personal", db_index=True, max_length=254),
                ),
                ("is_primary", models.BooleanField(default=False)),
                ("confirmed_at", models.DateTimeField()),
                (
                    "unsafe_since",
                    models.DateTimeField(
                        db_comment="nothing is sent there, nothing from there is obeyed", null=True
                    ),
                ),
                (
                    "others_read_since",
                    models.DateTimeField(
                        db_comment="another account gave it up then, and its owner may read there still",
                        null=True,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="email_addresses",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EmailChange",
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
                            ("add", "Add"),
                            ("replace", "Replace"),
                            ("make_main", "Make Main"),
                            ("remove", "Remove"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "address",
                    models.EmailField(
                        blank=True,
                        db_comment="personal; to be added or to be the main one",
                        max_length=254,
                    ),
                ),
                (
                    "address_key",
                    models.CharField(blank=True, db_comment="personal", max_length=254),
                ),
                (
                    "old_address",
                    models.EmailField(
                        blank=True,
                        db_comment="personal; the main one before, or the one removed",
                        max_length=254,
                    ),
                ),
                ("old_key", models.CharField(blank=True, db_comment="personal", max_length=254)),
                (
                    "changes_sign_in_name",
                    models.BooleanField(
                        db_comment="the old address is the sign-in name, and the new one is to be",
                        default=False,
                    ),
                ),
                (
                    "started_on",
                    models.CharField(db_comment="kind of browser, told in mails", max_length=60),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(db_comment="at the new address", null=True)),
                ("agreed_at", models.DateTimeField(db_comment="at the old address", null=True)),
                (
                    "opens_at",
                    models.DateTimeField(
                        db_comment="the old address cannot be read: it is not asked from then on",
                        null=True,
                    ),
                ),
                (
                    "by_staff",
                    models.BooleanField(
                        db_comment="two of the staff agreed to it: it comes about after its wait",
                        default=False,
                    ),
                ),
                ("told_middle_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "disputed_at",
                    models.DateTimeField(
                        db_comment="whoever reads the old address froze the account: staff look at it",
                        null=True,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="email_changes",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Export",
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
                            ("asked", "Asked"),
                            ("preparing", "Preparing"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fault", "Fault"),
                            ("too_large", "Too Large"),
                            ("account_stopped", "Account Stopped"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "includes_private",
                    models.BooleanField(
                        db_comment="services that are kept out of sight are in it too",
                        default=False,
                    ),
                ),
                ("parts_done", models.PositiveSmallIntegerField(default=0)),
                ("parts_all", models.PositiveSmallIntegerField(default=0)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                (
                    "json_size",
                    models.PositiveBigIntegerField(db_comment="bytes, as downloaded", default=0),
                ),
                (
                    "page_size",
                    models.PositiveBigIntegerField(db_comment="bytes, as downloaded", default=0),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "worked_at",
                    models.DateTimeField(
                        db_comment="when a worker last said how far it is: long ago means that it died",
                        null=True,
                    ),
                ),
                ("ready_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("downloads", models.PositiveIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ExportChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField()),
                (
                    "document",
                    models.CharField(choices=[("json", "Json"), ("page", "Page")], max_length=10),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.TextField(db_comment="personal; compressed and encrypted")),
                (
                    "export",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="accounts.export",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Freeze",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("session", "Session"),
                            ("mail", "Mail"),
                            ("operator", "Operator"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "mailbox_key",
                    models.CharField(
                        blank=True,
                        db_comment="personal; the mailbox whose link was used",
                        max_length=254,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "ONE_FACTOR"), (2, "TWO_FACTORS"), (3, "PHISHING_RESISTANT")],
                        db_comment="least level that unfreezes",
                    ),
                ),
                ("frozen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_how", models.CharField(blank=True, max_length=20)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="freezes",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HoldBack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_reference", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(db_index=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "ended_at",
                    models.DateTimeField(db_comment="refused, or ended before its day", null=True),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hold_backs",
                        to="accounts.account",
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
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
            ],
        ),
        migrations.CreateModel(
            name="Inactivity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_again_at", models.DateTimeField(null=True)),
                ("announced_at", models.DateTimeField(null=True)),
                ("closes_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inactivity",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeptForm",
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
                    "typed",
                    models.TextField(
                        db_comment="personal; encrypted, with the page that it belongs to"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_forms",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(db_comment="personal", max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_words",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NumberedCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("code_hash", models.CharField(max_length=80)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "authenticator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="accounts.authenticator",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_open", models.BooleanField()),
                ("opens_on", models.DateField(null=True)),
                ("turned_at", models.DateTimeField()),
                (
                    "turned_by",
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
            name="OutboundMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "template",
                    models.CharField(
                        choices=[
                            ("sign_up", "Sign Up"),
                            ("sign_up_known_address", "Sign Up Known Address"),
                            ("sign_up_address_full", "Sign Up Address Full"),
                            ("account_created", "Account Created"),
                            ("password_reset", "Password Reset"),
                            ("password_reset_shared_address", "Password Reset Shared Address"),
                            ("password_reset_no_account", "Password Reset No Account"),
                            ("password_reset_not_possible", "Password Reset Not Possible"),
                            ("password_reset_done", "Password Reset Done"),
                            ("recovery_ways", "Recovery Ways"),
                            ("recovery_shared_address", "Recovery Shared Address"),
                            ("recovery_no_account", "Recovery No Account"),
                            ("recovery_not_possible", "Recovery Not Possible"),
                            ("recovery_started", "Recovery Started"),
                            ("recovery_halfway", "Recovery Halfway"),
                            ("recovery_open", "Recovery Open"),
                            ("recovery_paused", "Recovery Paused"),
                            ("recovery_done", "Recovery Done"),
                            ("security_notice", "Security Notice"),
                            ("sign_in_code", "Sign In Code"),
                            ("new_address_code", "New Address Code"),
                            ("email_confirm", "Email Confirm"),
                            ("email_address_full", "Email Address Full"),
                            ("email_agree", "Email Agree"),
                            ("email_change_waiting", "Email Change Waiting"),
                            ("email_changed", "Email Changed"),
                            ("call_code", "Call Code"),
                            ("complaint_made", "Complaint Made"),
                            ("complaint_answered", "Complaint Answered"),
                            ("export_ready", "Export Ready"),
                            ("sharing_told", "Sharing Told"),
                            ("partners/invitation", "Invitation"),
                            ("partners/members_changed", "Members Changed"),
                            ("partners/membership_changed", "Membership Changed"),
                            ("partners/proof_changed", "Proof Changed"),
                            ("partners/secret_ends_in_30_days", "Secret Ends In 30 Days"),
                            ("partners/secret_ends_in_7_days", "Secret Ends In 7 Days"),
                            ("partners/secret_ends_in_1_day", "Secret Ends In 1 Day"),
                            ("partners/submission_changed", "Submission Changed"),
                            ("partners/submission_waiting", "Submission Waiting"),
                            ("partners/agreement_ends", "Agreement Ends"),
                            ("partners/changed_in_outage", "Changed In Outage"),
                            ("partners/changed_for_safety", "Changed For Safety"),
                            ("partners/changed_by_law", "Changed By Law"),
                            ("partners/api_tokens_changed", "Api Tokens Changed"),
                            ("service_ends", "Service Ends"),
                            ("account_closes", "Account Closes"),
                            ("staff/enrol", "Staff Enrol"),
                            ("staff/keys_changed", "Staff Keys Changed"),
                            ("staff/death_noted", "Staff Death Noted"),
                            ("staff/looks_alone", "Staff Looks Alone"),
                            ("staff/many_looks", "Staff Many Looks"),
                            ("staff/many_misses", "Staff Many Misses"),
                            ("staff/many_names", "Staff Many Names"),
                            ("staff/many_papers", "Staff Many Papers"),
                            ("staff/many_starts", "Staff Many Starts"),
                            ("staff/same_person", "Staff Same Person"),
                        ],
                        max_length=40,
                    ),
                ),
                ("address", models.EmailField(db_comment="personal", max_length=254)),
                (
                    "address_key",
                    models.CharField(db_comment="personal", db_index=True, max_length=254),
                ),
                ("language", models.CharField(max_length=10)),
                (
                    "news",
                    models.JSONField(
                        db_comment="named security events and their times, of a notice",
                        default=list,
                    ),
                ),
                (
                    "about_name",
                    models.CharField(
                        db_comment="the organisation or application that it is about",
                        default="",
                        max_length=120,
                    ),
                ),
                ("send_after", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("dropped", "Dropped"),
                            ("bounced", "Bounced"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=100)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("link_hash", models.CharField(blank=True, max_length=80)),
                ("code_hash", models.CharField(blank=True, max_length=80)),
                ("secret_expires_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "kept_open_until",
                    models.DateTimeField(
                        db_comment="until when the link works where its reader asked for more time",
                        null=True,
                    ),
                ),
                ("kept_open_by_hash", models.CharField(blank=True, max_length=80)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="accounts.account",
                    ),
                ),
                (
                    "email_change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="accounts.emailchange",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("browser_hash", models.CharField(max_length=80)),
                ("choices", models.JSONField(default=dict)),
                (
                    "password",
                    models.CharField(
                        blank=True, db_comment="the hash of a new one", max_length=128
                    ),
                ),
                (
                    "address",
                    models.EmailField(
                        blank=True,
                        db_comment="personal; to be reached at from now on",
                        max_length=254,
                    ),
                ),
                (
                    "address_key",
                    models.CharField(blank=True, db_comment="personal", max_length=254),
                ),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "confirmed_at",
                    models.DateTimeField(db_comment="when the address was", null=True),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leavings",
                        to="accounts.account",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_comment="whose code confirms the address",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="accounts.outboundmessage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HelpCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                ("browser_hash", models.CharField(blank=True, db_index=True, max_length=80)),
                ("steps", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "message",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="help_code",
                        to="accounts.outboundmessage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("mailed", "Mailed"), ("shown", "Shown")], max_length=10
                    ),
                ),
                (
                    "asked_in",
                    models.UUIDField(
                        db_comment="help session that had it mailed", db_index=True, null=True
                    ),
                ),
                ("code_hash", models.CharField(blank=True, max_length=80)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call_codes",
                        to="accounts.account",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call_code",
                        to="accounts.outboundmessage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PendingSignIn",
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
                ("return_to", models.CharField(max_length=500)),
                ("service_name", models.CharField(blank=True, max_length=255)),
                (
                    "is_sensitive",
                    models.BooleanField(
                        db_comment="that somebody uses the service may put them in danger",
                        default=False,
                    ),
                ),
                ("login_hint", models.CharField(blank=True, db_comment="personal", max_length=254)),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        db_comment="that the service asked for, if it did",
                        max_length=10,
                    ),
                ),
                (
                    "form_action",
                    models.CharField(
                        blank=True,
                        db_comment="origin that the pages' forms may lead to by redirects (CSP form-action)",
                        max_length=300,
                    ),
                ),
                ("as_someone_else", models.BooleanField(default=False)),
                (
                    "test_group",
                    models.UUIDField(
                        db_comment="whose made-up people alone may sign in here; empty: real people",
                        null=True,
                    ),
                ),
                (
                    "give_up_to",
                    models.CharField(
                        blank=True,
                        db_comment="where to go on without the level; a local path",
                        max_length=500,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "ONE_FACTOR"), (2, "TWO_FACTORS"), (3, "PHISHING_RESISTANT")],
                        db_comment="what the session must have",
                        default=accounts.assurance.Level["ONE_FACTOR"],
                    ),
                ),
                (
                    "at_highest_level",
                    models.BooleanField(
                        db_comment="as strongly as the account can, whatever `level` says",
                        default=False,
                    ),
                ),
                ("remembered_device_will_do", models.BooleanField(default=True)),
                (
                    "is_shared_device",
                    models.BooleanField(
                        db_comment="somebody else may use this browser next", default=False
                    ),
                ),
                (
                    "password_changed_at",
                    models.DateTimeField(
                        db_comment="the account's, when that proof was given", null=True
                    ),
                ),
                ("proofs", models.JSONField(db_comment="as in Session.proofs", default=list)),
                (
                    "proved_at",
                    models.DateTimeField(db_comment="when the first of them was given", null=True),
                ),
                (
                    "proofs_until",
                    models.DateTimeField(
                        db_comment="until when the proofs count, if their owner asked for more time",
                        null=True,
                    ),
                ),
                (
                    "mailbox_proved_key",
                    models.CharField(
                        blank=True,
                        db_comment="personal; the sign-in name whose owner typed a mailed code in this flow",
                        max_length=254,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_comment="whose first proof was given",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="sign_in",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="accounts.pendingsignin",
            ),
        ),
        migrations.CreateModel(
            name="PendingSignUp",
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
                ("address", models.EmailField(db_comment="personal", max_length=254)),
                (
                    "address_key",
                    models.CharField(db_comment="personal", db_index=True, max_length=254),
                ),
                (
                    "started_on",
                    models.CharField(
                        db_comment="kind of browser, told to whoever reads the mail", max_length=60
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("completed_at", models.DateTimeField(null=True)),
                (
                    "flow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ups",
                        to="accounts.pendingsignin",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="sign_up",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="accounts.pendingsignup",
            ),
        ),
        migrations.CreateModel(
            name="Phone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(db_comment="personal; E.164", max_length=20)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                ("unsafe_since", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phone",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostalAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lines",
                    models.CharField(
                        blank=True, db_comment="personal; divided by line feeds", max_length=500
                    ),
                ),
                ("postcode", models.CharField(blank=True, db_comment="personal", max_length=8)),
                (
                    "uprn",
                    models.CharField(
                        blank=True, db_comment="personal; from the look-up", max_length=12
                    ),
                ),
                ("no_fixed_address", models.BooleanField(default=False)),
                (
                    "checked_at",
                    models.DateTimeField(db_comment="by the council; else self-stated", null=True),
                ),
                ("unsafe_since", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postal_address",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("known_password", "Known Password"),
                            ("post", "Post"),
                            ("counter", "Counter"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proving", "Proving"),
                            ("waiting", "Waiting"),
                            ("paused", "Paused"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("expired", "Expired"),
                        ],
                        default="proving",
                        max_length=10,
                    ),
                ),
                (
                    "mailbox_key",
                    models.CharField(
                        blank=True,
                        db_comment="personal; empty where a session began it",
                        max_length=254,
                    ),
                ),
                (
                    "started_on",
                    models.CharField(blank=True, db_comment="kind of browser", max_length=60),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "proofs",
                    models.JSONField(db_comment="named proofs and their times only", default=list),
                ),
                ("opens_at", models.DateTimeField(null=True)),
                ("closes_at", models.DateTimeField(null=True)),
                ("code_hash", models.CharField(blank=True, max_length=80)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "opened_at",
                    models.DateTimeField(
                        db_comment="when whoever asked proved it again, to choose new ways",
                        null=True,
                    ),
                ),
                (
                    "opened_by_hash",
                    models.CharField(blank=True, db_comment="the browser that did", max_length=80),
                ),
                ("told_middle_at", models.DateTimeField(null=True)),
                ("told_end_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recoveries",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="recovery",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="accounts.recoveryrequest",
            ),
        ),
        migrations.CreateModel(
            name="Letter",
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
                            ("recovery_code", "Recovery Code"),
                            ("code_sheet", "Code Sheet"),
                            ("account_closes", "Account Closes"),
                        ],
                        max_length=20,
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("dropped", "Dropped"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=100)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="accounts.account",
                    ),
                ),
                (
                    "authenticator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="accounts.authenticator",
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="accounts.recoveryrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RememberedDevice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token_hash", models.CharField(max_length=80, unique=True)),
                ("started_on", models.CharField(db_comment="kind of browser", max_length=60)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_used_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remembered_devices",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServiceNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(db_comment="the council's, public", max_length=300)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(db_index=True)),
                ("published_at", models.DateTimeField()),
                ("taken_down_at", models.DateTimeField(null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "taken_down_by",
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
            name="Session",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("cookie_hash", models.CharField(max_length=80, unique=True)),
                ("proofs", models.JSONField(default=list)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "ONE_FACTOR"), (2, "TWO_FACTORS"), (3, "PHISHING_RESISTANT")]
                    ),
                ),
                ("auth_time", models.DateTimeField()),
                ("signed_in_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("is_shared_device", models.BooleanField(default=False)),
                (
                    "started_on",
                    models.CharField(blank=True, db_comment="kind of browser", max_length=60),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed_out", "Signed Out"),
                            ("replaced", "Replaced"),
                            ("password_changed", "Password Changed"),
                            ("password_reset", "Password Reset"),
                            ("ended_by_operator", "Ended By Operator"),
                            ("account_suspended", "Account Suspended"),
                            ("ended_by_owner", "Ended By Owner"),
                            ("way_removed", "Way Removed"),
                            ("not_me", "Not Me"),
                            ("frozen", "Frozen"),
                            ("recovered", "Recovered"),
                            ("account_closed", "Account Closed"),
                            ("left_staff", "Left Staff"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="pendingsignin",
            name="beside",
            field=models.ForeignKey(
                db_comment="the session that goes on: this sign-in proves whose account it is, no more",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.session",
            ),
        ),
        migrations.AddField(
            model_name="pendingsignin",
            name="stands_on",
            field=models.ForeignKey(
                db_comment="the session whose proofs this sign-in adds to",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.session",
            ),
        ),
        migrations.CreateModel(
            name="StaffRole",
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
                            ("support", "Support"),
                            ("support_lead", "Support Lead"),
                            ("approver", "Approver"),
                            ("auditor", "Auditor"),
                            ("operator", "Operator"),
                            ("owner", "Owner"),
                        ],
                        max_length=20,
                    ),
                ),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "source",
                    models.CharField(
                        choices=[("hand", "Hand"), ("directory", "Directory")],
                        db_comment="the directory takes what it gave, never what somebody gave by hand",
                        db_default="hand",
                        default="hand",
                        max_length=10,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff_roles",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StartCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(db_comment="in which its staff member made it", max_length=20),
                ),
                (
                    "asked_as",
                    models.UUIDField(
                        db_comment="the form that asked: one sheet for each", unique=True
                    ),
                ),
                ("case_reference", models.CharField(db_index=True, max_length=40)),
                ("code_hash", models.CharField(max_length=80, unique=True)),
                ("evidence", models.CharField(blank=True, max_length=20)),
                ("full_name", models.CharField(blank=True, db_comment="personal", max_length=200)),
                ("date_of_birth", models.DateField(db_comment="personal", null=True)),
                (
                    "tries",
                    models.PositiveSmallIntegerField(db_comment="wrong dates of birth", default=0),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "flow",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="start_codes",
                        to="accounts.pendingsignin",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TextCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("second_step", "Second Step"),
                            ("confirm_number", "Confirm Number"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.CharField(db_comment="personal; E.164", max_length=20)),
                (
                    "browser_hash",
                    models.CharField(
                        blank=True,
                        db_comment="that a second step's code was asked for in, and works in",
                        max_length=80,
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("dropped", "Dropped"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=100)),
                ("code_hash", models.CharField(blank=True, max_length=80)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="text_codes",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TextMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("account_closes", "Account Closes")], max_length=20),
                ),
                ("number", models.CharField(db_comment="personal; E.164", max_length=20)),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("dropped", "Dropped"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=100)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="text_messages",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ColleagueAccount",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="colleague",
                        serialize=False,
                        to="accounts.account",
                    ),
                ),
                ("flagged_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "staff",
                    models.ForeignKey(
                        db_comment="whose it is",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_accounts",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProtectionLead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("named_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "protection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leads",
                        to="accounts.protection",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DirectoryLink",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="directory_link",
                        serialize=False,
                        to="accounts.staffmember",
                    ),
                ),
                ("issuer", models.CharField(max_length=255)),
                ("subject", models.CharField(db_comment="personal", max_length=255)),
                (
                    "refresh_token",
                    models.TextField(blank=True, db_comment="encrypted; empty once nobody asks"),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "heard_at",
                    models.DateTimeField(
                        db_comment="when the directory last said that they work here"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_comment="somebody is asking it since then", null=True),
                ),
                (
                    "gone_at",
                    models.DateTimeField(
                        db_comment="it said that they do not, until a visit", null=True
                    ),
                ),
                ("ended_at", models.DateTimeField(db_comment="the account ended", null=True)),
                (
                    "is_barred",
                    models.BooleanField(
                        db_comment="ended by hand: the directory alone lets them in no more",
                        default=False,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="staffmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)),
                fields=("work_email_key",),
                name="staff_member_once_a_mailbox",
            ),
        ),
        migrations.AddField(
            model_name="directoryvisit",
            name="member",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, to="accounts.staffmember"
            ),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("is_test", False), ("status", "active")),
                fields=["use_checked_from"],
                name="account_use_checked_from",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_test", True), ("test_claims", {}), _connector="OR"),
                name="account_test_claims_only_on_test_accounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_test", True), ("test_group", None), _connector="OR"),
                name="account_test_group_only_of_test_accounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountclosing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at", None), ("reopened_at", None)),
                fields=("account",),
                name="account_closing_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purged_at", None),
                    models.Q(
                        ("cancelled_at", None), ("closed_at__isnull", False), ("reopened_at", None)
                    ),
                    _connector="OR",
                ),
                name="account_closing_purged_for_good",
            ),
        ),
        migrations.AddConstraint(
            model_name="authenticator",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "recovery_codes")),
                fields=("account", "kind"),
                name="authenticator_one_set_of_recovery_codes",
            ),
        ),
        migrations.AddConstraint(
            model_name="deathnote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)),
                fields=("account",),
                name="death_note_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="emailaddress",
            constraint=models.UniqueConstraint(
                fields=("account", "address_key"), name="email_address_once_an_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="emailaddress",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_primary", True)),
                fields=("account",),
                name="email_address_one_primary",
            ),
        ),
        migrations.AddConstraint(
            model_name="emailchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at", None), ("done_at", None)),
                fields=("account",),
                name="email_change_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "preparing"])),
                fields=("account",),
                name="export_one_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportchunk",
            constraint=models.UniqueConstraint(
                fields=("export", "attempt", "document", "number"), name="export_chunk_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("account",),
                name="freeze_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="nameword",
            constraint=models.UniqueConstraint(
                fields=("word", "account"), name="name_word_once_an_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="numberedcode",
            constraint=models.UniqueConstraint(
                fields=("authenticator", "number"), name="numbered_code_once_a_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at", None)),
                fields=("account", "browser_hash"),
                name="leaving_one_in_a_browser",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "paused"])),
                fields=("account",),
                name="recovery_request_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("link_hash", ""), _negated=True),
                fields=("link_hash",),
                name="outbound_message_one_a_link",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["account"],
                name="session_open_by_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffrole",
            constraint=models.UniqueConstraint(
                fields=("account", "role"), name="staff_role_once_an_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="startcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at", None), ("used_at", None)),
                    models.Q(("date_of_birth", None), ("full_name", "")),
                    _connector="OR",
                ),
                name="start_code_person_only_while_good",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionlead",
            constraint=models.UniqueConstraint(
                fields=("protection", "staff"), name="protection_lead_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="directorylink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("issuer", "subject"),
                name="directory_link_once_a_person",
            ),
        ),
        migrations.RunPython(_triggers.add, migrations.RunPython.noop),
    ]
