"""Edits as editors make them, drawn by lot: each function does one through Wagtail's own ways and says what it did."""

import json
from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from bases.models import Base, BaseCategory, Evaluation, Province
from core.languages import LANGUAGES
from core.models import PortalImage
from editorial.linking import counterpart_of, unlink
from news.models import ConcernedBase, Correction, NewsIndexPage, NewsPage, Topic
from portal.models import HomePage, SiteSettings, StandardPage
from programs.models import Figure, Milestone, ProgramPage
from tests.factories import make_base, make_figure_value, make_milestone, make_news
from tests.upload_files import picture, upload

EDITS: list[Callable[[Random, int], object]] = []


def edit(function):
    EDITS.append(function)
    return function


def any_of(lot: Random, objects):
    """Return one of the objects; the order does not depend on the database."""
    return lot.choice(list(objects.order_by("pk")))


def publish(page) -> None:
    page.save_revision().publish()


def any_page(lot: Random):
    return any_of(lot, Page.objects.live().filter(depth__gt=2)).specific


@edit
def retitle_a_page(lot, number):
    page = any_page(lot)
    page.title += f" {number}"
    publish(page)


@edit
def change_what_only_the_page_shows(lot, number):
    page = any_of(lot, NewsPage.objects.live())
    block = {"type": "paragraph", "value": f'<p>{number} <a linktype="page" id="{any_page(lot).pk}">link</a></p>'}
    page.body = json.dumps([*page.body.raw_data, block])
    publish(page)


@edit
def save_a_draft(lot, number):
    page = any_page(lot)
    page.title = f"Draft {number}"
    page.save_revision()


@edit
def publish_a_pair(lot, number):
    topics, bases = [any_of(lot, Topic.objects.all())], [any_of(lot, Base.objects.all())]
    make_news(1000 + number, topics, bases, date=f"{lot.randint(2015, 2026)}-{lot.randint(1, 12):02d}")


@edit
def publish_in_one_language(lot, number):
    make_news(1000 + number, [any_of(lot, Topic.objects.all())], languages=[lot.choice(LANGUAGES)], date="2023-03-01")


@edit
def move_an_item_in_time(lot, number):
    page = any_of(lot, NewsPage.objects.live())
    page.date = f"{lot.randint(2015, 2026)}-{lot.randint(1, 12):02d}-{lot.randint(1, 28):02d}"
    publish(page)


@edit
def change_topics_and_bases(lot, number):
    page = any_of(lot, NewsPage.objects.live())
    page.topics = lot.sample(list(Topic.objects.order_by("pk")), 2)
    page.concerned_bases = [ConcernedBase(base=any_of(lot, Base.objects.all()))]
    page.corrections = [Correction(date="2026-01-01", text=f"Correction {number}")]
    publish(page)


@edit
def take_a_page_down(lot, number):
    any_of(lot, Page.objects.live().filter(depth=4)).specific.unpublish()


@edit
def take_a_page_down_by_its_plain_row(lot, number):
    any_of(lot, Page.objects.live().filter(depth=4)).unpublish()


@edit
def put_a_page_up_again(lot, number):
    drafts = Page.objects.filter(live=False, depth=4)
    if drafts.exists():
        publish(any_of(lot, drafts).specific)


@edit
def delete_an_item(lot, number):
    any_of(lot, NewsPage.objects.all()).delete()


@edit
def change_an_address(lot, number):
    page = any_of(lot, Page.objects.filter(depth__in=(3, 4)).exclude(slug__in=("search", "enquiry"))).specific
    page.slug = f"{page.slug[:40]}-{number}"
    publish(page)


@edit
def reorder_pages(lot, number):
    pages = list(ProgramPage.objects.filter(locale__language_code=lot.choice(["en", "zh-hans"])).order_by("path"))
    Page.objects.get(pk=pages[0].pk).move(Page.objects.get(pk=pages[-1].pk), pos="right")


