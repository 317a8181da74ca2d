from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from core.languages import LANGUAGES, other_language
from core.models import PortalPage, Record
from core.pairing import language_of
from core.report_entries import ReportEntry, report_addresses
from editorial import history
from editorial.checks.running import findings
from editorial.checks.views import ImportWordsView, PageChecksView, RecordChecksView, address_of_checks
from editorial.checks.viewsets import ListedWordViewSet
from editorial.desk import DraftsPanel, LateFindingsPanel, PairsPanel, PromisesPanel
from editorial.gravity import Gravity
from editorial.late_findings import is_held_back
from editorial.linking import LinkView
from editorial.matching import MatchView
from editorial.models import Pair
from editorial.observing import subject_of_page, subject_of_record
from editorial.promise_view import PromiseView
from editorial.promises import may_promise
from editorial.releasing import waiting_of
from editorial.reports import PairsReport
from editorial.rights import may_see_pairs, visible_pairs
from editorial.views import PairView, pair_of_page, pair_of_record

register_snippet(ListedWordViewSet)


@hooks.register("register_admin_urls")
def addresses():
    return [
        *report_addresses(PairsReport, "languages/"),
        path("languages/<int:pk>/", PairView.as_view(), name="language_pair"),
        path("languages/<int:pk>/blocks/", MatchView.as_view(), name="match_blocks"),
        path("languages/page/<int:page_id>/", pair_of_page, name="language_pair_of_page"),
        path("languages/page/<int:page_id>/link/", LinkView.as_view(), name="link_translations"),
        path("languages/page/<int:page_id>/promise/", PromiseView.as_view(), name="promise_translation"),
        path("languages/record/<slug:app_label>/<slug:model_name>/<int:pk>/", pair_of_record, name="language_pair_of_record"),
        path("checks/page/<int:page_id>/", PageChecksView.as_view(), name="checks_of_page"),
        path("checks/record/<slug:app_label>/<slug:model_name>/<int:pk>/", RecordChecksView.as_view(), name="checks_of_record"),
        path("checks/words/import/", ImportWordsView.as_view(), name="import_listed_words"),
    ]


@hooks.register("register_reports_menu_item")
def pairs_entry():
    return ReportEntry(PairsReport, may_see_pairs, order=880)


@hooks.register("construct_homepage_panels")
def put_on_the_desk(request, panels):
    panels += [LateFindingsPanel(), PromisesPanel(), PairsPanel(), DraftsPanel()]


@hooks.register("register_page_header_buttons")
def lead_from_a_page_to_its_pair(page, user, view_name, next_url=None):
    if issubclass(page.specific_class or type(page), PortalPage):
        address = reverse("language_pair_of_page", args=(page.pk,))
        yield Button(_("Side by side"), url=address, icon_name="site", priority=12)
        checks = reverse("checks_of_page", args=(page.pk,))
        yield Button(PageChecksView.page_title, url=checks, icon_name=PageChecksView.header_icon, priority=14)
        if page.permissions_for_user(user).can_edit():
            link = reverse("link_translations", args=(page.pk,))
            yield Button(LinkView.page_title, url=link, icon_name=LinkView.header_icon, priority=13)
        if getattr(page, "is_published_in_pairs", False) and may_promise(user, page):
            promise = reverse("promise_translation", args=(page.pk,))
            yield Button(PromiseView.page_title, url=promise, icon_name=PromiseView.header_icon, priority=14)


@hooks.register("register_snippet_listing_buttons")
def lead_from_a_record_to_its_pair(snippet, user, next_url=None):
    if isinstance(snippet, Record):
        place = (snippet._meta.app_label, snippet._meta.model_name, snippet.pk)
        yield Button(_("Side by side"), url=reverse("language_pair_of_record", args=place), icon_name="site", priority=15)
        checks = reverse("checks_of_record", args=place)
        yield Button(RecordChecksView.page_title, url=checks, icon_name=RecordChecksView.header_icon, priority=16)


@hooks.register("before_edit_page")
def tell_that_a_page_is_behind(request, page):
    if isinstance(page, PortalPage):
        _tell(request, subject_of_page(page), [language_of(page)])


@hooks.register("before_edit_snippet")
def tell_that_a_record_is_behind(request, record):
    if isinstance(record, Record):
        _tell(request, subject_of_record(record), LANGUAGES)


def _tell(request, subject: str, languages) -> None:
    """Say to whoever opens an editor which of `languages` are behind, and where that can be read."""
    if request.method != "GET" or request.headers.get("x-requested-with"):
        return
    pair = visible_pairs(request.user).listed().filter(subject=subject, state=Pair.State.DRIFTED).first()
    for language in languages if pair else ():
        if gravity := pair.behind(language):
            texts = {"behind": language.label, "ahead": other_language(language).label}
            told = (
                _("Numbers, dates or names in %(ahead)s have changed since %(behind)s was in line with it.")
                if gravity == Gravity.GRAVE
                else _("The wording in %(ahead)s has changed since %(behind)s was in line with it.")
            )
            button = messages.button(reverse("language_pair", args=(pair.pk,)), _("Side by side"))
            messages.warning(request, told % texts, buttons=[button])


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def tell_what_an_item_waits_for(request, item):
    """Say of an approved text that is opened why readers do not see it yet, and what would set it free."""
    if request.method == "GET" and not request.headers.get("x-requested-with") and isinstance(item, (PortalPage, Record)):
        _tell_what_it_waits_for(request, item)


@hooks.register("after_edit_page")
def tell_what_an_approved_page_waits_for(request, page):
    """Say so to who has just given the last approval, too: Wagtail says no more than that the page was updated."""
    if "action-workflow-action" in request.POST:
        _tell_what_it_waits_for(request, page)


def _tell_what_it_waits_for(request, item) -> None:
    if is_held_back(item):
        told = _("This text is approved, but held back: the checks have since found what keeps a text from being published.")
        messages.warning(request, told, buttons=[messages.button(address_of_checks(item), _("See what"))])
    elif isinstance(item, PortalPage) and waiting_of(item):
        _tell_that_it_waits_for_its_other_language(request, item)


def _tell_that_it_waits_for_its_other_language(request, page) -> None:
    told = _(
        "This text is approved. It goes public together with its other language (%(language)s), once that is approved too."
    )
    button = messages.button(reverse("promise_translation", args=(page.pk,)), PromiseView.page_title)
    told = told % {"language": other_language(language_of(page)).label}
    messages.info(request, told, buttons=[button] if may_promise(request.user, page) else None)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_what_the_checks_found(request, item):
    """Tell who sends a text in for review how much there is to look at; grave findings have refused it before."""
    if "action-submit" in request.POST and isinstance(item, (PortalPage, Record)) and (number := len(findings(item))):
        told = ngettext("The checks found %d thing to look at.", "The checks found %d things to look at.", number) % number
        messages.warning(request, told, buttons=[messages.button(address_of_checks(item), _("See what"))])


@hooks.register("register_log_actions")
def say_in_the_history(actions):
    history.register(actions)
