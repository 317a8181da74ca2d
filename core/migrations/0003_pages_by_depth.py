from django.db import migrations

INDEX = "pages_by_depth"


class Migration(migrations.Migration):
    """An index for what stands at the top of the trees: without it the admin reads all pages to find a few."""

    dependencies = [("core", "0002_change"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {INDEX} ON wagtailcore_page (depth, path)", f"DROP INDEX {INDEX}"),
    ]
