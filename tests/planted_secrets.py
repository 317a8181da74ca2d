"""Secret words, one set for each kind of thing that no stranger may read, planted where editors would have written them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import Collection, CollectionViewRestriction, Comment, Locale, Page, PageViewRestriction, Site

from accounts.models import User
from bases.models import Base, BaseCategory
from core.languages import CHINESE, ENGLISH
from core.models import PortalImage
from news.models import NewsPage
from portal.models import HomePage, StandardPage
from programs.models import Figure
from search.models import UnfoundQuery
from tests.factories import make_base, make_milestone, make_news, make_topic

_RARE = ["".join(letters) for letters in combinations("龘靐齉爩鱻麤龗灪龖厵", 4)]


@dataclass(frozen=True)
class Secret:
    """The words of one kind: one to name it by in each script, and one that stands only inside."""

    kind: str
    number: int

    @property
    def latin(self) -> str:
        return "quor" + "".join(letter for letter in self.kind if letter.isalpha()) + "zix"

    @property
    def chinese(self) -> str:
        return _RARE[self.number]

    @property
    def inner(self) -> str:
        return "velm" + "".join(letter for letter in self.kind if letter.isalpha()) + "pyx"

    @property
    def words(self) -> tuple[str, str, str]:
        return self.latin, self.chinese, self.inner

    @property
    def title(self) -> str:
        return f"{self.latin} {self.chinese}"

    @property
    def page(self) -> dict:
        """Values of a page that says the secret wherever a page says anything."""
        body = [
            {"type": "paragraph", "value": f"<p>{self.inner}</p>"},
            {"type": "heading", "value": {"text": self.inner, "level": "2"}},
        ]
        return {
            "title": self.title,
            "slug": self.latin,
            "summary": f"{self.chinese} {self.inner}",
            "keywords": self.inner,
            "date": "2021-06-01",
            "place": self.inner,
            "body": json.dumps(body),
        }

    def names(self, *fields: str) -> dict:
        """Values of a record's fields in both languages."""
        return {f"{field}_{suffix}": self.title for field in fields for suffix in ("zh_hans", "en")}


