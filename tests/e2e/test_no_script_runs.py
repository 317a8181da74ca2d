"""Hostile texts, links, names and files, saved by the lowest role that can, run in nobody's browser."""

import re
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from tests import upload_files as files
from tests.e2e import payloads
from tests.editing import SUBMIT, content_state, link

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = 6  # that the texts are spread over
TEXT_FIELDS = ("summary", "source", "place", "author", "editor", "date_note", "seo_title", "search_description", "keywords")
LENGTHS = {"place": 100, "author": 100, "editor": 100, "date_note": 200, "keywords": 200}
# Looks at the document as it stands: nothing that a payload names may have become an element or an attribute.
LEFTOVERS = """() => {
    const active = ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'BASE'];
    const data = ['application/json', 'application/ld+json'];
    const leading = ['href', 'src', 'action', 'formaction', 'data'];
    const stands = element => active.includes(element.tagName) && !data.includes(element.type)
        && element.textContent.length < 300 && `${element.textContent}${element.src}`.includes('__pwned');
    const calls = ({name, value}) => value.includes('__pwned') && (name.startsWith('on')
        || (leading.includes(name) && /^[\\s\\x00-\\x20]*(javascript|data|vbscript):/i.test(value)));
    return [...document.querySelectorAll('*')]
        .filter(element => stands(element) || [...element.attributes].some(calls))
        .map(element => element.outerHTML.slice(0, 300));
}"""
SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)))"


class Person:
    """A member of staff at work through the real endpoints, with the session of their browser."""

    def __init__(self, page, server: str):
        self.requests, self.server = page.context.request, server

    def read(self, path: str):
        return self.requests.get(self.server + path)

    def send(self, path: str, fields: dict, **options):
        cookies = {cookie["name"]: cookie["value"] for cookie in self.requests.storage_state()["cookies"]}
        token = next(value for name, value in cookies.items() if name.endswith("csrftoken"))
        headers = {"X-CSRFToken": token, "Referer": self.server + "/"}
        if options.get("as_files"):
            return self.requests.post(self.server + path, multipart=fields, headers=headers, max_redirects=0)
        query = QueryDict(mutable=True)
        for name, value in fields.items():
            query.setlist(name, value if isinstance(value, list) else [value])
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self.requests.post(self.server + path, data=query.urlencode(), headers=headers, max_redirects=0)

    def save(self, path: str, **changes):
        """Send the editor's form at `path` with `changes`."""
        form = querydict_from_html(self.read(path).text(), "page-edit-form")
        return self.send(path, dict(form.lists()) | changes)

    def approve(self, path: str):
        """Approve the step of the review that the page whose editor is at `path` stands at."""
        step = re.search(r"/workflow/collect_action_data/(\d+/approve/\d+)/", self.read(path).text())
        return self.send(f"/admin/pages/workflow/action/{step[1]}/", {"comment": payloads.TEXTS[0]})


def _page_fields(texts: list[str]) -> dict:
    """Return the fields of a news item that carries each of `texts` in every kind of block."""
    blocks = []
    for text in texts:
        blocks += [
            ("heading", {"text": text[:120], "level": "2"}),
            ("paragraph", content_state(text)),
            ("quote", {"text": text, "attribution": text}),
            ("fact_box", {"title": text[:120], "text": content_state(text)}),
            ("timeline", {"title": text[:120], "entries": streamfield([("item", {"date": "2023", "text": text})])}),
            ("related_links", _related(text, "https://www.cast.org.cn/")),
            ("table", _table(text)),
        ]
    body = nested_form_data({"body": streamfield(blocks), "attachments": streamfield([])})
    text = " ".join(texts)
    return body | {name: text[: LENGTHS.get(name, 255)] for name in TEXT_FIELDS} | {"date": "2023-05-01"}


def _related(text: str, address: str) -> dict:
    return {"title": text[:120], "links": streamfield([("item", {"title": text, "page": "", "url": address})])}


def _table(text: str) -> dict:
    column = {"type": "text", "order": "0", "heading": text, "deleted": ""}
    row = {"order": "0", "deleted": ""}
    return {"caption": text, "column-count": "1", "column-0": column, "row-count": "1", "row-0": row, "cell-0-0": text}


