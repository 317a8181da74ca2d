from django.db import migrations, models
from django.db.models.functions import Greatest

ORDINARY = 1  # of editorial.gravity


def set_urgency(apps, schema_editor):
    missing = models.Case(models.When(state="missing", then=ORDINARY), default=0)
    apps.get_model("editorial", "Pair").objects.update(urgency=Greatest("behind_zh", "behind_en", missing))


class Migration(migrations.Migration):
    dependencies = [("editorial", "0004_published_together")]

    operations = [
        migrations.AddField("pair", "urgency", models.PositiveSmallIntegerField(default=0, editable=False)),
        migrations.RunPython(set_urgency, migrations.RunPython.noop),
        migrations.AddIndex("pair", models.Index(fields=["-urgency", "-changed_at", "id"], name="pairs_gravest_first")),
    ]
