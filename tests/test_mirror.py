"""The static mirror holds what the portal answers, all of it, and follows each change."""

import random
import shutil
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from bases.models import Base
from core.languages import CHINESE
from core.models import Change
from delivery import sitemap
from delivery.mirror import addresses, following, updating
from delivery.mirror.answers import Application
from delivery.mirror.building import build
from delivery.mirror.index import Index
from delivery.mirror.keys import public_text, signing_key
from delivery.mirror.kinds import file_of
from delivery.mirror.manifest import FOLDER
from delivery.mirror.trees import Mirror
from delivery.mirror.updating import update
from delivery.mirror.verifying import verify_tree
from delivery.mirror.watching import MirrorWatch
from news.models import NewsPage, Topic
from portal.models import SiteSettings
from tests.factories import make_news
from tests.small_portal import cut_down, mirror, mirror_folder, small_portal

__all__ = ["cut_down", "mirror", "mirror_folder", "small_portal"]
pytestmark = pytest.mark.usefixtures("small_portal")

ARTICLE, UNTRANSLATED = "zh/news/yanshan-university-accredited", "zh/news/jiujiang-working-base-unveiled"


@pytest.fixture
def application() -> Application:
    return Application()


def article(language="zh-hans") -> NewsPage:
    return NewsPage.objects.get(slug="yanshan-university-accredited", locale__language_code=language)


def publish(page, **values) -> None:
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def files(mirror: Mirror) -> dict[str, bytes]:
    """Return the files of the mirror, save the lists of its manifest: their times differ."""
    tree = mirror.current.resolve()
    found = (path for path in tree.rglob("*") if path.is_file())
    return {name: path.read_bytes() for path in found if not (name := path.relative_to(tree).as_posix()).startswith(FOLDER)}


def index_of(mirror: Mirror) -> Index:
    return Index(mirror.pair(mirror.generation).index_file)


def entries(mirror: Mirror) -> dict[str, str]:
    """Return the file of each address that the mirror knows, "" for those that the server answers."""
    rows = index_of(mirror)._database.execute("SELECT address, file FROM entry WHERE root != ''")
    return dict(rows)


def fresh(tmp_path: Path) -> dict[str, bytes]:
    """Return the files of a mirror that is written whole."""
    other = Mirror(tmp_path / "fresh")
    shutil.rmtree(other.folder, ignore_errors=True)
    build(other)
    return files(other)


def assert_true(mirror: Mirror, tmp_path: Path) -> None:
    kept, wanted = files(mirror), fresh(tmp_path)
    assert sorted(kept) == sorted(wanted)
    assert [name for name in kept if kept[name] != wanted[name]] == []


def test_the_mirror_holds_every_public_address_and_all_that_its_pages_link_to(mirror, application):
    known = entries(mirror)
    request = addresses.page_request()
    public = {root for page in addresses.all_pages() for root in addresses.roots_of(page, request)}
    left_out = {"/zh/enquiry/", "/en/enquiry/"}  # each form has a stamp of its own
    assert {address for address in public if not known[address]} == left_out
    for address in (
        *(
            "/robots.txt",
            "/sitemap.xml",
            "/sitemap-1.xml",
            "/manifest-zh.webmanifest",
            "/zh/bases/?kind=offshore",
            "/en/bases/?sort=year",
        ),
        *(
            "/zh/news/feed/",
            "/en/news/feed/atom/",
            "/zh/bases/data/csv/",
            "/en/bases/data/geojson/",
            f"/{ARTICLE}/side-by-side/",
        ),
        f"/en/{UNTRANSLATED.removeprefix('zh/')}/",
    ):
        assert known[address], address
    tree, unanswered = mirror.current, set()
    for address, file in known.items():
        if file:
            assert (tree / file).read_bytes() == application.answer(address).body
            for link in addresses.links_in(address, (tree / file).read_bytes()):
                held = known.get(link) or (tree / link[1:]).is_file() or (tree / link[1:] / "index.html").is_file()
                unanswered |= set() if held else {link}
    statuses = {link: application.answer(link).status for link in sorted(unanswered) if not link.startswith("/static/")}
    assert {link: status for link, status in statuses.items() if status not in (200, 302)} == {}
    assert not any(link.startswith("/static/") for link in unanswered)