@edit
def publish_what_is_due(lot, number):
    page = any_of(lot, Page.objects.live().filter(depth=4)).specific
    page.summary, page.go_live_at = f"Summary {number}", timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)


@edit
def restrict_or_open_a_page(lot, number):
    if PageViewRestriction.objects.exists():
        PageViewRestriction.objects.first().delete()
    else:
        page = any_of(lot, Page.objects.live().filter(depth=4))
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@edit
def unlink_a_pair(lot, number):
    page = any_of(lot, NewsPage.objects.live())
    if counterpart_of(page):
        unlink(page, None)


@edit
def change_a_base(lot, number):
    base = any_of(lot, Base.objects.all())
    name, value = lot.choice(
        [
            ("short_name_zh_hans", f"基地{number}"),
            ("name_en", f"Base {number}"),
            ("description_en", f"Description {number}"),
            ("province", any_of(lot, Province.objects.all())),
            ("category", any_of(lot, BaseCategory.objects.all())),
            ("slug", f"base-{number}"),
            ("year", 1990 + number % 30),
        ]
    )
    setattr(base, name, value)
    publish(base)


@edit
def add_a_base(lot, number):
    make_base(5000 + number, province=any_of(lot, Province.objects.all()))


@edit
def take_a_base_down(lot, number):
    any_of(lot, Base.objects.filter(live=True)).unpublish()


@edit
def delete_a_base(lot, number):
    any_of(lot, Base.objects.all()).delete()


@edit
def relate_and_evaluate_bases(lot, number):
    base, other = lot.sample(list(Base.objects.live().order_by("pk")), 2)
    base.related_bases = [other]
    source = {"source_zh_hans": "来源", "source_en": "A source"}
    base.evaluations = [Evaluation(year=2000 + number % 20, result_zh_hans=f"{number}", result_en=f"{number}", **source)]
    publish(base)


@edit
def rename_what_bases_and_news_are_sorted_by(lot, number):
    record = any_of(lot, lot.choice([Topic, BaseCategory, Province]).objects.all())
    if isinstance(record, Topic):
        record.name_en = record.name_zh_hans = f"Topic {number}"
    else:
        record.short_name_en = record.short_name_zh_hans = f"Name {number}"
    record.save()


@edit
def take_a_topic_down_or_up(lot, number):
    topic = any_of(lot, Topic.objects.all())
    topic.unpublish() if topic.live else publish(topic)


@edit
def change_milestones_and_figures(lot, number):
    milestone = any_of(lot, Milestone.objects.all())
    milestone.text_en = f"Milestone {number}"
    publish(milestone)
    make_milestone(number, featured=lot.choice([True, False]))
    make_figure_value(any_of(lot, Figure.objects.all()), number)


@edit
def change_the_settings(lot, number):
    settings = SiteSettings.objects.get()
    settings.tagline_en = f"Tagline {number}"
    settings.save()


@edit
def give_a_picture_and_change_it(lot, number):
    image = PortalImage(
        title=f"Picture {number}",
        file=upload(f"{number}.png", picture(size=(1300, 700)), "image/png"),
        alt_text_zh_hans="图",
        alt_text_en=f"Picture {number}",
    )
    image.save()
    page = any_of(lot, NewsPage.objects.live())
    page.lead_image = image
    publish(page)
    old = PortalImage.objects.order_by("pk").first()
    old.alt_text_en = old.alt_text_zh_hans = f"Other words {number}"
    old.save()
    old.renditions.all().delete()


@edit
def write_past_the_models(lot, number):
    Base.objects.filter(pk=any_of(lot, Base.objects.all()).pk).update(year=1990 + number % 30)
    StandardPage.objects.filter(slug="about").update(summary=f"Summary {number}")


@edit
def change_the_front_page(lot, number):
    home = any_of(lot, HomePage.objects.all())
    home.statement = f"Statement {number}"
    publish(home)


@edit
def take_the_list_s_title_elsewhere(lot, number):
    index = any_of(lot, NewsIndexPage.objects.all())
    index.title = f"News {number}"
    publish(index)
