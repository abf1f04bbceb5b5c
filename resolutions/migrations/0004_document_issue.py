import django.db.models.deletion
from django.db import migrations, models


def originals(apps, schema_editor):
    """Every document that was read from a file has that file as its original."""
    Document = apps.get_model("resolutions", "Document")
    DocumentIssue = apps.get_model("resolutions", "DocumentIssue")
    rows = Document.objects.filter(source__isnull=False).values_list("pk", "symbol", "source_id")
    DocumentIssue.objects.bulk_create(
        DocumentIssue(document_id=pk, symbol=symbol, source_id=source) for pk, symbol, source in rows
    )


class Migration(migrations.Migration):

    dependencies = [
        ('resolutions', '0003_import_batch'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('symbol', models.CharField(max_length=80, verbose_name='symbol')),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('corrigendum', models.PositiveSmallIntegerField(default=0)),
                ('reissue', models.PositiveSmallIntegerField(default=0)),
                ('issued', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('state', models.CharField(choices=[('standing', 'Its text stands'), ('applied', 'Applied to the text'), ('superseded', 'Superseded'), ('waiting', 'Waits for the text that it corrects')], default='standing', max_length=20)),
                ('changes', models.PositiveIntegerField(default=0, help_text='How many changes of a corrigendum were made')),
                ('unplaced', models.JSONField(blank=True, default=list, help_text='What a corrigendum says that could not be done, each with the reason')),
                ('imported_at', models.DateTimeField(auto_now=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='resolutions.document')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='resolutions.sourcefile')),
            ],
            options={
                'verbose_name': 'issue',
                'verbose_name_plural': 'issues',
                'ordering': ['document', 'revision', 'corrigendum', 'reissue'],
                'constraints': [models.UniqueConstraint(fields=('document', 'revision', 'corrigendum', 'reissue'), name='issue_once')],
            },
        ),
        migrations.RunPython(originals, migrations.RunPython.noop),
    ]
