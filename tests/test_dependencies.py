"""What an answer was made of is recorded while it is made, and told of when it changes."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.utils import timezone
from redis.exceptions import RedisError
from wagtail.models import Page

from bases.models import Base, BaseCategory
from core import changes, line
from core.bell import Bell
from core.dependencies import narrowed, read, recording
from core.memory import remembered
from core.models import Change
from core.roots import site_roots
from core.statements import parsed
from news.models import NewsPage, Topic
from portal.models import SiteSettings, StandardPage
from programs.models import Figure, FigureValue
from tests.factories import make_news

pytestmark = pytest.mark.usefixtures("portal")


def told(change) -> set[str]:
    """Return the tags that are announced while `change` runs."""
    before = changes.now()
    change()
    return {tag for row in changes.since(before)[0] for tag in row.tags}


def article() -> NewsPage:
    return NewsPage.objects.get(slug="yanshan-university-accredited", locale__language_code="zh-hans")


def about() -> StandardPage:
    return StandardPage.objects.get(slug="about", locale__language_code="en")


def test_objects_and_searches_are_recorded_by_themselves():
    pk = article().pk
    with recording() as by_key:
        NewsPage.objects.get(pk=pk)
    assert f"wagtailcore_page:{pk}" in by_key.tags
    assert {"~news_newspage", "~wagtailcore_page"} <= by_key.tags
    assert not {"news_newspage", "wagtailcore_page"} & by_key.tags, "a row fetched by its key is no search"
    with recording() as by_search:
        list(Topic.objects.live())
    assert "news_topic" in by_search.tags


def test_a_key_that_leads_to_nothing_is_recorded():
    with recording() as found:
        assert not Page.objects.filter(pk=987654).exists()
    assert "wagtailcore_page:987654" in found.tags


def test_what_belongs_to_a_record_counts_as_the_record():
    figure = Figure.objects.first()
    with recording() as found:
        list(FigureValue.objects.filter(figure=figure))
    assert f"programs_figure:{figure.pk}" in found.tags
    assert "programs_figurevalue" not in found.tags
    value = figure.values.first()
    value.value += 1
    assert f"programs_figure:{figure.pk}" in told(value.save)


def test_narrowed_searches_leave_their_own_tags():
    with recording() as found, narrowed("my list", aspect="link"):
        first = NewsPage.objects.for_links().first()
    assert {"my list", "~wagtailcore_page", f"wagtailcore_page:{first.pk}/link"} <= found.tags
    assert not {"wagtailcore_page", "news_newspage", f"wagtailcore_page:{first.pk}"} & found.tags


def test_a_recording_within_another_counts_for_both():
    with recording() as outer, recording() as inner:
        read("a tag")
    assert "a tag" in outer.tags & inner.tags


@pytest.mark.parametrize(
    ("sql", "searched"),
    [
        ('SELECT "a"."id" FROM "a" WHERE "a"."id" = %s LIMIT 21', set()),
        ('SELECT "a"."id" FROM "a" WHERE "a"."id" IN (%s, %s) ORDER BY "a"."name" ASC', set()),
        ('SELECT "a"."id" FROM "a" WHERE ("a"."id" = %s OR "a"."live")', {"a"}),
        ('SELECT "a"."id", "b"."id" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id") WHERE "a"."id" = %s', set()),
        ('SELECT "a"."id" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id") WHERE "a"."id" = %s', {"b"}),
        ('SELECT "a"."id", "b"."id" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id") WHERE "b"."live"', {"a", "b"}),
        ('SELECT "a"."id" FROM "a" WHERE "a"."id" IN (SELECT U0."a_id" FROM "b" U0 WHERE U0."x" = %s)', {"a", "b"}),
        ('SELECT "a"."id", "b"."id" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id") ORDER BY "b"."name" ASC', {"a", "b"}),
        ('SELECT COUNT(*) AS "__count" FROM "a"', {"a"}),
        ('SELECT %s AS "x", "a"."id" FROM "a" WHERE "a"."id" = %s', set()),
    ],
)
def test_a_statement_searches_what_it_does_not_name_by_key(sql, searched):
    assert parsed(sql).searched == searched


def test_a_change_tells_of_the_object_its_table_and_its_aspects():
    page = article()
    page.place = "秦皇岛市"
    tags = told(page.save)
    assert {f"wagtailcore_page:{page.pk}", "news_newspage"} <= tags
    assert f"wagtailcore_page:{page.pk}/link" not in tags
    assert "wagtailcore_page" not in tags
    page.title = "新的标题"
    assert {f"wagtailcore_page:{page.pk}/link", f"wagtailcore_page:{page.pk}/card", "wagtailcore_page"} <= told(page.save)


def test_a_save_without_a_change_and_a_draft_tell_nothing():
    page = article()
    assert told(page.save) == set()
    page.title = "草稿"
    assert told(lambda: page.save_revision()) == set()
    drafts = []
    assert told(lambda: drafts.append(make_news(1, live=False)[0])) == set()
    draft = drafts[0]
    assert told(lambda: draft.save_revision()) == set()
    base = Base.objects.first()
    base.name_en = "Another name"
    assert told(lambda: base.save_revision()) == set()


def test_publishing_tells_and_so_does_taking_down():
    page = about()
    page.title = "About us"
    assert f"wagtailcore_page:{page.pk}/link" in told(lambda: page.save_revision().publish())
    assert f"wagtailcore_page:{page.pk}" in told(lambda: Page.objects.get(pk=page.pk).specific.unpublish())


def test_deleting_a_page_tells_of_it_alone():
    page = article()
    tags = told(page.delete)
    assert f"wagtailcore_page:{page.pk}" in tags
    assert "~wagtailcore_page" not in tags
    assert "~news_newspage" not in tags


def test_moving_and_a_new_slug_tell_of_the_old_and_the_new_address_of_all_below():
    index = article().get_parent().specific
    child = article()
    index.slug = "reports"
    tags = told(index.save)
    assert {f"address:{child.url_path}", f"wagtailcore_page:{child.pk}/link", "structure"} <= tags
    assert f"address:{child.url_path.replace('/news/', '/reports/')}" in tags
    assert "~wagtailcore_page" not in tags
    first, last = index.get_children().first(), index.get_children().last()
    tags = told(lambda: first.move(last, pos="right"))
    assert f"children:{index.path}" in tags
    assert "~wagtailcore_page" not in tags


def test_what_is_written_past_the_models_touches_all_readers_of_the_table():
    with recording() as found, narrowed("my list"):
        list(Base.objects.live())
    tags = told(lambda: Base.objects.filter(live=True).update(year=2020))
    assert "~bases_base" in tags
    assert tags & found.tags
    assert told(lambda: Base.objects.filter(pk=0).update(year=2020)) == set(), "no row was written"
    assert told(lambda: Page.objects.update(locked=True)) == set(), "nobody sees this field"
    kind = BaseCategory(slug="x", name_zh_hans="类", name_en="Kind", applications="open", applications_year=2020)
    assert "~bases_basecategory" in told(lambda: BaseCategory.objects.bulk_create([kind]))


def test_topics_and_settings_tell():
    page = article()
    page.topics.set([Topic.objects.last()])
    assert {"news_newspage_topics", f"wagtailcore_page:{page.pk}"} <= told(page.save)
    settings = SiteSettings.objects.get()
    settings.tagline_en = "Another tagline"
    assert f"portal_sitesettings:{settings.pk}" in told(settings.save)


def test_a_value_is_remembered_until_what_it_was_made_of_changes():
    made = []

    def make():
        made.append(1)
        return [topic.name_en for topic in Topic.objects.live()]

    assert remembered("topics", make) == remembered("topics", make)
    assert len(made) == 1
    with recording() as found:
        remembered("topics", make)
    assert "news_topic" in found.tags, "what a remembered value was made of counts as read"
    article().save()
    remembered("topics", make)
    assert len(made) == 1
    topic = Topic.objects.first()
    topic.name_en = "Renamed"
    topic.save()
    assert "Renamed" in remembered("topics", make)


def test_the_frame_that_pages_share_follows_the_settings_and_the_menu(client):
    addresses = ("/en/news/", "/en/news/yanshan-university-accredited/")
    for address in addresses:
        client.get(address)
    settings, page = SiteSettings.objects.get(), about()
    settings.organiser_en, page.title = "Another <organiser>", "About it anew"
    settings.save()
    page.save()
    for address, current in zip(addresses, ("page", "true"), strict=True):
        text = client.get(address).content.decode()
        assert "Another &lt;organiser&gt;" in text
        assert "About it anew" in text
        assert f'href="/en/news/" aria-current="{current}"' in text
    assert '<button class="reading-tools__button"' in client.get("/en/nothing-here/").content.decode(), "without a menu, too"


def test_a_change_that_is_rolled_back_leaves_what_is_remembered():
    topic, name = Topic.objects.first(), Topic.objects.first().name_en
    names = lambda: [entry.name_en for entry in Topic.objects.live()]  # noqa: E731
    remembered("names", names)
    try:
        with transaction.atomic():
            topic.name_en = "Never committed"
            topic.save()
            assert "Never committed" in remembered("names", names), "a transaction sees its own changes"
            raise RuntimeError
    except RuntimeError:
        pass
    assert name in remembered("names", names)


def test_a_value_made_while_the_change_came_is_not_remembered():
    def make_and_be_overtaken():
        names = [topic.name_en for topic in Topic.objects.live()]
        Change.objects.create(tags=["news_topic"])
        changes.learn()
        return names

    changes.learn()
    made = [remembered("raced", make_and_be_overtaken) for _time in range(2)]
    assert made[0] is not made[1]


def by_another_process(monkeypatch, change) -> None:
    """Make a change that this process has not heard of yet."""
    changes.learn()
    with monkeypatch.context() as patch:
        patch.setattr(changes, "_tell", lambda tags: None)
        change()
    connection.run_on_commit.clear()


def test_a_value_made_of_what_was_read_before_a_change_is_not_remembered():
    changes.learn()
    names, before = lambda: [topic.name_en for topic in Topic.objects.live()], changes.latest()
    Change.objects.create(tags=["news_topic"])
    changes.learn()
    assert remembered("since", names, before) is not remembered("since", names, before)
    assert remembered("since", names, changes.latest()) is remembered("since", names, before)


def test_the_roots_follow_what_another_process_does_to_a_home_and_nothing_else(monkeypatch):
    roots, home = site_roots(), about().get_parent().specific
    home.statement = "Another statement"
    by_another_process(monkeypatch, home.save)
    changes.learn()
    assert site_roots() is roots
    home.slug = "elsewhere"
    by_another_process(monkeypatch, home.save)
    changes.learn()
    assert about().url_path == "/elsewhere/about/"
    assert site_roots().path_of(about()) == "/en/about/"


def test_the_way_to_a_page_follows_what_another_process_does_to_its_address(monkeypatch, client):
    page = about()
    assert client.get("/en/about/").status_code == 200
    page.slug = "about-us"
    by_another_process(monkeypatch, page.save)
    changes.learn()
    assert [client.get(f"/en/{slug}/").status_code for slug in ("about", "about-us")] == [404, 200]


def test_of_the_pages_above_the_one_that_is_asked_for_only_the_way_counts_as_read(client):
    page = article()
    index = page.get_parent()
    with recording() as found:
        client.get(page.get_url())
    assert {f"wagtailcore_page:{page.pk}", f"wagtailcore_page:{index.pk}/link"} <= found.tags
    assert f"wagtailcore_page:{index.pk}" not in found.tags
    with recording() as found:
        client.get(index.specific.get_url() + "2023/")
    assert f"wagtailcore_page:{index.pk}" in found.tags


def test_numbers_that_are_committed_late_are_not_missed():
    first = Change.objects.create(tags=["a"])
    position = changes.now()
    Change.objects.create(pk=first.pk + 2, tags=["c"])
    rows, position = changes.since(position)
    assert [row.tags for row in rows] == [["c"]]
    Change.objects.create(pk=first.pk + 1, tags=["b"])
    rows, position = changes.since(position)
    assert [row.tags for row in rows] == [["b"]]
    assert changes.since(position)[0] == []
    Change.objects.all().delete()
    with pytest.raises(changes.PositionLostError):
        changes.since(position)


def test_the_suite_s_own_database_is_watched():
    assert any(wrapper.__name__ == "watched_execute" for wrapper in connection.execute_wrappers)


class Channel:
    """A channel of Redis that says what it is given to say, and then breaks."""

    def __init__(self, *messages):
        self.messages, self.pings = list(messages), 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def subscribe(self, name):
        pass

    def ping(self):
        self.pings += 1

    def get_message(self, timeout):
        if not self.messages:
            raise RedisError("cut")
        return self.messages.pop(0)


def test_a_call_from_another_machine_rings_the_bell_and_silence_is_asked_about(monkeypatch, tmp_path):
    channel = Channel({"type": "subscribe"}, None, {"type": "pong"}, {"type": "message"})
    monkeypatch.setattr(line, "get_redis_connection", lambda alias: SimpleNamespace(pubsub=lambda: channel))
    heard = line.Line(Bell(tmp_path / "bell"))
    rung = []
    monkeypatch.setattr(heard.bell, "ring", lambda: rung.append(heard.is_cut))
    assert heard.is_cut
    with pytest.raises(RedisError):
        heard._hear_until_cut()
    assert (rung, channel.pings, heard.is_cut) == ([True, False], 1, False)


def test_while_the_line_is_cut_every_request_asks_the_database(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(changes, "line", SimpleNamespace(listen=lambda: None, is_cut=True))
    changes.look()
    with django_assert_num_queries(1):
        changes.look()
    changes.line.is_cut = False
    changes.look()
    with django_assert_num_queries(0):
        changes.look()


def test_processes_of_a_machine_hear_the_same_bell(tmp_path):
    one, other = Bell(tmp_path / "var" / "bell"), Bell(tmp_path / "var" / "bell")
    before = one.tone
    other.ring()
    assert one.tone == other.tone != before
    (tmp_path / "file").touch()
    assert Bell(tmp_path / "file" / "bell").tone is None


def test_a_long_transaction_that_others_overtake_is_read_to_its_first_change():
    start = changes.now()
    Change.objects.create(pk=start.last + 701, tags=["quick"])
    rows, position = changes.since(start)
    assert [row.tags for row in rows] == [["quick"]]
    begun_meanwhile = changes.now()
    Change.objects.bulk_create(Change(pk=start.last + number, tags=["slow"]) for number in range(1, 701))
    for follower in (position, begun_meanwhile):
        rows, behind = changes.since(follower)
        assert [row.pk - start.last for row in rows] == list(range(1, 701))
        assert changes.since(behind)[0] == []


def test_who_finds_the_numbers_gone_too_far_begins_anew():
    start = changes.now()
    Change.objects.create(pk=start.last + changes.MOST_NUMBERS + 1, tags=["far"])
    with pytest.raises(changes.PositionLostError):
        changes.since(start)


def test_old_changes_are_forgotten_and_the_last_one_kept():
    Change.objects.create(tags=["old"]), Change.objects.create(tags=["last"])
    Change.objects.update(moment=timezone.now() - timedelta(days=changes.KEPT_DAYS + 1))
    assert changes.forget_old()
    assert [change.tags for change in Change.objects.all()] == [["last"]]
