from django.db import migrations

from mandates.append_only import triggers_install, triggers_remove


def install(apps, schema_editor):
    triggers_install(schema_editor.connection, "mandates_outcomechange")


def remove(apps, schema_editor):
    triggers_remove(schema_editor.connection, "mandates_outcomechange")


class Migration(migrations.Migration):
    dependencies = [("mandates", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
