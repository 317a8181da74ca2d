"""What is kept about a member of staff, and how it is erased."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from wagtail.users.models import UserProfile

from accounts.models import User
from core import personal_data

# Rows that hang on an account and say nothing once it is anonymous. Of a second factor nothing but its kind is exported.
HANGING = {
    "mfa.Authenticator": ("type", "created_at", "last_used_at"),
    "account.EmailAddress": ("email", "verified"),
    "usersessions.UserSession": ("ip", "user_agent", "created_at", "last_seen_at"),
    "wagtailcore.PageSubscription": ("page_id",),
    "wagtailadmin.EditingSession": ("object_id", "last_seen_at"),
    "wagtailadmin.FormState": ("object_id", "last_updated_at"),
    "wagtailusers.UserProfile": ("preferred_language", "current_time_zone", "avatar"),
}
# The lists' own results are asked for again with every letter typed into the search.
VIEWS = frozenset({"index", "index_results", "edit", "history", "history_results", "usage", "delete"})
FIELDS = ("id", "username", "email", "first_name", "last_name", "name_zh", "unit", "is_active", "date_joined", "last_login")


class AccountKeeper(personal_data.Keeper):
    """The account with its roles, sessions and second factors. Erased, its row stays without name or rights, because what
    was published hangs on it."""

    key = "account"
    kept = "The account stays as a number without a name, closed and without roles."

    def export(self, person):
        user = person.user
        if user is None:
            return {}
        return {
            "fields": {name: _written(getattr(user, name)) for name in FIELDS},
            "roles": sorted(user.groups.values_list("name", flat=True)),
            "sessions": [session.expire_date.isoformat() for session in sessions_of(user)],
        } | {
            model._meta.model_name: [
                {name: _written(value) for name, value in row.items()}
                for row in model._base_manager.filter(user=user).values(*columns)
            ]
            for model, columns in _hanging()
        }

    def erase(self, person):
        user = person.user
        if user is None:
            return personal_data.Erasure()
        counts = {"sessions": 0}
        for session in list(sessions_of(user)):
            session.delete()
            counts["sessions"] += 1
        profile = UserProfile.objects.filter(user=user).first()
        if profile and profile.avatar:
            storage, name = profile.avatar.storage, profile.avatar.name
            transaction.on_commit(lambda: storage.delete(name))
        for model, _columns in _hanging():
            counts[model._meta.model_name] = model._base_manager.filter(user=user).delete()[0]
        _make_anonymous(user)
        return personal_data.Erasure(counts | {"account": 1})


def _make_anonymous(user: User) -> None:
    user.username = f"former-{user.pk}"
    user.email = user.first_name = user.last_name = user.name_zh = user.unit = ""
    user.is_active = user.is_superuser = user.is_staff = False
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


def sessions_of(user):
    """Return the stored sessions in which the account is signed in."""
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            yield session


def _hanging():
    return [(apps.get_model(name), columns) for name, columns in HANGING.items() if apps.is_installed(_app(name))]


def _app(name: str) -> str:
    labels = {config.label: config.name for config in apps.get_app_configs()}
    return labels.get(name.partition(".")[0], "")


def _written(value):
    return value if isinstance(value, (bool, int, type(None))) else str(value)


def register() -> None:
    personal_data.register(AccountKeeper())
    personal_data.register_views(personal_data.Views("wagtailusers_users", User, VIEWS))