def test_every_file_is_there_compressed_and_signed(mirror):
    held = files(mirror)
    page = f"{ARTICLE}/index.html"
    assert {page, page + ".gz", page + ".br"} <= held.keys()
    assert len(held[page + ".br"]) < len(held[page + ".gz"]) < len(held[page])
    found = verify_tree(mirror.current, public_text(signing_key()))
    assert (found.files, found.faults) == (len(held), [])


def test_the_mirror_after_many_publications_is_the_same_as_one_written_anew(mirror, application, tmp_path):
    lots = random.Random(7)
    topic = Topic.objects.live().first()
    steps = [
        lambda: publish(article(), title="新的标题", summary="新的摘要"),
        lambda: publish(article("en"), title="Another title"),
        lambda: make_news(901, topics=[topic], date="2023-04-05"),
        lambda: make_news(902, languages=[CHINESE], date="2031-02"),
        lambda: article("en").unpublish(),
        lambda: article().move(article().get_parent(), pos="first-child"),
        lambda: publish(article(), slug="moved"),
        lambda: NewsPage.objects.get(slug="home-forum-2023", locale__language_code="en").delete(),
        lambda: _change_settings(),
        lambda: _rename_base(),
        lambda: PageViewRestriction.objects.create(page=article(), restriction_type=PageViewRestriction.LOGIN),
        lambda: Base.objects.get(slug="ningbo-offshore").unpublish(),
    ]
    lots.shuffle(steps)
    for number, step in enumerate(steps):
        try:
            step()
        except NewsPage.DoesNotExist:
            continue
        if number % 3 != 2:  # some changes are taken in together
            update(mirror, application)
    update(mirror, application)
    assert_true(mirror, tmp_path)
    assert verify_tree(mirror.current, public_text(signing_key())).faults == []


def _change_settings() -> None:
    settings = SiteSettings.objects.first()
    settings.site_name_en = "HOME"
    settings.save()


def _rename_base() -> None:
    base = Base.objects.get(slug="yanshan-university")
    base.name_en = "Renamed"
    base.save()


def test_a_publication_costs_what_it_touches(mirror, application, monkeypatch):
    asked = []
    answer = Application.answer
    monkeypatch.setattr(Application, "answer", lambda self, address: asked.append(address) or answer(self, address))
    publish(article(), body=article().body, author="另一位")
    before = files(mirror)
    update(mirror, application)
    changed = {name for name, content in files(mirror).items() if before.get(name) != content}
    assert f"{ARTICLE}/index.html" in changed
    assert len(asked) < len(entries(mirror)) / 4
    asked.clear()
    assert update(mirror, application).files == 0
    assert asked == []


def test_a_draft_touches_nothing(mirror, application):
    page = article()
    page.title = "Noch nicht"
    page.save_revision()
    assert update(mirror, application).files == 0


def _killed(*arguments):
    raise KeyboardInterrupt


@pytest.mark.parametrize(("owner", "step"), [(Index, "settle"), (Mirror, "serve")])
def test_what_is_interrupted_leaves_the_former_mirror_and_the_next_update_mends_it(
    mirror, application, monkeypatch, owner, step
):
    key, title = public_text(signing_key()), article().title

    def interrupt(write) -> None:
        former = files(mirror)
        with monkeypatch.context() as patched:
            patched.setattr(owner, step, _killed)
            with pytest.raises(KeyboardInterrupt):
                write()
        assert files(mirror) == former
        assert verify_tree(mirror.current, key).faults == []

    publish(article(), title="新的标题")
    (passing,) = make_news(903, languages=[CHINESE])
    interrupt(lambda: update(mirror, application))
    publish(article(), title=title)
    passing.delete()
    update(mirror, application)
    assert title.encode() in files(mirror)[f"{ARTICLE}/index.html"]
    assert not [name for name in files(mirror) if f"/{passing.slug}/" in name]
    for parts in (50, 0):  # a part of the manifest, all of it
        monkeypatch.setattr(updating, "MOST_PARTS", parts)
        interrupt(lambda: updating.fold(mirror))
        update(mirror, application)
        assert verify_tree(mirror.current, key).faults == []


def test_a_mirror_whose_publication_nobody_finishes_is_withdrawn(mirror, application, monkeypatch):
    publish(article(), title="新的标题")
    with monkeypatch.context() as patched:
        patched.setattr(Mirror, "serve", _killed)
        with pytest.raises(KeyboardInterrupt):
            update(mirror, application)
    MirrorWatch(mirror).look()
    assert not mirror.is_public
    update(mirror, application)
    assert mirror.is_public
    assert "新的标题".encode() in files(mirror)[f"{ARTICLE}/index.html"]


