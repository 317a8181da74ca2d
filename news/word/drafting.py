"""A draft of a news item from a Word document: the whole of it, or nothing."""

import json
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from core.json_trees import with_texts
from core.pairing import language_of
from core.plain_text import without_invisible
from news.models import NewsIndexPage, NewsPage
from news.word.blocks import body_of
from news.word.findings import Findings
from news.word.package import TOO_LONG, checked_package
from news.word.pictures import Pictures
from news.word.reading import read

FROM_WORD = "news.from_word"  # the action in Wagtail's log; its data hold the file's name and the findings
MAX_BLOCKS = 400


@dataclass(frozen=True)
class Draft:
    """What a document becomes: the fields of the page, the blocks of its body, its pictures, and what was found."""

    fields: dict[str, str]
    blocks: list[dict]
    pictures: Pictures
    findings: Findings
    file_name: str


def draft_of(file, news_list: NewsIndexPage, collection, user) -> Draft:
    """Return the draft that `file` gives below `news_list`; nothing is kept yet. Raise ValidationError that says what is
    wrong with it."""
    findings, language = Findings(), language_of(news_list)
    name = without_invisible(PurePath(file.name).stem)[:80].strip() or "Word"
    pictures = Pictures(user, collection, language, name, findings)
    text = read(checked_package(file, findings), pictures.take, findings)
    with translation.override(language.code):
        blocks = with_texts(body_of(text.html, findings), without_invisible)
    if len(blocks) > MAX_BLOCKS:
        raise ValidationError(TOO_LONG, "too_long")
    if not (text.title or blocks):
        raise ValidationError(_("The document holds no text that can be taken over. Check that it is the right one."), "empty")
    title = without_invisible(text.title).strip()
    if not title:
        findings.add("no_title")
    facts = {field: without_invisible(value) for field, value in text.facts.items()}
    return Draft({"title": title or name} | facts, blocks, pictures, findings, PurePath(file.name).name)


def save_draft(draft: Draft, news_list: NewsIndexPage, user) -> NewsPage:
    """Return the new page, a draft of `user`; where that fails, no picture stays either."""
    try:
        with transaction.atomic():
            return _saved(draft, news_list, user)
    except BaseException:
        draft.pictures.remove_files()
        raise


def _saved(draft: Draft, news_list: NewsIndexPage, user) -> NewsPage:
    images = draft.pictures.save()
    for block in draft.blocks:
        if block["type"] == "figure":
            block["value"]["image"] = images[block["value"]["image"]].pk
    page = NewsPage(**draft.fields, body=json.dumps(draft.blocks), locale=news_list.locale, owner=user, live=False)
    news_list.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)
    log(page, FROM_WORD, user=user, data={"file": draft.file_name, "findings": draft.findings.as_json()})
    return page
