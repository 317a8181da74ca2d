from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from core.viewsets import STATUS, UPDATED, RecordViewSet
from news import history
from news.explorer import NewsPagesViewSet
from news.models import NewsIndexPage, NewsPage, Topic
from news.word.forms import lists_of
from news.word.views import FindingsView, WordView, taken_from_word


@register_snippet
class TopicViewSet(RecordViewSet):
    model = Topic
    icon = "tag"
    menu_label = gettext_lazy("News topics")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["name", "slug", "position", STATUS, UPDATED]


@hooks.register("register_admin_viewset")
def news_pages_viewset():
    return NewsPagesViewSet()


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("news/word/", WordView.as_view(), name="news_from_word"),
        path("news/word/<int:page_id>/", FindingsView.as_view(), name="news_from_word_findings"),
    ]


class WordEntry(MenuItem):
    def is_shown(self, request):
        return bool(lists_of(request.user))


@hooks.register("register_admin_menu_item")
def word_entry():
    return WordEntry(gettext_lazy("News from Word"), reverse("news_from_word"), icon_name=WordView.header_icon, order=215)


@hooks.register("register_page_header_buttons")
def lead_between_news_and_word(page, user, view_name, next_url=None):
    kind = page.specific_class
    if kind is NewsIndexPage and page.permissions_for_user(user).can_add_subpage():
        address = f"{reverse('news_from_word')}?list={page.pk}"
        yield Button(WordView.page_title, url=address, icon_name=WordView.header_icon, priority=14)
    elif kind is NewsPage and not page.live and page.permissions_for_user(user).can_edit() and taken_from_word(page):
        address = reverse("news_from_word_findings", args=(page.pk,))
        yield Button(_("What Word held besides"), url=address, icon_name=WordView.header_icon, priority=14)


@hooks.register("register_log_actions")
def say_in_the_history(actions):
    history.register(actions)
