"""A news item as schema.org describes it."""


def news_article(page) -> dict:
    """Return `page` as a NewsArticle; its dates are the item's own and that of its last change."""
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
    elif page.source:
        article["author"] = {"@type": "Organization", "name": page.source}
    return article
