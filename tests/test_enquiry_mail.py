"""Mail about enquiries: to the office after the commit, with nothing lost where it fails; to the sender with the answer."""

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from wagtail.models import Site

from bases.models import Base
from enquiries.mail import tell_office
from enquiries.models import Enquiry
from portal.models import SiteSettings
from tests.factories import make_enquiry
from tests.test_enquiries import FORMS, write

pytestmark = pytest.mark.usefixtures("portal")

OFFICE = "office@example.cn"


@pytest.fixture
def office(db):
    site_settings = SiteSettings.for_site(Site.objects.get())
    site_settings.enquiry_email = OFFICE
    site_settings.save()
    return site_settings


def told(enquiry) -> str:
    """Mail the enquiry to the office and return what became of that."""
    tell_office(enquiry.pk)
    enquiry.refresh_from_db()
    return enquiry.mail


@pytest.mark.parametrize("path", FORMS.values())
def test_the_office_gets_the_enquiry_in_chinese_with_the_words_of_the_sender(
    client, office, path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        write(client, path, message="How may I <take> part & when?\n“今年”？", organisation="Universität Köln")

    (sent,), enquiry = mail.outbox, Enquiry.objects.get()
    assert (sent.to, sent.reply_to) == ([OFFICE], ["ada@example.org"])
    assert sent.subject == f"海智计划网站来信 {enquiry.reference}：参与海智计划"
    for text in ("How may I <take> part & when?\n“今年”？", "姓名：Ada Obi", "所在单位：Universität Köln", "收信方：海智办"):
        assert text in sent.body
    assert reverse("enquiries:edit", args=(enquiry.pk,)) in sent.body
    assert sent.content_subtype == "plain"
    assert enquiry.mail == Enquiry.Mail.SENT


def fail_after_writing(client):
    with transaction.atomic():
        write(client)
        raise ZeroDivisionError


def test_nothing_is_mailed_of_what_was_not_kept(client, office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        write(client, name="")
        with pytest.raises(ZeroDivisionError):
            fail_after_writing(client)
    assert callbacks == []
    assert mail.outbox == []


def test_a_base_that_takes_its_enquiries_itself_gets_them(office):
    base = Base.objects.get(slug="yanshan-university")
    tell_office(make_enquiry(base=base).pk)
    base.enquiry_email = "base@example.cn"
    base.save()
    tell_office(make_enquiry(base=base).pk)

    assert [sent.to for sent in mail.outbox] == [[OFFICE], ["base@example.cn"]]


def test_the_address_of_a_base_is_shown_to_no_reader(client):
    Base.objects.filter(slug="yanshan-university").update(enquiry_email="base@example.cn")

    for path in ("bases/yanshan-university/", "bases/data/csv/", "bases/data/json/", "bases/data/geojson/", "enquiry/"):
        assert b"base@example.cn" not in client.get(f"/zh/{path}").content


def test_without_an_address_of_its_own_the_office_is_reached_by_the_public_one(office):
    office.enquiry_email, office.contact_email = "", "public@example.cn"
    office.save()
    assert told(make_enquiry()) == Enquiry.Mail.SENT
    assert mail.outbox[0].to == ["public@example.cn"]

    office.contact_email = ""
    office.save()
    assert told(make_enquiry()) == Enquiry.Mail.NO_ADDRESS
    assert len(mail.outbox) == 1


@pytest.fixture
def mail_server_is_down(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1


def test_a_mail_server_that_is_down_loses_nothing(
    client, office, admin_client, mail_server_is_down, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = write(client)

    enquiry = Enquiry.objects.get()
    assert response.status_code == 302
    assert enquiry.mail == Enquiry.Mail.FAILED
    for path in (reverse("enquiries:index"), reverse("enquiries:edit", args=(enquiry.pk,))):
        assert "未发送：邮件服务器拒收或没有响应" in admin_client.get(path).content.decode()


def test_no_header_holds_what_a_sender_typed(office):
    tell_office(make_enquiry(name="Ada\nBcc: all@example.org", message="Subject: x\n\nBcc: y@example.org").pk)

    headers = mail.outbox[0].message()
    assert headers["Bcc"] is None
    assert "Ada" not in headers["Subject"] + headers["Reply-To"] + headers["From"]


def test_an_address_that_no_header_can_hold_loses_nothing(office):
    assert told(make_enquiry(email="a@b.example\nBcc: all@example.org")) == Enquiry.Mail.FAILED


def test_an_enquiry_erased_meanwhile_is_not_mailed(office):
    enquiry = make_enquiry()
    pk = enquiry.pk
    enquiry.delete()
    tell_office(pk)
    assert mail.outbox == []
