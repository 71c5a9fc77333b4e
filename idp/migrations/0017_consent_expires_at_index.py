from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("idp", "0016_security_event_sid")]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="expires_at",
            field=models.DateTimeField(db_index=True),
        ),
    ]
