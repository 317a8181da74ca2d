"""Pictures of every kind of page, in both languages, on a phone and at a desk, in each mode, and its print: `make screenshots`.

They are looked at by people; nothing is asserted of them. Four stand in the README.
"""

import pytest
from django.conf import settings

from tests.e2e.test_accessibility import CHOOSE, MODES
from tests.page_types import LANGUAGES, ROUTES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

FOLDER = settings.BASE_DIR / "var" / "screenshots"
DOCS = settings.BASE_DIR / "docs"
WIDTHS = {"phone": 390, "desk": 1280}
#: File in docs/: the picture of it, as language, kind of page, width and mode.
SHOWN = {
    "front-page.png": ("zh", "home", "desk", "light"),
    "directory.png": ("en", "directory", "desk", "light"),
    "article.png": ("zh", "article", "phone", "light"),
    "base-dark.png": ("en", "base", "phone", "dark"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ROUTES)
def test_pictures_are_taken(visit, language, kind):
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = f"{kind.replace(' ', '-')}-{language}"
    for place, width in WIDTHS.items():
        page = visit(f"/{language}/{ROUTES[kind]}", width=width)
        for mode, choices in MODES.items():
            page.evaluate(CHOOSE, choices)
            page.screenshot(path=FOLDER / f"{name}-{place}-{mode.replace(', ', '-').replace(' ', '-')}.png", full_page=True)
            for file, shown in SHOWN.items():
                if shown == (language, kind, place, mode):
                    page.screenshot(path=DOCS / file)
        page.evaluate(CHOOSE, {})
        if place == "desk":
            page.pdf(path=FOLDER / f"{name}.pdf", format="A4", print_background=False)
