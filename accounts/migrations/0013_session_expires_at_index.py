from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_mail_of_what_was_told")]

    operations = [
        migrations.AlterField(
            model_name="session",
            name="expires_at",
            field=models.DateTimeField(db_index=True),
        ),
    ]
