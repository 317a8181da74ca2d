from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, PreviewableMixin, Revision, RevisionMixin, WorkflowMixin, WorkflowState
from wagtail.search import index

from core.forms import ReviewedForm
from core.languages import LANGUAGES
from core.previews import PREVIEW_SIZES


class RecordQuerySet(models.QuerySet):
    def live(self):
        return self.filter(live=True)

    def with_status(self):
        """Return the records with what a list tells of their state, which is otherwise asked for each of them."""
        scheduled = Revision.objects.filter(
            base_content_type=ContentType.objects.get_for_model(self.model, for_concrete_model=False),
            object_id=Cast(OuterRef("pk"), models.CharField()),
            approved_go_live_at__isnull=False,
        )
        reviews = WorkflowState.objects.active().select_related("current_task_state__task")
        return self.annotate(_approved_schedule=Exists(scheduled)).prefetch_related(
            Prefetch("_workflow_states", reviews, to_attr="_current_workflow_states")
        )


class Record(index.Indexed, PreviewableMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A row that holds both languages: drafts, revisions, review, and a preview in each language.

    Translated fields are registered with django-modeltranslation in the app's `translation.py`.
    """

    #: What the admin's lists and choosers find a record by: any part of it, or its pinyin.
    search_fields = [index.AutocompleteField(name) for name in ("name_zh_hans", "name_en", "slug")]

    objects = RecordQuerySet.as_manager()

    base_form_class = ReviewedForm

    class Meta:
        abstract = True

    preview_sizes = PREVIEW_SIZES

    @property
    def approved_schedule(self) -> bool:
        """Whether a version is to be published later; read from `with_status` as Wagtail does for pages."""
        known = getattr(self, "_approved_schedule", None)
        return super().approved_schedule if known is None else known

    @property
    def preview_modes(self):
        return [(language.code, language.label) for language in LANGUAGES]

    def serve_preview(self, request, mode_name):
        with translation.override(mode_name):
            request.LANGUAGE_CODE = mode_name
            return super().serve_preview(request, mode_name).render()

    def get_preview_template(self, request, mode_name):
        return "pages/record_preview.html"

    def get_preview_context(self, request, mode_name):
        return super().get_preview_context(request, mode_name) | {
            "record": self,
            "record_template": self.preview_component,
        }

    @property
    def preview_component(self) -> str:
        """The template, given the record as `record`, that shows it as readers see it."""
        return f"components/{self._meta.model_name}.html"

    def publish_saved(self, user=None):
        """Save the record as it is as a revision and publish that: what a loader or a test does instead of an editor."""
        self.save()
        self.save_revision(user=user).publish(user=user)


class TranslatedTabs:
    """Tab headings of a record's form."""

    CHINESE = _("Chinese")
    ENGLISH = _("English")
    FACTS = _("Facts")