@pytest.fixture
def run(sign_in, server, news_lists):
    """What was sent, by outcome, the addresses of the pages that came of it, and who reviews them; the last is the chief."""
    writer, translator = (Person(sign_in(role), server) for role in ("writer", "translator"))
    reviewers = [Person(sign_in(role), server) for role in ("reviewer", "second-reviewer", "chief-editor")]
    # `edits` keeps with each address of the editor the blocks, which its scripts would send again.
    outcome, edits = Counter(), {}

    def note(response, what: str) -> bool:
        assert response.status < 500, f"{what}: {response.status}"
        saved = response.status == 302
        outcome["saved" if saved else "refused"] += 1
        return saved

    for number in range(PAGES):
        texts = list(payloads.TEXTS[number::PAGES])
        author, language = (writer, "zh-hans") if number % 3 else (translator, "en")
        title = " ".join([f"页{number}", *texts])[:255]
        fields = _page_fields(texts)
        path = f"/admin/pages/add/news/newspage/{news_lists[language]}/"
        response = author.save(path, title=title, slug=f"hostile-{number}", **fields)
        assert note(response, title)
        edits[response.headers["location"].removeprefix(server)] = fields
        outcome["texts"] += len(texts) - 1  # the page itself is counted above
    carrier = list(edits)[1]

    links = [link(url=address) for address in payloads.ADDRESSES]
    hostile = [
        link(id=f'1" onclick="{payloads.CALL}'),
        {"type": "EMBED", "mutability": "X", "data": {"url": f"javascript:{payloads.CALL}"}},
    ]
    text = content_state("链" * len(links + hostile), *links, *hostile)
    body = nested_form_data({"body": streamfield([("paragraph", text)]), "attachments": streamfield([])})
    path = f"/admin/pages/add/news/newspage/{news_lists['zh-hans']}/"
    response = writer.save(path, title="链接", slug="hostile-links", date="2023-05-01", source="CAST", **body)
    assert note(response, "links")
    edits[response.headers["location"].removeprefix(server)] = body
    for address in payloads.ADDRESSES:
        body = nested_form_data(
            {"body": streamfield([("related_links", _related("题", address))]), "attachments": streamfield([])}
        )
        saved = note(writer.save(carrier, **body, source_url=address), address)
        assert not saved or address.startswith("https://")  # odd, but of the web
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-0-text": payloads.TEXTS[0] + payloads.TEXTS[7],
        "comments-0-contentpath": "title",
        "comments-0-position": payloads.TEXTS[6],
        "comments-0-id": "",
        "comments-0-DELETE": "",
        "comments-0-resolved": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    assert note(writer.save(carrier, **edits[carrier] | comment), "comment")

    for kind, hostile_files, good in (
        ("images", payloads.PICTURES, ("png", files.picture())),
        ("documents", payloads.DOCUMENTS, ("pdf", files.pdf())),
    ):
        sent = [*hostile_files.items(), *((f"{name}.{good[0]}", good[1]) for name in payloads.FILE_NAMES)]
        for name, content in sent:
            upload = {"name": name, "mimeType": "text/html", "buffer": content}
            fields = {"title": name, "files[]": upload, "collection": "1"}
            answer = writer.send(f"/admin/{kind}/multiple/add/", fields, as_files=True)
            assert answer.status == 200, (name, answer.status)
            outcome["saved" if answer.json()["success"] else "refused"] += 1
            if answer.json()["success"]:
                assert name not in hostile_files, name
    for number, (edit, fields) in enumerate(edits.items()):
        author = translator if number < PAGES and not number % 3 else writer
        assert author.save(edit, **fields, **SUBMIT).status == 302, edit
    return reviewers, edits, outcome


