"""Settings that hold everywhere; dev, test and production add what is theirs."""

from django.utils.translation import gettext_lazy as _

from .environment import (
    BASE_DIR,
    VAR_DIR,
    admin_path,
    audit_folder,
    cache,
    database,
    mirror_folder,
    mirror_key,
    number,
    public_address,
    security_contact,
)
from .headers import *
from .labels import label_in_language
from .signing_in import *

INSTALLED_APPS = [
    "modeltranslation",  # stands first: it patches the models and forms of those after it
    "core",
    "accounts",
    "delivery",
    "terminology",
    "programs",
    "bases",
    "news",
    "search",
    "enquiries",
    "editorial",
    "audit",
    "readership",
    "portal",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.users_app.StaffUsersConfig",
    "wagtail.snippets",
    "accounts.library_apps.DocumentsConfig",
    "accounts.library_apps.PicturesConfig",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.forms",  # the templates of its widgets, for FORM_RENDERER
]

MIDDLEWARE = [
    "core.response_headers.ResponseHeadersMiddleware",
    "core.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.body_limit.BodyLimitMiddleware",
    "core.input_guard.InputGuardMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.response_headers.PrivateAnswersMiddleware",
    "core.cookies.MalformedCookiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageFromAddressMiddleware",
    "accounts.middleware.AdminDoorMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.routing.PageRouteMiddleware",
    "core.methods.MethodsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "audit.middleware.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "accounts.middleware.SignInStepsMiddleware",
    "accounts.reading.AdminGuardMiddleware",
    "core.plain_text.PlainTextMiddleware",
    "delivery.redirects.PublicRedirectMiddleware",
    "core.transactions.AdminTransactionMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets are drawn by the portal's templates, too

DATABASES = {"default": database()}
CACHES = {"default": cache()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages. Addresses carry the short prefixes of core.languages: /zh/ and /en/.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
MODELTRANSLATION_DEFAULT_LANGUAGE = "zh-hans"
MODELTRANSLATION_LANGUAGES = ("zh-hans", "en")
MODELTRANSLATION_ENABLE_FALLBACKS = False  # borrowed text would stand there without its own lang
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = label_in_language
LOCALE_PATHS = [
    BASE_DIR / "locale",
    BASE_DIR / "locale" / "wagtail",
]  # the second: what Wagtail's own Chinese lacks or calls otherwise
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Faults are written to the standard error stream, with their tracebacks; the server keeps them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"class": "core.log_lines.LineFormatter", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"},
        "mirror": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "audit": {"handlers": ["mirror"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"  # pictures in the sizes that pages show, and nothing else
PRIVATE_MEDIA_ROOT = VAR_DIR / "private"  # originals and documents: no web server serves from here
STORAGES = {
    "default": {"BACKEND": "core.storage.PrivateStorage"},
    "renditions": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# The static mirror: its folder, and the key of its manifest (derived from SECRET_KEY where there is none).
MIRROR_DIR = mirror_folder()
MIRROR_KEY = mirror_key()

# Changes of what readers see ring it; each process that keeps something made of them hears it.
CHANGES_BELL = VAR_DIR / "changes.bell"
CHANGES_LINE = CACHES["default"]["BACKEND"].startswith("django_redis")  # tells other machines; copies are shared there, too
PAGE_CACHE_BYTES = 0  # of each process, for whole answers; with none, what a developer edits shows at once

# People.
AUTH_USER_MODEL = "accounts.User"
# How long what is kept about people is kept, in days; the privacy page says the same.
AUDIT_KEPT_DAYS = number("AUDIT_KEPT_DAYS", default=1095, least=183)  # six months by law: Cybersecurity Law, article 21
ACCOUNTS_UNUSED_DAYS = number("ACCOUNTS_UNUSED_DAYS", default=180, least=30)
AUDIT_DIR = audit_folder()

# Views, counted by address and day.
VIEWS_KEPT_DAYS = number("VIEWS_KEPT_DAYS", default=762, least=31)  # 25 months: each month beside the same one a year before
VIEWS_WRITTEN_AFTER_SECONDS = 30  # a process that is killed loses no more than these

# Wagtail.
WAGTAIL_SITE_NAME = "海智计划 HOME Program"
BASE_URL = public_address()  # of every absolute link
ADMIN_PATH = admin_path()
SECURITY_CONTACT = security_contact()
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.uploads.forms.PictureForm"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "doc", "docx", "ods", "odt", "pdf", "ppt", "pptx", "txt", "xls", "xlsx", "zip"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.uploads.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILREDIRECTS_AUTO_CREATE = True
# A rebuild in one transaction would keep every writer out of SQLite until it ends.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends", "ATOMIC_REBUILD": False}}
SEARCH_QUERIES_KEPT_DAYS = 180  # what readers sought in vain, for the editors' report
ENQUIRY_RETENTION_DAYS = number("ENQUIRY_RETENTION_DAYS", default=365, least=30)  # since received, answered or put away
ENQUIRY_LEAST_SECONDS = 3  # nobody fills the form in faster
ENQUIRIES_IN_A_ROW = 10  # from one network address, within ENQUIRY_COUNT_SECONDS
ENQUIRY_COUNT_SECONDS = 3600
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # Wagtail's own form asks for no second factor
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "accounts.release.release"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "core.rich_text_editor.PortalRichTextArea"}}
WAGTAILEMBEDS_FINDERS = []  # the portal loads nothing from other hosts
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}

# What a request may bring. Files are bounded by the forms that take them, the whole body by the address.
MAX_BODY_BYTES = 64 * 1024
ADMIN_MAX_BODY_BYTES = 60 * 1024 * 1024  # several pictures at once
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # fields without files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page in the editor has thousands of fields
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Cookies: only the session's and the form protection's, in production with the prefix that binds them to the host.
SESSION_COOKIE_SAMESITE = "Lax"  # strict would greet staff who follow a link in a mail with the sign-in page
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
