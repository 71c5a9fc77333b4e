# What was typed into forms that came too late, and second steps that their owner put off.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.security.tokens


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_ways_back")]

    operations = [
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
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="pendingsignin",
            name="proofs_until",
            field=models.DateTimeField(
                db_comment="until when the proofs count, if their owner asked for more time",
                null=True,
            ),
        ),
    ]