@pytest.fixture
def watched(open_context, run, server):
    """A function that opens addresses in the chief editor's browser, with the policy on or off, and returns what ran."""
    reviewers, _edits, _outcome = run
    state = reviewers[-1].requests.storage_state()

    def look(addresses, policy: bool):
        context = open_context(storage_state=state, bypass_csp=not policy)
        page, ran = context.new_page(), []
        page.expose_function("__pwned", lambda *_arguments: ran.append(page.url))
        page.on("dialog", lambda dialog: (ran.append(f"dialog at {page.url}"), dialog.dismiss()))
        page.on("download", lambda download: download.cancel())
        page.set_content("<img src=x onerror='__pwned(1).then(() => window.noticed = true)'>")
        page.wait_for_function("() => window.noticed")
        assert ran, "the watch sees what runs"
        ran.clear()
        for address in addresses:
            response = page.goto(server + address, wait_until="load")
            assert response.status == 200 or "hostile" not in address, address
            assert response.status < 500, address
            page.evaluate(SETTLED)
            assert page.evaluate(LEFTOVERS) == [], address
        context.close()
        return ran

    return look


def _public_addresses() -> list[str]:
    queries = [f"/zh/search/?q={quote(text)}" for text in payloads.TEXTS]
    pages = [f"/{'zh' if number % 3 else 'en'}/news/hostile-{number}/" for number in range(PAGES)]
    paths = [f"/zh/{quote(text, safe='')}/" for text in payloads.TEXTS[:6]]
    parameters = [
        f"/zh/{place}?{name}={quote(text)}"
        for text in payloads.TEXTS[6:9]
        for place, name in (("bases/", "q"), ("bases/", "kind"), ("news/", "page"), ("", text))
    ]
    return [*pages, "/zh/news/hostile-links/", "/zh/news/", "/en/news/", "/zh/", "/zh/site-map/", *queries, *paths, *parameters]


def _admin_addresses(edits: list[str]) -> list[str]:
    page = edits[1].split("/")[3]
    return [
        *edits,
        f"/admin/pages/{page}/view_draft/",
        f"/admin/pages/{page}/history/",
        f"/admin/pages/{page}/revisions/compare/earliest/latest/",
        f"/admin/pages/{page}/usage/",
        "/admin/",
        "/admin/pages/search/?q=script",
        "/admin/choose-page/?page_type=wagtailcore.page&q=script",
        "/admin/images/",
        "/admin/images/chooser/",
        "/admin/documents/",
        "/admin/documents/chooser/",
        "/admin/reports/site-history/",
        "/admin/reports/workflow/",
        "/admin/reports/unknown-links/",
        "/admin/reports/unfound-queries/",
        "/admin/reports/aging-pages/",
    ]


def test_no_script_of_theirs_runs_anywhere(run, watched, capsys):
    started = time.monotonic()
    reviewers, edits, outcome = run
    chief = reviewers[-1]
    due = {"due": (timezone.localdate() + timedelta(days=30)).isoformat()}
    for edit in edits:
        promise = reverse("promise_translation", args=(edit.split("/")[3],))  # without it they would wait for a translation
        assert chief.send(promise, due).status == 302, edit
        for reviewer in reviewers:
            assert reviewer.approve(edit).status == 302, edit
    public, admin = _public_addresses(), _admin_addresses(list(edits))
    seen = {
        "public, policy off": (public, watched(public, policy=False)),
        "public, policy on": (public[:12], watched(public[:12], policy=True)),
        "admin, policy off": (admin, watched(admin, policy=False)),
        "admin, policy on": (admin[:8], watched(admin[:8], policy=True)),
    }
    for path in ("/zh/news/feed/", "/zh/news/feed/atom/", "/zh/search/suggestions/?q=script"):
        answer = chief.read(path)
        assert answer.status < 500
        assert "html" not in answer.headers["content-type"] or answer.status == 404
    with capsys.disabled():
        count = len(payloads.TEXTS) + len(payloads.ADDRESSES) + len(payloads.PICTURES) + len(payloads.DOCUMENTS)
        count += 2 * len(payloads.FILE_NAMES) + 2
        print(f"\n  payloads {count}; saved {outcome['saved'] + outcome['texts']}, refused {outcome['refused']}", end="")
        for name, (addresses, ran) in seen.items():
            print(f"; {name}: {len(addresses)} addresses, scripts run {len(ran)}", end="")
        print(f"; {time.monotonic() - started:.0f} s")
    assert count >= 40
    assert {name: ran for name, (_addresses, ran) in seen.items() if ran} == {}
