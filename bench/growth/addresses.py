"""An address of each kind of page, and who asks for it."""

from dataclasses import dataclass

from django.urls import reverse

from bases.models import Base
from news.lists import NewsList
from news.models import NewsIndexPage, NewsPage
from news.models.index import PER_PAGE

READER, SUPERUSER, TRANSLATOR = "reader", "superuser", "translator"


@dataclass(frozen=True)
class Kind:
    """A kind of page, with an address of it; with `asked_by` a reader, it is measured with nothing remembered, too."""

    name: str
    address: str
    asked_by: str = READER


def kinds() -> list[Kind]:
    """Return the kinds of page; an article is of the middle of the archive, a base of a province that has some."""
    index, english = (NewsIndexPage.objects.get(locale__language_code=code) for code in ("zh-hans", "en"))
    news = NewsPage.objects.child_of(index)
    article = news.filter(date__startswith="2015-06", slug__startswith="generated-").order_by("pk").first()
    base = Base.objects.live().filter(province="130000").order_by("pk").last()
    pages = -(-NewsList(index.locale_id).count() // PER_PAGE)
    public = {
        "home": "/zh/",
        "list": "/zh/news/",
        "list, page 80": "/zh/news/?page=80",
        "list, page 500": "/zh/news/?page=500" if pages >= 500 else None,
        "archive: a year": "/zh/news/2015/",
        "archive: a month": "/zh/news/2015/06/",
        "list of a topic": "/zh/news/topics/base/",
        "list of a topic, English": "/en/news/topics/base/",
        "article": article.get_url(),
        "directory": "/zh/bases/",
        "directory, page 3": "/zh/bases/?page=3",
        "directory, a kind": "/zh/bases/?kind=working",
        "directory, by text": "/zh/bases/?q=燕山",
        "base": f"/zh/bases/{base.slug}/",
        "feed": "/zh/news/feed/",
        "feed of a topic": "/zh/news/topics/base/feed/atom/",
        "site map": "/zh/site-map/",
        "search": "/zh/search/?q=燕山大学海智基地",
        "search, a common word": "/zh/search/?q=海智",
        "search, a common word, by date": "/zh/search/?q=海智&sort=date",
        "sitemap.xml": "/sitemap.xml",
        "sitemap, a part": "/sitemap-1.xml",
    }
    staff = {
        "desk": reverse("wagtailadmin_home"),
        "explorer, top": reverse("wagtailadmin_explore_root"),
        "explorer, news": explored(index),
        "explorer, news, page 20": explored(index) + "?p=20",
        "explorer, search": reverse("wagtailadmin_explore_results", args=[index.pk]) + "?q=海智",
        "editor of an article": reverse("wagtailadmin_pages:edit", args=[article.pk]),
        "language pairs": reverse("language_pairs"),
        "language pairs, behind": reverse("language_pairs") + "?lacking=en",
        "bases in the admin": reverse("wagtailsnippets_bases_base:list"),
    }
    found = [Kind(name, address) for name, address in public.items() if address]
    found += [Kind(name, address, SUPERUSER) for name, address in staff.items()]
    limited = {"desk": staff["desk"], "explorer, news": explored(english), "language pairs": staff["language pairs"]}
    return found + [Kind(f"{name}, a translator's", address, TRANSLATOR) for name, address in limited.items()]


def explored(page) -> str:
    return reverse("wagtailadmin_explore", args=[page.pk])
