from django.db import migrations

INDEX = "pages_by_children"


class Migration(migrations.Migration):
    """An index for the few pages that have others below them: their numbers of children tell how many there are in all."""

    dependencies = [("core", "0003_pages_by_depth")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {INDEX} ON wagtailcore_page (numchild, path)", f"DROP INDEX {INDEX}"),
    ]
