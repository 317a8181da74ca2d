"""Texts sent in for review, and approved by three people who did not write them."""

from wagtail.models import Page

from accounts.models import User
from news.models import NewsPage
from tests.factories import make_news


def reviewers() -> list[User]:
    """Return three new people to approve the three steps, and one who sends in."""
    return [User.objects.create_user(f"elder-{place}", f"elder-{place}@example.org") for place in range(4)]


def fresh(page) -> NewsPage:
    return Page.objects.get(pk=page.pk).specific


def drafts(number: int = 1, **values) -> tuple[NewsPage, NewsPage]:
    """Return a Chinese item and its English, neither of them public."""
    chinese, english = make_news(number, live=False, has_unpublished_changes=True, **values)
    return chinese, english


def submit(page, people, **changes) -> None:
    """Send in `page` with `changes` of its newest version, which nobody of `people` but the last wrote."""
    page = fresh(page).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=people[-1])
    page.get_workflow().start(page, people[-1])


def approve(page, people, steps: int = 3) -> None:
    """Let the next people of `people` approve the next `steps` steps of the review of `page`."""
    for person in people[:steps]:
        fresh(page).current_workflow_task_state.approve(user=person)


def review(page, people, **changes) -> None:
    """Send in `page` with `changes` and let three people approve it."""
    submit(page, people, **changes)
    approve(page, people)


def are_public(*pages) -> list[bool]:
    return [fresh(page).live for page in pages]