def test_on_a_full_disk_the_former_mirror_stays_and_the_operator_is_told(mirror, application, monkeypatch):
    former = files(mirror)
    publish(article(), title="新的标题")

    def full(path, content, moment):
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(updating, "write_variants", lambda *arguments: full(Path("x"), b"", 0))
        with pytest.raises(CommandError, match=r"the former one is served.*No space left"):
            call_command("mirror", "--update", target=mirror.folder)
    assert files(mirror) == former
    assert not mirror.incoming.exists()
    update(mirror, application)
    assert "新的标题".encode() in files(mirror)[f"{ARTICLE}/index.html"]


def test_while_the_portal_fails_the_former_mirror_stays(mirror, application, monkeypatch):
    former = files(mirror)
    publish(article(), title="新的标题")
    answer = Application.answer
    with monkeypatch.context() as patched:
        patched.setattr(Application, "answer", lambda self, address: replace(answer(self, address), status=500))
        with pytest.raises(CommandError, match=r"the former one is served: The portal answers /.* with 500"):
            call_command("mirror", "--update", target=mirror.folder)
    assert files(mirror) == former
    update(mirror, application)
    assert "新的标题".encode() in files(mirror)[f"{ARTICLE}/index.html"]


def test_an_answer_that_is_not_worth_keeping_is_left_to_the_server(mirror, application):
    Base.objects.all().delete()
    update(mirror, application)
    known = index_of(mirror).entry("/zh/bases/")
    assert (known.file, known.until) == ("", None)
    assert update(mirror, application).files == 0


def test_a_query_that_would_be_a_folder_of_another_address_is_left_to_the_server():
    assert addresses.may_belong("/zh/bases/", "/zh/bases/?kind=offshore")
    assert not addresses.may_belong("/zh/bases/", "/zh/bases/?.")
    assert not addresses.may_belong("/zh/bases/", "/zh/bases/?..")


def test_the_mirror_holds_each_part_of_the_sitemap(mirror, application, monkeypatch):
    monkeypatch.setattr(sitemap, "STRETCH", 20)
    publish(article(), slug="moved")
    update(mirror, application)
    parts = addresses.links_in("/sitemap.xml", application.answer("/sitemap.xml").body)
    assert len(parts) > 1
    assert {f"/{name}" for name in files(mirror) if name.startswith("sitemap-") and name.endswith(".xml")} == parts


def test_what_was_altered_added_or_removed_is_found(mirror):
    tree = mirror.current.resolve()
    page = tree / ARTICLE / "index.html.gz"
    page.write_bytes(page.read_bytes()[:-1] + b"?")
    (tree / "zh/spam.html").write_text("spam")
    (tree / "robots.txt").unlink()
    errors = StringIO()
    with pytest.raises(CommandError, match="3 of"):
        call_command("mirror", "--verify", target=mirror.folder, stderr=errors)
    found = errors.getvalue().splitlines()
    assert found == ["missing: robots.txt", f"altered: {ARTICLE}/index.html.gz", "extra: zh/spam.html"]


def test_a_list_that_another_key_signed_is_refused(mirror):
    with pytest.raises(CommandError, match="not signed by this key"):
        call_command("mirror", "--verify", target=mirror.folder, key="A" * 43 + "=")


def test_changes_become_parts_of_the_manifest_and_once_all_files_one_list(mirror, application, monkeypatch):
    monkeypatch.setattr(updating, "MOST_PARTS", 2)
    lists = []
    for step in (
        lambda: publish(article(), title="新的标题"),
        lambda: article("en").unpublish(),
        lambda: publish(article("en"), title="Back"),
        lambda: publish(article(), title="又一个标题"),
    ):
        step()
        assert update(mirror, application).changes > 0
        updating.fold(mirror)
        found = verify_tree(mirror.current, public_text(signing_key()))
        assert (found.files, found.faults) == (len(files(mirror)), [])
        assert update(mirror, application).changes == 0
        lists.append(sorted(path.name for path in (mirror.current / FOLDER).iterdir()))
    base, one, two = ["base", "changes", "changes.sig"], ["part-1"], ["part-1", "part-2"]
    assert lists == [[*base, *one], [*base, *two], base, [*base, *one]]


