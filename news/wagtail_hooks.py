from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from core.viewsets import STATUS, UPDATED, RecordViewSet
from news import history
from news.models import Topic


@register_snippet
class TopicViewSet(RecordViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("News topics")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["name", "slug", "position", STATUS, UPDATED]


@hooks.register("register_log_actions")
def say_in_the_history(actions):
    history.register(actions)
