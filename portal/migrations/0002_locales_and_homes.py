"""The two locales, the home page of each, and the site that serves them: one home per locale, the same address ending."""

from django.db import migrations
from django.utils import timezone

HOMES = (("zh-hans", "海智计划", "zh"), ("en", "HOME Program", "en"))


def create_homes(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("portal", "HomePage")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")

    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()  # Wagtail's welcome page
    root = Page.objects.get(depth=1)
    content_type, _created = ContentType.objects.get_or_create(app_label="portal", model="homepage")
    homes = []
    for position, (code, title, slug) in enumerate(HOMES, start=1):
        locale, _created = Locale.objects.get_or_create(language_code=code)
        shared_key = {"translation_key": homes[0].translation_key} if homes else {}
        homes.append(
            HomePage.objects.create(
                path=f"{root.path}{position:04d}",
                depth=2,
                numchild=0,
                title=title,
                draft_title=title,
                slug=slug,
                url_path=f"/{slug}/",
                content_type=content_type,
                locale=locale,
                live=True,
                first_published_at=timezone.now(),
                **shared_key,
            )
        )
    root.numchild = len(homes)
    root.save(update_fields=["numchild"])
    Site.objects.create(
        hostname="localhost", port=80, root_page_id=homes[0].pk, is_default_site=True, site_name="海智计划 HOME Program"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_homes, migrations.RunPython.noop)]
