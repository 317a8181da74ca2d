"""A person's data: found and exported whole, erased everywhere, and told of truly on the privacy page."""

import io
import json
import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from wagtail.models import Comment, Revision
from wagtail.users.models import UserProfile

from accounts.models import User
from audit.chain import append_waiting
from audit.events import Event
from audit.models import Entry
from core.people import person_named
from core.personal_data import keepers
from news.models import NewsPage
from portal.models import StandardPage
from tests.signing_in import client_of

pytestmark = pytest.mark.usefixtures("portal")

MAIL, NAME = "wang.xiaoming@example.org", "王小明"


@pytest.fixture
def person(staff, tmp_path, settings) -> User:
    """A writer with a name, a picture, a session, a comment, and two versions of an article that name her."""
    settings.MEDIA_ROOT = tmp_path
    user = staff("writer")
    user.email, user.name_zh, user.first_name, user.unit = MAIL, NAME, "Xiaoming", "Press office"
    user.save()
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("wang.png", ContentFile(b"a picture"))
    article = NewsPage.objects.get(url_path="/zh/news/yanshan-university-accredited/")
    article.source = f"{NAME} <{MAIL}>"
    article.save_revision(user=user, log_action=True)
    article.source = "燕山大学"
    article.save_revision(user=user)
    Comment.objects.create(page=article, user=user, text=f"{NAME}: ring me", contentpath="title")
    client_of(user)
    return user


