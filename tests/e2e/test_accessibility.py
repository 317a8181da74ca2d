"""axe-core (WCAG 2.2 A and AA, contrast included) on every kind of page, in each scheme of colours and in easy reading."""

from importlib.resources import files

import pytest

from tests.page_types import LANGUAGES, ROUTES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })"
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # the rules that a scheme of colours decides
#: Name of a mode: the choices of the reading tools, as attributes of the root.
MODES = {
    "light": {},
    "dark": {"scheme": "dark"},
    "high contrast": {"contrast": "high"},
    "dark, high contrast": {"scheme": "dark", "contrast": "high"},
    "easy reading": {"easy": "on"},
}
CHANGES_MORE_THAN_COLOURS = ("light", "easy reading")
CHOOSE = """choices => {
    for (const name of ["scheme", "contrast", "easy"]) delete document.documentElement.dataset[name];
    Object.assign(document.documentElement.dataset, choices);
}"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ROUTES)
def test_every_kind_of_page_is_accessible_in_every_mode(visit, language, kind):
    page = visit(f"/{language}/{ROUTES[kind]}", reduced_motion="reduce")
    page.evaluate(AXE)
    found = []
    for mode, choices in MODES.items():
        page.evaluate(CHOOSE, choices)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        rules = TAGS if mode in CHANGES_MORE_THAN_COLOURS else COLOURS
        for violation in page.evaluate(RUN, rules)["violations"]:
            found += [f"{mode}: {violation['id']}: {node['html'][:200]}" for node in violation["nodes"]]
    assert found == []


@pytest.mark.parametrize("path", ["/zh/nothing-here/", "/en/nothing-here/"])
def test_the_page_of_an_absent_address_is_accessible(visit, path):
    page = visit(path, status=404)
    page.evaluate(AXE)
    violations = page.evaluate(RUN, TAGS)["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in violations] == []