def test_a_list_that_is_not_the_one_vouched_for_is_refused(mirror):
    base = mirror.current.resolve() / FOLDER / "base"
    base.write_bytes(base.read_bytes() + b"\n")
    with pytest.raises(CommandError, match=r"base is not what .*changes vouches for"):
        call_command("mirror", "--verify", target=mirror.folder)


def test_a_version_of_the_same_second_and_size_has_another_time(mirror, application):
    path = mirror.current / ARTICLE / "index.html"
    former = path.stat().st_mtime
    publish(article(), title=article().title[::-1])
    update(mirror, application)
    assert path.stat().st_mtime > former


def test_redirects_are_kept_for_when_the_portal_is_down(mirror, application):
    Redirect.objects.create(old_path="/zh/old", redirect_link="/zh/about/", is_permanent=True)
    Redirect.objects.create(old_path="/zh/unsafe;", redirect_link="/zh/$host", is_permanent=True)
    update(mirror, application)
    text = (mirror.folder / "nginx" / "redirects.conf").read_text()
    assert '"/zh/old/" "/zh/about/";' in text
    assert "$host" not in text


def test_of_redirects_that_are_the_same_to_nginx_one_is_kept(mirror, application):
    site = Site.objects.get()
    for path, target, place in (("/zh/old", "/zh/all/", None), ("/zh/old", "/zh/one/", site), ("/zh/other", "/zh/x/", None)):
        Redirect.objects.create(old_path=path, redirect_link=target, site=place, is_permanent=place is not None)
    Redirect.objects.create(old_path="/zh/OTHER", redirect_link="/zh/x/", is_permanent=True)
    update(mirror, application)
    lines = (mirror.folder / "nginx" / "redirects.conf").read_text().splitlines()
    kept = [line.split('"')[1].lower() for line in lines if '"' in line]
    assert sorted(kept) == ["/zh/old", "/zh/old/", "/zh/other", "/zh/other/"]
    assert '    "/zh/old" "/zh/one/";' in lines


def test_a_mirror_that_nobody_brings_up_to_date_is_withdrawn(mirror, application):
    watch = MirrorWatch(mirror)
    publish(article(), title="新的标题")
    watch.look()
    assert mirror.is_public, "its follower has some seconds"
    Change.objects.update(moment=timezone.now() - timedelta(minutes=1))
    watch.look()
    assert not mirror.is_public
    update(mirror, application)
    watch.look()
    assert mirror.is_public


def _restore_an_earlier_database() -> None:
    Change.objects.all().delete()
    Change.objects.create(pk=1, tags=["page:1"])


def test_a_mirror_of_another_database_is_withdrawn(mirror, application):
    watch = MirrorWatch(mirror)
    publish(article(), title="新的标题")
    update(mirror, application)
    _restore_an_earlier_database()
    watch.look()
    assert not mirror.is_public


def test_a_mirror_of_another_database_is_not_brought_up_to_date(mirror, application):
    publish(article(), title="新的标题")
    update(mirror, application)
    _restore_an_earlier_database()
    with pytest.raises(CommandError, match=r"is withdrawn, manage\.py mirror writes a new one"):
        call_command("mirror", "--update", target=mirror.folder)
    assert not mirror.is_public


def test_the_follower_writes_a_mirror_of_another_database_anew(mirror, application, monkeypatch, tmp_path):
    publish(article(), title="新的标题")
    update(mirror, application)
    _restore_an_earlier_database()
    stopped = Event()
    monkeypatch.setattr(following, "_wait", lambda tone, stopped: stopped.set())
    monkeypatch.setattr(following, "close_old_connections", lambda: None)  # that of the test stays
    following.follow(mirror, application, stopped)
    assert mirror.is_public
    assert update(mirror, application).files == 0
    assert_true(mirror, tmp_path)


def test_without_a_mirror_there_is_nothing_to_bring_up_to_date(tmp_path):
    with pytest.raises(CommandError, match=r"manage\.py mirror writes one"):
        call_command("mirror", "--update", target=tmp_path / "none")


def test_an_answer_for_one_reader_is_left_to_the_server(application):
    answer = application.answer("/zh/")
    assert file_of(answer) == "zh/index.html"
    for header in (("Cache-Control", "no-store"), ("Cache-Control", "private")):
        others = tuple(line for line in answer.headers if line[0] != header[0])
        assert file_of(type(answer)(**(answer.__dict__ | {"headers": (*others, header)}))) == ""