def _asked(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("asked", ["a-writer", MAIL, MAIL.upper()])
def test_everything_about_a_person_is_exported(person, asked):
    exported = json.loads(_asked("export_person", asked))

    account = exported["account"]
    assert account["fields"]["email"] == MAIL
    assert account["fields"]["name_zh"] == NAME
    assert account["roles"] == ["撰稿 Writer"]
    assert len(account["sessions"]) == 1
    assert account["userprofile"][0]["avatar"].endswith(".png")
    assert len(exported["authorship"]["versions"]) == 2
    assert exported["authorship"]["versions"][0]["title"]
    assert [comment["text"] for comment in exported["authorship"]["comments"]] == [f"{NAME}: ring me"]
    assert exported["authorship"]["log_entries"]
    assert {entry["event"] for entry in exported["audit_log"]} >= {Event.ACCOUNT_CREATED, Event.SIGNED_IN}


def test_an_export_holds_no_secret_and_is_recorded(person):
    exported = _asked("export_person", "a-writer")

    assert "password" not in json.loads(exported)["account"]["fields"]
    assert person.password not in exported
    append_waiting()
    assert Entry.objects.filter(event=Event.PERSONAL_DATA_EXPORTED, object_id=str(person.pk)).count() == 1


def test_without_yes_nothing_is_erased(person):
    told = _asked("erase_person", MAIL)

    assert "Would be erased" in told
    assert "account: 1 sessions" in told
    person.refresh_from_db()
    assert (person.email, person.is_active) == (MAIL, True)
    assert person.wagtail_userprofile.avatar.storage.exists(person.wagtail_userprofile.avatar.name)


def test_a_person_is_erased_everywhere_and_history_stays(person, django_capture_on_commit_callbacks):
    avatar = person.wagtail_userprofile.avatar
    published = NewsPage.objects.live().count()
    versions = Revision.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        told = _asked("erase_person", "a-writer", "--name", NAME, "--yes")

    assert "Erased or made anonymous:" in told
    assert "Cybersecurity Law" in told
    account = User.objects.get(pk=person.pk)
    assert account.username == f"former-{person.pk}"
    assert not any((account.email, account.first_name, account.name_zh, account.unit, account.is_active))
    assert not account.groups.exists()
    assert not account.has_usable_password()
    assert not avatar.storage.exists(avatar.name)
    assert (NewsPage.objects.live().count(), Revision.objects.count()) == (published, versions)
    assert Revision.objects.filter(user=account).count() == 2
    exported = json.loads(_asked("export_person", account.username))
    kept_by_law = exported.pop("audit_log")
    assert not re.search(f"{MAIL}|{NAME}|a-writer|Xiaoming", json.dumps(exported, ensure_ascii=False))
    for revision in Revision.objects.filter(user=account):
        assert NAME not in json.dumps(revision.content, ensure_ascii=False)
        assert MAIL not in json.dumps(revision.content)
    assert Comment.objects.get(user=account).text == "［已删除 removed］: ring me"
    assert MAIL not in json.dumps(kept_by_law)
    assert NAME not in json.dumps(kept_by_law, ensure_ascii=False)
    assert "a-writer" in {entry["actor_name"] for entry in kept_by_law}


def test_a_current_version_that_names_the_person_is_left_to_an_editor(person):
    article = NewsPage.objects.get(url_path="/zh/news/yanshan-university-accredited/")
    article.source = f"Write to {MAIL}"
    article.save_revision().publish()

    told = _asked("erase_person", "a-writer", "--yes")

    assert "To be done by hand:" in told
    assert article.title in told
    article.refresh_from_db()
    assert article.source == f"Write to {MAIL}"


def test_a_name_is_replaced_only_when_given(person):
    _asked("erase_person", "a-writer", "--yes")

    contents = [json.dumps(content, ensure_ascii=False) for content in Revision.objects.values_list("content", flat=True)]
    assert any(NAME in content for content in contents)
    assert not any(MAIL in content for content in contents)


def test_the_audit_log_still_proves_itself_after_an_erasure(person, settings, tmp_path):
    settings.AUDIT_DIR = tmp_path
    _asked("erase_person", "a-writer", "--yes")

    assert "unbroken" in _asked("verify_audit")


def test_somebody_without_an_account_may_ask_too(portal):
    exported = json.loads(_asked("export_person", "reader@example.org"))

    assert set(exported) == {keeper.key for keeper in keepers()}
    assert not any(exported.values())


def test_a_name_that_is_nobodys_is_refused_with_the_remedy(person, staff):
    with pytest.raises(CommandError, match="no account 'nobody'"):
        _asked("export_person", "nobody")
    other = staff("reviewer")
    other.email = MAIL
    other.save()
    with pytest.raises(CommandError, match="several accounts"):
        _asked("erase_person", MAIL)
    assert person_named("a-writer").user == person


def test_every_model_that_hangs_on_an_account_is_spoken_for():
    """A room that adds personal data is asked to say how it is exported and erased."""
    related = {relation.related_model._meta.label for relation in User._meta.related_objects}
    assert related <= SPOKEN_FOR, related - SPOKEN_FOR


SPOKEN_FOR = {
    *{"account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession", "wagtailusers.UserProfile"},  # exported, erased
    *{"wagtailcore.PageSubscription", "wagtailadmin.EditingSession", "wagtailadmin.FormState"},
    *{"wagtailcore.Revision", "wagtailcore.Comment", "wagtailcore.CommentReply"},  # kept as history without the name
    *{"wagtailcore.WorkflowState", "wagtailcore.TaskState", "wagtailcore.Page", "core.PortalImage", "wagtaildocs.Document"},
    *{"wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry", "wagtailcore.UploadedFile", "wagtailimages.Image"},
    *{"enquiries.Enquiry", "enquiries.Answer", "enquiries.Note"},  # exported, kept without the name
    *{"editorial.Pair", "editorial.Promise", "editorial.HeldRelease"},  # exported, kept as history without the name
    *{"wagtailcore.APIToken"},  # the API is off
}


@pytest.mark.parametrize(
    ("setting", "seconds", "chinese", "english"),
    [
        ("SEARCH_QUERIES_KEPT_DAYS", 1, "满{}天删除", "deleted {} days after the month began"),
        ("AUDIT_KEPT_DAYS", 1, "保存{}天", "for {} days (three years)"),
        ("ACCOUNTS_UNUSED_DAYS", 1, "连续{}天未使用", "not been used for {} days"),
        ("VIEWS_KEPT_DAYS", 1, "满{}天（25个月）后删除", "deleted after {} days (25 months)"),
        ("CSP_REPORTS_KEPT_DAYS", 1, "满{}天后删除", "deleted {} days after it last grew"),
        ("SESSION_IDLE_SECONDS", 60, "无操作满{}分钟", "after {} minutes without activity"),
        ("SESSION_ABSOLUTE_SECONDS", 3600, "登录满{}小时", "after {} hours in any case"),
        ("DEVICE_COOKIE_SECONDS", 86400, "保留{}天", "kept for {} days"),
        ("ENQUIRY_RETENTION_DAYS", 1, "自收到之日起满{}天删除", "notes {} days after it was received"),
        ("ENQUIRY_COUNT_SECONDS", 60, "累计{}分钟", "is counted for {} minutes"),
        ("THROTTLE_SECONDS", 60, "保留{}分钟", "for {} minutes, to stop passwords being guessed"),
    ],
)
def test_the_privacy_page_states_the_times_of_the_settings(client, setting, seconds, chinese, english):
    number = getattr(settings, setting) // seconds

    assert chinese.format(number) in client.get("/zh/privacy/").content.decode()
    assert english.format(number) in client.get("/en/privacy/").content.decode()


def test_both_privacy_pages_say_the_same(portal):
    chinese, english = (StandardPage.objects.get(url_path=f"/{prefix}/privacy/") for prefix in ("zh", "en"))
    numbers = [sorted(map(int, re.findall(r"\d+", _text(page).replace(",", "")))) for page in (chinese, english)]
    kinds = [[block.block_type for block in page.body] for page in (chinese, english)]

    assert numbers[0] == numbers[1]
    assert kinds[0] == kinds[1]


def _text(page) -> str:
    return re.sub(r"<[^>]+>", " ", str(page.body.render_as_block()))
