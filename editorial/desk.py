"""What waits on a person's desk: translations missing or behind, their own drafts, and what is scheduled."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, IntegerField, OuterRef, Q
from django.db.models.functions import Cast
from django.template.loader import get_template
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page, Revision

from core.languages import other_language
from core.visibility import visible
from editorial.checks.views import address_of_checks
from editorial.late_findings import waiting
from editorial.models import HeldRelease, LateFinding, Promise
from editorial.reports import prepared
from editorial.rights import open_record_types, own_pages, visible_pairs, working_languages

SHOWN = 8


class DeskPanel(Component):
    """A panel that stands only where it has something to show, and reads that once."""

    def render_html(self, parent_context=None):
        context = self.get_context_data(parent_context)
        return get_template(self.template_name).render(context) if any(context.values()) else ""


class PairsPanel(DeskPanel):
    """The pairs that are missing or behind in a language that the person writes, grave ones first."""

    name = "language_pairs"
    template_name = "editorial/desk_pairs.html"
    order = 120

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        languages = working_languages(user)
        lacking = visible_pairs(user).lacking(*languages)
        pairs = prepared(list(lacking.listed().gravest_first()[: SHOWN + 1]), user) if languages else []
        return {"languages": languages, "pairs": pairs[:SHOWN], "more": len(pairs) > SHOWN}


class PromisesPanel(DeskPanel):
    """The translations promised in a language that the person writes, overdue ones first, and the approved texts on the
    person's pages that wait for their other language."""

    name = "promised_translations"
    template_name = "editorial/desk_promises.html"
    order = 110

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        first = [other_language(language).code for language in working_languages(user)]
        # Looked up for each promise: by a list, or a join on the language, all pages would be read.
        page = Q(pk=OuterRef("page"), locale__language_code__in=first)
        promises = Promise.objects.filter(Exists(own_pages(user).filter(page)) | Exists(visible(Page.objects.filter(page))))
        own = Exists(own_pages(user).filter(pk=OuterRef("page")))
        waiting = HeldRelease.objects.standing().filter(own)
        return {
            "promises": list(promises.select_related("page__locale").order_by("due", "pk")[:SHOWN]),
            "waiting": list(waiting.select_related("page").order_by("held_at", "pk")[:SHOWN]),
        }


class LateFindingsPanel(DeskPanel):
    """What is approved, waits and is held back, among what the person may change."""

    name = "late_findings"
    template_name = "editorial/desk_late.html"
    order = 100

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        pages = own_pages(user).filter(pk=Cast(OuterRef("object_id"), IntegerField()))
        of_pages = Q(Exists(pages), base_content_type=ContentType.objects.get_for_model(Page))
        own = waiting().filter(of_pages | Q(base_content_type__in=open_record_types(user)))
        held = own.filter(pk__in=LateFinding.objects.values("revision")).order_by("approved_go_live_at", "pk")
        return {"held": [(revision, address_of_checks(revision.content_object)) for revision in held[:SHOWN]]}


class DraftsPanel(DeskPanel):
    """The person's own drafts, and what is scheduled among the pages that they may change. Wagtail itself lists what waits for
    their review."""

    name = "own_drafts"
    template_name = "editorial/desk_drafts.html"
    order = 130

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        drafts = Page.objects.filter(owner=user, has_unpublished_changes=True).order_by("-latest_revision_created_at", "pk")
        own = own_pages(user)
        scheduled = (
            Revision.objects.filter(
                base_content_type=ContentType.objects.get_for_model(Page), approved_go_live_at__gt=timezone.now()
            )
            .order_by("approved_go_live_at", "pk")
            .values_list("object_id", "approved_go_live_at")
        )
        moments = {int(key): moment for key, moment in scheduled}
        pages = own.filter(pk__in=moments).in_bulk()
        return {
            "drafts": list(drafts[:SHOWN]),
            "scheduled": [(pages[pk], moment) for pk, moment in moments.items() if pk in pages][:SHOWN],
        }