class Garden:
    """Plants the secrets; `paths` are the addresses where each would be if it were public."""

    def __init__(self):
        self.secrets: list[Secret] = []
        self.paths: list[str] = []
        self.ids: dict[str, list[int]] = {}
        self.files: dict[str, str] = {}
        self.taken_down: list[Callable[[], object]] = []

    def secret(self, kind: str) -> Secret:
        self.secrets.append(Secret(kind, len(self.secrets)))
        return self.secrets[-1]

    def remember(self, model: str, obj) -> None:
        self.ids.setdefault(model, []).append(obj.pk)

    def news(self, kind: str, live: bool, languages=(CHINESE, ENGLISH), **values) -> list[NewsPage]:
        secret = self.secret(kind)
        pages = make_news(900, languages=languages, live=live, **secret.page | values)
        for page in pages:
            page.save_revision()
            self.remember("page", page)
        self.paths += [f"/{language.prefix}/news/{secret.latin}/" for language in (CHINESE, ENGLISH)]
        return pages

    def plant(self, writer: User) -> None:
        """Plant everything; what was public for a while stays so until `take_down`."""
        self._pages(writer)
        self._private_pages()
        self._pages_elsewhere()
        self._records()
        self._files()
        self._staff(writer)

    def take_down(self) -> None:
        for step in self.taken_down:
            step()

    def _pages(self, writer) -> None:
        for page in self.news("draft", live=False):
            Redirect.objects.create(old_path=f"/zh/old-{page.pk}", redirect_page=page, site=None)
            self.paths.append(f"/zh/old-{page.pk}/")
        self.news("chinese draft", live=False, languages=(CHINESE,))
        self.news("english draft", live=False, languages=(ENGLISH,))
        self.news("scheduled", live=False, go_live_at=timezone.now() + timedelta(days=2))
        for page in self.news("unpublished", live=True):
            self.taken_down.append(page.unpublish)
        for page in self.news("expired", live=True, expire_at=timezone.now() - timedelta(days=1)):
            self.taken_down.append(lambda page=page: page.unpublish(set_expired=True))
        for page in self.news("deleted", live=True):
            self.taken_down.append(page.delete)
        page = make_news(901, title="A live item")[0]
        for kind in ("old revision", "unpublished changes"):
            secret = self.secret(kind)
            changed = NewsPage.objects.get(pk=page.pk)
            for name, value in secret.page.items():
                setattr(changed, name, value)
            changed.slug = page.slug
            if kind == "old revision":
                changed.save_revision(user=writer)
                NewsPage.objects.get(pk=page.pk).save_revision().publish()
            else:
                changed.save_revision(user=writer)
        comment = self.secret("comment")
        changed = page.get_latest_revision_as_object()
        changed.wagtail_admin_comments.add(
            Comment(user=writer, text=comment.title + comment.inner, contentpath="title", position="")
        )
        changed.save_revision(user=writer)
        self.remember("page", page)

    def _private_pages(self) -> None:
        for kind, restriction in (("for signed in", "login"), ("for a group", "groups"), ("parent of one", "login")):
            secret = self.secret(kind)
            home = HomePage.objects.get(locale__language_code=CHINESE.code)
            values = {name: secret.page[name] for name in ("title", "slug", "summary", "keywords", "body")}
            page = home.add_child(instance=StandardPage(show_in_menus=True, **values))
            page.save_revision().publish()
            self.remember("page", page)
            self.paths += [f"/zh/{secret.latin}/", f"/en/{secret.latin}/"]
            if kind == "parent of one":
                below = self.secret("below a private page")
                values = {name: below.page[name] for name in ("title", "slug", "summary", "keywords", "body")}
                self.remember("page", page.add_child(instance=StandardPage(**values)))
                self.paths += [f"/zh/{secret.latin}/{below.latin}/", f"/en/{secret.latin}/{below.latin}/"]
            self.taken_down.append(lambda page=page, restriction=restriction: _restrict(page, restriction))

    def _pages_elsewhere(self) -> None:
        secret = self.secret("other site")
        root = Page.get_first_root_node().add_child(
            instance=HomePage(title=secret.title, slug="elsewhere", locale=Locale.objects.get(language_code=CHINESE.code))
        )
        values = {name: secret.page[name] for name in ("title", "slug", "summary", "body")}
        page = root.add_child(instance=StandardPage(**values))
        page.save_revision().publish()
        Site.objects.create(hostname="elsewhere.example", root_page=root)
        self.remember("page", page)
        self.paths += [f"/zh/{secret.latin}/", f"/zh/elsewhere/{secret.latin}/", "/zh/elsewhere/"]

    def _records(self) -> None:
        for kind, live in (("draft base", False), ("taken down base", True)):
            secret = self.secret(kind)
            texts = secret.names("name", "short_name", "description", "source")
            base = make_base(901, slug=secret.latin, live=live, **texts)
            self.remember("base", base)
            self.paths += [f"/{prefix}/bases/{secret.latin}/" for prefix in ("zh", "en")]
            if live:
                base.publish_saved()
                self.taken_down.append(base.unpublish)
        self._change_in_draft("changed base", Base.objects.filter(live=True).first(), "description", "short_name")
        self._change_in_draft("changed kind", BaseCategory.objects.first(), "name")
        self._change_in_draft("changed figure", Figure.objects.first(), "name", "description")
        topic = make_topic(self.secret("taken down topic").latin)
        topic.name_zh_hans = topic.name_en = self.secrets[-1].title
        topic.publish_saved()
        self.taken_down.append(topic.unpublish)
        self.paths += [f"/{prefix}/news/topics/{topic.slug}/{feed}" for prefix in ("zh", "en") for feed in ("", "feed/")]
        make_milestone(901, live=False, **self.secret("draft milestone").names("text", "source"))
        figure = Figure(slug="draft-figure", live=False, **self.secret("draft figure").names("name", "description"))
        figure.save()

    def _change_in_draft(self, kind: str, record, *fields: str) -> None:
        for name, value in self.secret(kind).names(*fields).items():
            setattr(record, name, value)
        record.save_revision()

    def _files(self) -> None:
        secret = self.secret("picture of a draft")
        names = secret.names("alt_text", "credit")
        image = PortalImage.objects.create(title=secret.title, file=get_test_image_file(f"{secret.latin}.png"), **names)
        document = self._document("document of a draft")
        attachments = json.dumps([{"type": "documents", "value": {"title": "", "documents": [document.pk]}}])
        self.news("draft with files", live=False, lead_image=image, attachments=attachments)
        self.remember("image", image)
        self.files[secret.kind] = image.get_rendition("width-20").url
        self.files["original of " + secret.kind] = settings.MEDIA_URL + image.file.name
        private = Collection.get_first_root_node().add_child(name=self.secret("collection").title)
        CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
        self._document("restricted document", collection=private)

    def _document(self, kind: str, **values) -> Document:
        secret = self.secret(kind)
        file = ContentFile(b"%PDF-1.4 " + secret.inner.encode(), f"{secret.latin}.pdf")
        document = Document.objects.create(title=secret.title, file=file, **values)
        self.remember("document", document)
        self.paths.append(f"/documents/{document.pk}/x.pdf")
        self.files[kind] = document.url
        return document

    def _staff(self, writer) -> None:
        secret = self.secret("staff")
        user = User.objects.create_user(secret.latin, f"{secret.latin}@{secret.inner}.example", "a long password of the tests")
        user.first_name, user.last_name = secret.inner, secret.chinese
        user.save()
        Group.objects.create(name=self.secret("group").title)
        page = make_news(902, title="Another live item", owner=user)[0]
        page.save_revision(user=user).publish()
        log(page, "wagtail.edit", user=user, title=self.secret("log").title)
        UnfoundQuery.objects.create(text=self.secret("sought in vain").latin, language=CHINESE.code, month=timezone.localdate())


def _restrict(page, kind: str) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    if kind == "groups":
        restriction.groups.add(Group.objects.first())
