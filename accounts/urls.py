"""The addresses of accounts, below the admin's: of allauth's only those that the portal wants."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from accounts import views
from accounts.throttle import throttled
from accounts.views import account_page, name_of_pending, own_name, typed_name

_PAGES = [
    ("login/", throttled(typed_name)(views.SignInView.as_view()), "account_login"),
    ("logout/", account.logout, "account_logout"),
    ("account/password/", throttled(own_name)(views.OwnPasswordView.as_view()), "account_change_password"),
    ("account/reauthenticate/", throttled(own_name)(account.reauthenticate), "account_reauthenticate"),
    ("account/sessions/", views.OwnSessionsView.as_view(), "usersessions_list"),
    ("account/sessions/<int:pk>/end/", views.end_session, "account_end_session"),
    ("account/second-factor/", second_factor.index, "mfa_index"),
    ("account/second-factor/authenticate/", throttled(name_of_pending)(second_factor.authenticate), "mfa_authenticate"),
    ("account/second-factor/reauthenticate/", throttled(own_name)(second_factor.reauthenticate), "mfa_reauthenticate"),
    ("account/second-factor/app/", totp.activate_totp, "mfa_activate_totp"),
    ("account/second-factor/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    ("account/second-factor/codes/", recovery_codes.view_recovery_codes, "mfa_view_recovery_codes"),
    ("account/second-factor/codes/new/", recovery_codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    ("account/second-factor/passkeys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    ("account/second-factor/passkeys/add/", passkeys.add_webauthn, "mfa_add_webauthn"),
    ("account/second-factor/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    ("account/second-factor/passkeys/<int:pk>/name/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    (
        "account/second-factor/passkeys/reauthenticate/",
        throttled(own_name)(views.ProveByPasskeyView.as_view()),
        "mfa_reauthenticate_webauthn",
    ),
]

urlpatterns = [path(route, account_page(view), name=name) for route, view, name in _PAGES]

# Takes the place of Wagtail's own form for readers of private pages, below each language's prefix.
reader_patterns = [path("_util/login/", views.readers_door)]
