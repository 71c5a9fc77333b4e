# Codes of a second step are bound to the browser that they were asked for in.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_kept_forms")]

    operations = [
        migrations.AddField(
            model_name="textcode",
            name="browser_hash",
            field=models.CharField(
                blank=True,
                db_comment="that a second step's code was asked for in, and works in",
                max_length=80,
            ),
        ),
    ]
