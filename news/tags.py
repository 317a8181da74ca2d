"""The tags by which answers depend on which news there is, and in which order; news.touched announces them."""

NEWEST = 20  # the first items of a list: what the front page and the feeds show of it


def news_in(locale_id: int) -> str:
    """All items of a language: which there are, their dates."""
    return f"news:{locale_id}"


def newest_in(locale_id: int) -> str:
    """The first NEWEST items of a language."""
    return f"news:{locale_id}:newest"


def news_of(locale_id: int, selection) -> str:
    """The items of a selection (news.selection)."""
    if selection.is_everything:
        return newest_in(locale_id)
    return news_of_topic(locale_id, selection.topic.pk) if selection.topic else news_dated(locale_id, selection.period)


def news_of_topic(locale_id: int, topic_id: int) -> str:
    return f"news:{locale_id}:topic:{topic_id}"


def news_dated(locale_id: int, period: str) -> str:
    """The items of a year ("2023") or month ("2023-03")."""
    return f"news:{locale_id}:{period}"


def beside(page_id: int) -> str:
    """The items before and after one."""
    return f"news:beside:{page_id}"


def related_to(page_id: int) -> str:
    """The items on the same topics as one."""
    return f"news:related:{page_id}"
