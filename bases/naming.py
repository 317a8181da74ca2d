"""The names that bases, their kinds and their places go by in both languages, as search knows them."""

from collections.abc import Iterator

from bases.models import Base, BaseCategory, Province
from bases.models.base import CHINA, territory_name
from core.languages import LANGUAGES

_SUFFIXES = [language.code.replace("-", "_") for language in LANGUAGES]


def names() -> Iterator[tuple[str, ...]]:
    """Yield groups of names for one thing: of each live base, host, city, kind and province."""
    yield from _pairs(Base.objects.live(), "name", "short_name", "host", "city")
    for chinese, english in Base.objects.live().values_list("city_zh_hans", "city_en"):
        if chinese and english and len(chinese) > len("市") + 1:
            yield chinese.removesuffix("市"), english
    for code in Base.objects.live().exclude(country=CHINA).values_list("country", flat=True).distinct():
        yield tuple(territory_name(code, language) for language in LANGUAGES)
    yield from _pairs(BaseCategory.objects.live(), "name", "short_name")
    columns = [f"{name}_{suffix}" for name in ("short_name", "name") for suffix in _SUFFIXES]
    for group in Province.objects.values_list(*columns):
        yield tuple(filter(None, group))


def _pairs(records, *fields: str) -> Iterator[tuple[str, ...]]:
    """Yield what each field holds in both languages, where it stands in both."""
    columns = [f"{name}_{suffix}" for name in fields for suffix in _SUFFIXES]
    for values in records.values_list(*columns):
        for place in range(0, len(values), len(_SUFFIXES)):
            pair = values[place : place + len(_SUFFIXES)]
            if all(pair):
                yield pair


def province_options() -> list[tuple[str, str]]:
    """Return the provinces' codes with their short names, in the order of the codes."""
    return [(province.code, province.short_name) for province in Province.objects.all()]
