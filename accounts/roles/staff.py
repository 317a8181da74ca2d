"""The six roles of the staff, as data.

Page rights are given on the home page of each language's tree; record rights hold for both languages,
because a record keeps both in one row.
"""

from core.languages import CHINESE, ENGLISH

from .role import ABOUT_NAMES, ABOUT_READERS, PUBLISH, WRITE, Power, Role

BOTH = (CHINESE.code, ENGLISH.code)
REPORTS = (*ABOUT_READERS, "search.view_indexingfailure")
CHECKS = (
    "editorial.change_checksettings",
    "editorial.add_listedword",
    "editorial.change_listedword",
    "editorial.delete_listedword",
)
REDIRECTS = ("wagtailredirects.add_redirect", "wagtailredirects.change_redirect", "wagtailredirects.delete_redirect")

WRITER = Role(
    "writer",
    "撰稿 Writer",
    "drafts pages in Chinese and records in both languages",
    pages={CHINESE.code: WRITE},
    records=WRITE,
    library=("add", "choose"),
    permissions=(*ABOUT_NAMES, *ABOUT_READERS),
)
TRANSLATOR = Role(
    "translator",
    "翻译 Translator",
    "drafts pages in English and records in both languages",
    pages={ENGLISH.code: WRITE},
    records=WRITE,
    library=("add", "choose"),
    permissions=("simple_translation.submit_translation", *ABOUT_NAMES, *ABOUT_READERS),
)
REVIEWER = Role(
    "reviewer",
    "审核 Reviewer",
    "approves what was submitted, in both languages; answers enquiries",
    pages=dict.fromkeys(BOTH, ("change", "lock")),
    records=("change",),
    library=("choose",),
    enquiries=("view", "change"),
    permissions=(*ABOUT_NAMES, *ABOUT_READERS),
)
CHIEF_EDITOR = Role(
    "chief-editor",
    "主编 Chief editor",
    "gives the last approval and takes down, in both languages; answers enquiries",
    pages=dict.fromkeys(BOTH, (*PUBLISH, "lock", "unlock")),
    records=(*PUBLISH, "delete"),
    library=("add", "change", "choose", "delete"),
    enquiries=("view", "change", "export"),
    permissions=(
        "accounts.view_rights",
        "simple_translation.submit_translation",
        "editorial.promise_translation",
        "search.add_term",
        "search.change_term",
        "search.delete_term",
        "terminology.add_name",
        "terminology.change_name",
        "terminology.delete_name",
        *ABOUT_NAMES,
        *CHECKS,
        *REPORTS,
        *REDIRECTS,
    ),
)
# Groups and workflows are made by set_up_roles alone: who could change them would give himself any right.
ADMINISTRATOR = Role(
    "administrator",
    "管理员 Administrator",
    "looks after staff, site settings and provinces; writes and publishes nothing",
    Power.ADMINISTRATION,
    collections=("add", "change"),
    permissions=(
        "accounts.view_rights",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.delete_user",
        "auth.view_group",
        "wagtailcore.change_site",
        "wagtailcore.view_workflow",
        "wagtailcore.view_task",
        "bases.add_province",
        "bases.change_province",
        "portal.change_sitesettings",
        "delivery.view_policyviolation",
        *REPORTS,
        *REDIRECTS,
    ),
)
AUDITOR = Role(
    "auditor",
    "审计员 Auditor",
    "reads everything and changes nothing",
    Power.AUDIT,
    pages=dict.fromkeys(BOTH, ("view",)),
    records=("view",),
    library=("view",),
    collections=("view",),
    enquiries=("view",),
    permissions=(
        "accounts.only_read",
        "accounts.view_rights",
        "accounts.view_user",
        "auth.view_group",
        "wagtailcore.view_site",
        "wagtailcore.view_workflow",
        "wagtailcore.view_task",
        "bases.view_province",
        "portal.view_sitesettings",
        "audit.view_entry",
        "delivery.view_policyviolation",
        "search.view_term",
        *ABOUT_NAMES,
        "editorial.view_checksettings",
        "editorial.view_listedword",
        "wagtailredirects.view_redirect",
        *REPORTS,
    ),
)
ROLES = (WRITER, TRANSLATOR, REVIEWER, CHIEF_EDITOR, ADMINISTRATOR, AUDITOR)
