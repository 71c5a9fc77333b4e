"""Notes the words of the names that accounts have already."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.names.words import words_of

_BATCH = 2000


def note_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write them in batches: a borough may have a million accounts."""
    account = apps.get_model("accounts", "Account")
    name_word = apps.get_model("accounts", "NameWord")
    alias = schema_editor.connection.alias
    named = account.objects.using(alias).filter(staff_since=None, is_test=False)
    rows = named.exclude(full_name="").order_by("pk").values_list("pk", "full_name")
    last = None
    while batch := list((rows if last is None else rows.filter(pk__gt=last))[:_BATCH]):
        name_word.objects.using(alias).bulk_create(
            name_word(account_id=pk, word=word)
            for pk, name in batch
            for word in sorted(words_of(name))
        )
        last = batch[-1][0]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0033_protection_and_name_words")]

    operations = [migrations.RunPython(note_words, migrations.RunPython.noop)]
