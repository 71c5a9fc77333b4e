import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.security.tokens


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0017_use_checked_and_former_readers"),
        ("idp", "0019_event_stream_held"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
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
            ],
        ),
        migrations.AddField(
            model_name="requesttrail",
            name="grant_type",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="requesttrail",
            name="is_refused",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(outcome__in=("ok", "begun"), then=models.Value(value=False)),
                    default=models.Value(value=True),
                ),
                output_field=models.BooleanField(),
            ),
        ),
        migrations.AddField(
            model_name="requesttrail",
            name="protected_by",
            field=models.CharField(
                blank=True, db_comment="of a code's exchange: pkce, nonce, by spaces", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="requesttrail",
            name="sent",
            field=models.CharField(
                blank=True,
                db_comment="of a closed list of parameters, without secrets",
                max_length=500,
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["application", "-created_at", "-id"], name="delivery_newest"
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
            model_name="securityevent",
            index=models.Index(
                fields=["stream", "-created_at", "-id"], name="security_event_newest"
            ),
        ),
        migrations.AddField(
            model_name="testerrun",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tester_runs",
                to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
            ),
        ),
    ]
