from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("idp", "0020_trail_in_words_and_tester"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="requesttrail",
            index=models.Index(
                fields=["application", "is_authenticated", "at", "grant_type", "duration"],
                name="request_trail_figures",
            ),
        ),
    ]
