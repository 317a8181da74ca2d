from django.db import migrations, models


def fill(apps, schema_editor):
    """Take the date that a published item bears as the one that it has borne since its first publication."""
    items = apps.get_model("news", "NewsPage").objects.filter(first_published_at__isnull=False, date__gt="")
    for item in items.only("date", "first_published_at").iterator(chunk_size=500):
        item.shown_dates = [[item.date, item.first_published_at.isoformat()]]
        item.save(update_fields=["shown_dates"])


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="newspage",
            name="shown_dates",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
