"""Which passwords are taken, and how long they last."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.breaches import times_breached
from accounts.models import User
from accounts.passwords import BreachedPasswordValidator
from portal.settings import environment
from tests.signing_in import PASSWORD, client_of

pytestmark = pytest.mark.usefixtures("portal")

GOOD = "amber lantern quietly 47 rivers"
PERSON = User(username="wanghaiyan", first_name="Haiyan", last_name="Wang", name_zh="王海燕", email="haiyan.wang@example.org")


def digest_of(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.fixture(scope="module")
def leaked(tmp_path_factory):
    """A list of 2,000 leaked passwords, ordered by hash as Pwned Passwords is, each with its number as count."""
    path = tmp_path_factory.mktemp("leaked") / "pwned.txt"
    lines = sorted(f"{digest_of(f'leaked {number}')}:{number + 1}" for number in range(2000))
    path.write_text("\r\n".join(lines) + "\r\n")
    return path


@pytest.mark.parametrize(
    "password",
    [
        *(
            "short",
            "elevenchars",
            "123456789012",
            "password1234",
            "qwertyuiop12",
            "aaaaaaaaaaaaa",
            "abcdefghijkl",
            "letmeinletmein",
        ),
        *(
            "wanghaiyan2026",
            "HaiyanWang1234",
            "haizhijihua2026",
            "homeprogram2026!",
            "海智计划海智计划海智",
            "cast-cast-cast-1",
        ),
    ],
)
def test_what_is_short_common_or_about_the_person_or_the_programme_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, PERSON)


@pytest.mark.parametrize("password", [GOOD, "秦皇岛的灯塔与七只海鸥飞过", "x9!Kq2#vT7mW", "amber lantern quietly rivers " * 6])
def test_what_is_long_and_unforeseen_is_taken(password):
    validate_password(password, PERSON)


@pytest.mark.parametrize(("language", "words"), [("en", "too easy to guess"), ("zh-hans", "过于容易猜中")])
def test_the_refusal_says_what_to_do_in_the_persons_language(language, words):
    with translation.override(language), pytest.raises(ValidationError, match=words):
        validate_password("homeprogram2026", PERSON)


def test_every_leaked_password_is_found_and_no_other(leaked, capsys):
    found = [times_breached(digest_of(f"leaked {number}"), leaked) for number in range(2000)]
    others = [times_breached(digest_of(f"other {number}"), leaked) for number in range(2000)]

    assert found == list(range(1, 2001))
    assert not any(others)
    assert not times_breached("0" * 40, leaked)
    assert not times_breached("F" * 40, leaked)
    with capsys.disabled():
        print(f"\n  {len(found)} leaked passwords found, {len(others)} others not")


def test_the_list_is_read_in_a_few_places_only(leaked, monkeypatch):
    opened = []
    real_open = type(leaked).open

    def counting(path, *arguments):
        file = real_open(path, *arguments)
        opened.append(file)
        file_readline, reads = file.readline, []
        wrapper = type("Counted", (), {"__enter__": lambda self: self, "__exit__": lambda self, *fault: file.close()})()
        wrapper.seek, wrapper.read = file.seek, file.read
        wrapper.readline = lambda: (reads.append(1), file_readline())[1]
        opened[-1] = reads
        return wrapper

    monkeypatch.setattr(type(leaked), "open", counting)
    times_breached(digest_of("nothing of the kind"), leaked)

    assert len(opened[0]) <= 18


def test_a_leaked_password_is_refused(leaked):
    validator = BreachedPasswordValidator(leaked)

    with pytest.raises(ValidationError, match="泄露"):
        validator.validate("leaked 77")
    validator.validate(GOOD)


@pytest.mark.parametrize("content", [None, "", "password\nletmein\n", "B" * 40 + ":1\n" + "A" * 40 + ":1\n", "a" * 40 + ":1\n"])
def test_a_list_that_is_none_stops_the_start_with_its_name(tmp_path, monkeypatch, content):
    path = tmp_path / "pwned.txt"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("BREACHED_PASSWORDS_FILE", str(path))

    with pytest.raises(ImproperlyConfigured, match=r"BREACHED_PASSWORDS_FILE.*pwned\.txt"):
        environment.breached_passwords_file()


def test_a_list_as_it_is_published_is_taken(leaked, monkeypatch):
    monkeypatch.setenv("BREACHED_PASSWORDS_FILE", str(leaked))
    assert environment.breached_passwords_file() == leaked
    monkeypatch.setenv("BREACHED_PASSWORDS_FILE", " ")
    assert environment.breached_passwords_file() is None


@pytest.mark.parametrize("value", ["-1", "abc", "1.5", "99999"])
def test_an_age_that_is_no_number_of_days_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("PASSWORD_MAX_AGE_DAYS", value)
    with pytest.raises(ImproperlyConfigured, match="PASSWORD_MAX_AGE_DAYS"):
        environment.number("PASSWORD_MAX_AGE_DAYS", default=180, most=3650)


@pytest.mark.parametrize(
    ("days", "age", "due"), [(180, 179, False), (180, 181, True), (0, 4000, False), (180, None, True), (0, None, True)]
)
def test_an_old_password_or_one_set_by_an_administrator_is_changed_first(staff, settings, days, age, due):
    settings.PASSWORD_MAX_AGE_DAYS = days
    user = staff("writer")
    user.password_changed_on = age and timezone.now() - timedelta(days=age)
    user.save()
    client = client_of(user)

    response = client.get(reverse("wagtailadmin_home"))

    assert (response.status_code, response.headers.get("Location")) == (
        (302, reverse("account_change_password")) if due else (200, None)
    )


def test_the_person_changes_the_password_and_goes_on(staff):
    user = staff("writer")
    User.objects.filter(pk=user.pk).update(password_changed_on=None)
    client = client_of(User.objects.get(pk=user.pk))
    form = {"oldpassword": PASSWORD, "password1": GOOD, "password2": GOOD}

    assert client.post(reverse("account_change_password"), form).url == reverse("wagtailadmin_home")

    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    user.refresh_from_db()
    assert user.check_password(GOOD)
    assert timezone.now() - user.password_changed_on < timedelta(minutes=5)
    assert mail.outbox[-1].subject in ("密码已修改", "Your password was changed")


def test_the_present_password_is_asked_for(staff):
    user = staff("writer")
    form = {"oldpassword": "wrong", "password1": GOOD, "password2": GOOD}

    assert client_of(user).post(reverse("account_change_password"), form).status_code == 200

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def _staff_form(user, **changes) -> dict:
    fields = {"username": user.username, "email": user.email, "first_name": "A", "last_name": "B", "is_active": "on"}
    return fields | {"name_zh": "", "unit": "", "preferred_language": "en"} | changes


def test_a_password_set_by_an_administrator_is_for_the_first_sign_in_only(admin_client, staff):
    user = staff("writer")
    address = reverse("wagtailusers_users:edit", args=(user.pk,))

    assert admin_client.post(address, _staff_form(user, password1=GOOD, password2=GOOD)).status_code == 302

    user.refresh_from_db()
    assert user.check_password(GOOD)
    assert user.password_changed_on is None
    assert user.preferred_language == "en"
    assert [(notice.to, notice.subject) for notice in mail.outbox] == [([user.email], "Your password was changed")]


def test_other_changes_by_an_administrator_leave_the_password_alone(admin_client, staff):
    user = staff("writer")
    before = user.password_changed_on

    admin_client.post(reverse("wagtailusers_users:edit", args=(user.pk,)), _staff_form(user, unit="秘书处"))

    user.refresh_from_db()
    assert (user.unit, user.password_changed_on) == ("秘书处", before)


def test_nobody_sets_their_own_password_without_the_present_one(admin_client):
    user = User.objects.get(username="root")
    for address in (reverse("wagtailusers_users:edit", args=(user.pk,)), reverse("wagtailadmin_account")):
        assert "password" not in admin_client.get(address).content.decode().split("<main")[1].replace("/account/password/", "")
    form = _staff_form(user, password1=GOOD, password2=GOOD, is_superuser="on")

    admin_client.post(reverse("wagtailusers_users:edit", args=(user.pk,)), form)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_person_without_a_usable_password_is_not_sent_to_change_it(staff):
    user = staff("writer")
    user.set_unusable_password()
    user.save()

    assert client_of(user).get(reverse("wagtailadmin_home")).status_code == 200


def test_a_new_password_hashed_by_argon2_keeps_the_old_ones_readable(settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    user = User.objects.create_user("someone", password=GOOD)

    assert user.password.startswith("argon2$argon2id$")
    assert Client().post(reverse("account_login"), {"login": "someone", "password": GOOD}).status_code == 302
