"""The deeds that the log knows: a closed list, by area."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    SIGNED_IN = "sign_in.done", _("signed in")
    SIGN_IN_REFUSED = "sign_in.refused", _("further tries to sign in refused")
    SIGN_IN_FAILED = "sign_in.failed", _("sign-in failed")
    SIGNED_OUT = "sign_in.out", _("signed out")
    SESSION_ENDED = "sign_in.session_ended", _("session ended")
    PASSWORD_CHANGED = "sign_in.password_changed", _("password changed")
    FACTOR_ADDED = "second_factor.added", _("second factor set up")
    FACTOR_REMOVED = "second_factor.removed", _("second factor removed")
    FACTOR_RENEWED = "second_factor.renewed", _("second factor renewed")
    FACTOR_FAILED = "second_factor.failed", _("second factor failed")
    RECOVERY_CODE_USED = "second_factor.recovery_code_used", _("recovery code used")

    ACCOUNT_CREATED = "account.created", _("account created")
    ACCOUNT_CHANGED = "account.changed", _("account changed")
    ACCOUNT_DELETED = "account.deleted", _("account deleted")
    MEMBERSHIP_CHANGED = "rights.membership", _("roles of an account changed")
    GROUP_CREATED = "rights.group_created", _("role created")
    GROUP_RENAMED = "rights.group_renamed", _("role renamed")
    GROUP_DELETED = "rights.group_deleted", _("role deleted")
    RIGHTS_CHANGED = "rights.changed", _("rights of a role changed")
    ACCESS_RESTRICTED = "rights.restricted", _("access restricted")
    ACCESS_OPENED = "rights.opened", _("restriction of access lifted")

    PERSONAL_DATA_SEEN = "personal_data.seen", _("personal data viewed")
    PERSONAL_DATA_EXPORTED = "personal_data.exported", _("personal data exported")
    PERSONAL_DATA_ERASED = "personal_data.erased", _("personal data erased")

    ENQUIRY_ANSWERED = "enquiry.answered", _("enquiry answered")

    CREATED = "content.created", _("created")
    PUBLISHED = "content.published", _("published")
    UNPUBLISHED = "content.unpublished", _("taken down")
    SCHEDULED = "content.scheduled", _("publication scheduled")
    SCHEDULE_CANCELLED = "content.schedule_cancelled", _("scheduled publication cancelled")
    MOVED = "content.moved", _("moved")
    COPIED = "content.copied", _("copied")
    REVERTED = "content.reverted", _("earlier version restored")
    DECLARED_IN_LINE = "content.in_line", _("both languages declared in line")
    TRANSLATION_PROMISED = "content.translation_promised", _("one language let go first, the other promised")
    PROMISE_WITHDRAWN = "content.promise_withdrawn", _("promise of a translation withdrawn")
    DATE_CORRECTED = "content.date_corrected", _("date of a published item changed")
    CORRECTION_REMOVED = "content.correction_removed", _("public correction changed or removed")
    LOCKED = "content.locked", _("locked")
    UNLOCKED = "content.unlocked", _("unlocked")
    DELETED = "content.deleted", _("deleted")
    REVIEW_STARTED = "review.started", _("submitted for review")
    REVIEW_APPROVED = "review.approved", _("approved in review")
    RELEASE_HELD = "review.release_held", _("approved, waits for the other language")
    REVIEW_REJECTED = "review.rejected", _("sent back in review")
    REVIEW_RESUMED = "review.resumed", _("review resumed")
    REVIEW_CANCELLED = "review.cancelled", _("review cancelled")

    FILE_ADDED = "file.added", _("file uploaded")
    FILE_CHANGED = "file.changed", _("file or its details changed")
    FILE_DELETED = "file.deleted", _("file deleted")
    SETTINGS_CHANGED = "settings.changed", _("settings changed")
    EXPORTED = "data.exported", _("list exported")

    LOG_READ = "log.read", _("audit log viewed")
    LOG_EXPORTED = "log.exported", _("audit log exported")
    LOG_INTRUDED = "log.intruded", _("entry of unknown origin refused")
    LOG_SHORTENED = "log.shortened", _("old entries archived and removed from the log")
