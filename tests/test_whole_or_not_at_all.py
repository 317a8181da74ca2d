"""What staff and schedules do is done whole or not at all, whenever the worker dies."""

import io
import json
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models.signals import post_save
from django.http import Http404
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.documents.models import Document
from wagtail.test.utils.form_data import querydict_from_html

from news.models import NewsPage
from tests.database_copy import copy_of_database
from tests.editing import NO_BODY, page_at
from tests.upload_files import upload


@pytest.fixture
def worker(django_db_setup, django_db_blocker):
    """A function that starts tests.dying_worker on a copy of the database and returns its process."""
    with django_db_blocker.unblock(), copy_of_database("dying") as address:
        environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
        command = [sys.executable, "-m", "tests.dying_worker"]

        def start(*arguments: str) -> subprocess.Popen:
            pipe = subprocess.PIPE
            return subprocess.Popen(
                [*command, *arguments], cwd=settings.BASE_DIR, env=environment, stdout=pipe, stderr=pipe, text=True
            )

        yield start


def outcome(process: subprocess.Popen) -> dict:
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])


@pytest.mark.parametrize("deed", ["approve", "schedule"])
def test_a_worker_killed_between_both_publications_leaves_nothing_half_public(worker, deed):
    killed = worker(deed, "--die")
    killed.communicate(timeout=240)
    assert killed.returncode == -signal.SIGKILL

    after = outcome(worker("state"))
    assert after == {"public": [False, False], "publications": 0}

    # Two at once, as on two servers: each item is published once.
    again = [worker(deed), worker(deed)]
    assert {json.dumps(outcome(process)) for process in again} == {json.dumps({"public": [True, True], "publications": 2})}


def test_what_a_failing_view_of_the_admin_wrote_is_undone(portal, admin_client):
    """Stock Wagtail leaves the new page, its version and its place in the tree behind."""
    section = page_at("zh/news")
    address = reverse("wagtailadmin_pages:add", args=("news", "newspage", section.pk))
    data = querydict_from_html(admin_client.get(address).content.decode(), "page-edit-form").dict() | NO_BODY
    admin_client.raise_request_exception = False

    def fail(request, page):
        raise RuntimeError(f"{page} was written")

    with hooks.register_temporarily("after_create_page", fail):
        answer = admin_client.post(address, data | {"title": "Half", "date": "2026-11-20"})

    assert answer.status_code == 500
    assert not NewsPage.objects.filter(title="Half").exists()
    assert page_at("zh/news").numchild == section.numchild


def test_a_refusal_is_answered_after_what_was_written_is_undone(portal, admin_client):
    """The page that says so asks the database, too."""

    def refuse(request, page):
        page.save_revision()
        raise Http404

    page = page_at("zh/news/yanshan-university-accredited")
    versions = page.revisions.count()
    with hooks.register_temporarily("before_unpublish_page", refuse):
        answer = admin_client.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))

    assert answer.status_code == 404
    assert page.revisions.count() == versions


@pytest.mark.parametrize("reason", [PermissionDenied, Http404, ZeroDivisionError])
def test_who_is_refused_reads_why_and_not_that_something_was_saved(portal, admin_client, reason):
    """Wagtail answers a PermissionDenied with a way home and a message, and commits what was written before."""

    def refuse(request, page):
        page.save_revision()
        messages.success(request, "Saved!")
        raise reason

    page = page_at("zh/news/yanshan-university-accredited")
    versions = page.revisions.count()
    admin_client.raise_request_exception = False
    with hooks.register_temporarily("before_unpublish_page", refuse):
        admin_client.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))

    home = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert page.revisions.count() == versions
    assert "Saved!" not in home
    assert ("没有权限访问。" in home) is (reason is PermissionDenied)


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=--", "application/json", "application/octet-stream"])
def test_who_sends_slowly_keeps_nobody_from_writing(portal, admin_client, kind):
    """On SQLite an open transaction is the only one that may write."""
    outside, while_read, in_the_view = len(connection.savepoint_ids), [], []

    class Body(io.BytesIO):
        def read(self, *sizes):
            while_read.append(len(connection.savepoint_ids))
            return super().read(*sizes)

    def act(request, page):
        in_the_view.append(len(connection.savepoint_ids))
        request.read()

    sent = b"{}" if kind != "multipart/form-data; boundary=--" else b"----\r\n\r\n------\r\n"
    address = reverse("wagtailadmin_pages:unpublish", args=(page_at("zh/news/yanshan-university-accredited").pk,))
    with hooks.register_temporarily("before_unpublish_page", act):
        admin_client.generic("POST", address, sent, kind, **{"wsgi.input": Body(sent)})

    assert set(while_read) == {outside}
    assert in_the_view == [outside + 1]


def test_a_file_that_is_replaced_in_vain_stays(portal, admin_client):
    document = Document.objects.create(title="Paper", file=upload("paper.txt", b"One."))
    former, address = document.file.name, reverse("wagtaildocs:edit", args=(document.pk,))
    admin_client.raise_request_exception = False

    def fail(**kwargs):
        raise ZeroDivisionError

    post_save.connect(fail, sender=Document)
    try:
        answer = admin_client.post(address, {"title": "Paper", "collection": 1, "file": upload("paper.txt", b"Two.")})
    finally:
        post_save.disconnect(fail, sender=Document)

    assert answer.status_code == 500
    document.refresh_from_db()
    assert document.file.name == former
    assert document.file.storage.exists(former)
