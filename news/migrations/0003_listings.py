from collections import Counter, defaultdict

import django.db.models.deletion
from django.db import migrations, models

BATCH = 1000


def list_published(apps, schema_editor):
    """List what is public already, and count it."""
    news_page, listing = apps.get_model("news", "NewsPage"), apps.get_model("news", "Listing")
    private = tuple(apps.get_model("wagtailcore", "PageViewRestriction").objects.values_list("page__path", flat=True))
    topics = defaultdict(list)
    for page, topic in news_page.topics.through.objects.values_list("newspage", "topic"):
        topics[page].append(topic)
    rows, counts = [], Counter()
    for page, locale, date, path in news_page.objects.filter(live=True).values_list("pk", "locale", "date", "path"):
        if not path.startswith(private):
            for topic in (None, *topics[page]):
                rows.append(listing(page_id=page, locale_id=locale, topic_id=topic, date=date or ""))
                counts[locale, topic, (date or "")[:7]] += 1
    listing.objects.bulk_create(rows, batch_size=BATCH)
    listing_count = apps.get_model("news", "ListingCount")
    listing_count.objects.bulk_create(
        listing_count(locale_id=locale, topic_id=topic, period=period, number=number)
        for (locale, topic, period), number in counts.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_shown_dates"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.CharField(max_length=10)),
                (
                    "locale",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.locale"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="listings", to="news.newspage"),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="news.topic",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("topic__isnull", True)),
                        fields=["locale", "date", "page"],
                        name="news_of_all_topics",
                    ),
                    models.Index(fields=["topic", "locale", "date", "page"], name="news_of_a_topic"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListingCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(max_length=7)),
                ("number", models.IntegerField()),
                (
                    "locale",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.locale"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="news.topic",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("topic__isnull", True)), fields=("locale", "period"), name="one_count_of_all_topics"
                    ),
                    models.UniqueConstraint(fields=("topic", "locale", "period"), name="one_count_of_a_topic"),
                ],
            },
        ),
        migrations.RunPython(list_published, migrations.RunPython.noop),
    ]
