"""How generated content is marked, for readers to see and for removal to find."""

from bases.models import Base
from core.languages import CHINESE, Language
from news.models import NewsPage

SLUG = "generated-"
SOURCE = "生成的示例内容，并非事实 · Generated sample content, not facts"


def marked(text: str, language: Language) -> str:
    return f"【生成】{text}" if language is CHINESE else f"[Generated] {text}"


def generated_news():
    return NewsPage.objects.filter(slug__startswith=SLUG, source=SOURCE)


def generated_bases():
    return Base.objects.filter(slug__startswith=SLUG, source_zh_hans=SOURCE)


def has_real_content() -> bool:
    """Return whether there is news or a base that nobody generated."""
    generated = generated_news().order_by().values("pk"), generated_bases().order_by().values("pk")
    return NewsPage.objects.exclude(pk__in=generated[0]).exists() or Base.objects.exclude(pk__in=generated[1]).exists()


def next_number(model) -> int:
    """Return a number that no generated item of `model` has in its slug yet."""
    slugs = model.objects.filter(slug__startswith=SLUG).values_list("slug", flat=True).iterator()
    return 1 + max((int(slug.removeprefix(SLUG)) for slug in slugs if slug.removeprefix(SLUG).isdecimal()), default=0)
