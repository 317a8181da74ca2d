"""A news item as schema.org describes it."""

from core.addresses import absolute_url


def news_article(page, corrections=()) -> dict:
    """Return `page` with its `corrections` as a NewsArticle; its dates are the item's own and that of its last change."""
    article = {
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "datePublished": page.date or "",
    }
    if page.last_published_at:
        article["dateModified"] = page.last_published_at.isoformat(timespec="seconds")
    if page.author:
        article["author"] = {"@type": "Person", "name": page.author}
    else:
        article["author"] = {"@id": absolute_url("/#organiser")}
    if page.source:
        article["citation"] = {"@type": "CreativeWork", "name": page.source} | (
            {"url": page.source_url} if page.source_url else {}
        )
    if corrections:
        article["correction"] = [
            {"@type": "CorrectionComment", "text": correction.text, "datePublished": correction.date.isoformat()}
            for correction in corrections
        ]
    return article
