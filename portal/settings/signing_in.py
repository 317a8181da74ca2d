"""Settings of accounts: sign-in with allauth, second factor, passwords, sessions, the admin's own host and networks."""

from .environment import admin_host, admin_networks, admin_path, breached_passwords_file, number, trusted_proxies

# The way in. There is no other: no sign-up, no social accounts, no passwords by mail.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = f"/{admin_path()}login/"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "accounts.adapters.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = False  # accounts.throttle counts: allauth's own counts would let a stranger shut an account
MFA_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300

# The second factor.
SECOND_FACTOR_REQUIRED = True
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "海智计划 HOME Program"
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds, for clocks that run apart and slow fingers (RFC 6238, 5.2)
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.AuthenticateByCodeForm",
    "reauthenticate": "accounts.second_factor_forms.ReauthenticateByCodeForm",
    "authenticate_webauthn": "accounts.second_factor_forms.AuthenticateByPasskeyForm",
    "reauthenticate_webauthn": "accounts.second_factor_forms.ReauthenticateByPasskeyForm",
    "add_webauthn": "accounts.second_factor_forms.AddPasskeyForm",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Failed tries within THROTTLE_SECONDS, before every further one is refused until they are over.
THROTTLE_SECONDS = 15 * 60
THROTTLE_TRIES_OF_ACCOUNT = 5
THROTTLE_TRIES_OF_DEVICE = 5
THROTTLE_TRIES_OF_ADDRESS = 20
TRUSTED_PROXIES = trusted_proxies()
DEVICE_COOKIE_NAME = "device"
DEVICE_COOKIE_SECONDS = 180 * 24 * 3600

# Passwords.
BREACHED_PASSWORDS_FILE = breached_passwords_file()
PASSWORD_MAX_AGE_DAYS = number("PASSWORD_MAX_AGE_DAYS", default=180, most=3650)  # 0: they never grow old
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.GuessablePasswordValidator"},
    {"NAME": "accounts.passwords.BreachedPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# Sessions.
SESSION_IDLE_SECONDS = 30 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# The admin's door.
ADMIN_HOST = admin_host()
ADMIN_NETWORKS = admin_networks()
