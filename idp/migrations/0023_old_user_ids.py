import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0021_organisations_history_by_event"),
        ("idp", "0022_request_counts"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
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
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(account__isnull=False),
                        fields=["account", "application"],
                        name="old_user_id_claimed",
                    ),
                    models.Index(
                        condition=models.Q(account=None),
                        fields=["registered_at"],
                        name="old_user_id_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "id_hash"), name="old_user_id_once"
                    ),
                    models.CheckConstraint(
                        condition=(
                            models.Q(account=None, claimed_at=None, sealed="")
                            | models.Q(
                                account__isnull=False, claimed_at__isnull=False, sealed__gt=""
                            )
                        ),
                        name="old_user_id_claimed_as_a_whole",
                    ),
                ],
            },
        ),
    ]
