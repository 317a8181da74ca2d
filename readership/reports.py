"""What staff see of the views: the pages read most in a period, and the views of each day."""

import datetime
from urllib.parse import urlencode

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from core.charts import bars
from core.languages import BY_CODE, CHINESE, ENGLISH
from readership.models import DailyViews
from readership.titles import places_of

PERIODS = (7, 30, 365)  # days, today among them
USUAL_PERIOD = 30
CHART_WIDTH, CHART_HEIGHT = 730, 120


class PageColumn(TitleColumn):
    """The title of a page, with a link if it is public now; the address of one that is gone."""

    def get_value(self, row):
        return row["title"] or f"/{row['path']}"

    def get_link_url(self, row, parent_context):
        language = CHINESE if row["chinese"] else ENGLISH
        return f"/{language.prefix}/{row['path']}" if row["is_public"] else None


class ViewsReport(ReportView):
    """The pages read most, counted in both languages together or in one."""

    model = DailyViews
    permission_policy = ModelPermissionPolicy(DailyViews)
    permission_required = "view"
    page_title = _("Most read pages")
    header_icon = "view"
    index_url_name = "views_report"
    results_template_name = "readership/report_results.html"
    verbose_name_plural = _("pages")
    default_ordering = "-total"
    columns = [
        PageColumn("title", label=_("Page")),
        Column("chinese", label=CHINESE.name, sort_key="chinese"),
        Column("english", label=ENGLISH.name, sort_key="english"),
        Column("total", label=_("Views"), sort_key="total"),
    ]
    list_export = ["title", "path", "chinese", "english", "total"]
    export_headings = {
        "title": _("Page"),
        "path": _("Address"),
        "chinese": CHINESE.name,
        "english": ENGLISH.name,
        "total": _("Views"),
    }
    export_filename = "views"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        asked = request.GET.get("days", "")
        self.days = next((days for days in PERIODS if asked == str(days)), USUAL_PERIOD)
        self.language = BY_CODE.get(request.GET.get("language", ""))
        self.today = timezone.localdate()
        self.first_day = self.today - datetime.timedelta(days=self.days - 1)

    def _views(self):
        views = DailyViews.objects.filter(day__range=(self.first_day, self.today))
        return views.filter(language=self.language.code) if self.language else views

    def get_base_queryset(self):
        in_chinese, in_english = (Q(language=language.code) for language in (CHINESE, ENGLISH))
        return (
            self._views()
            .values("path")
            .annotate(
                total=Sum("count"),
                chinese=Sum("count", filter=in_chinese, default=0),
                english=Sum("count", filter=in_english, default=0),
            )
        )

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "path")

    def decorate_paginated_queryset(self, rows):
        places = places_of(row["path"] for row in rows)
        for row in rows:
            place = places.get(row["path"])
            row["title"], row["is_public"] = str(place or ""), bool(place and not place.rest)
        return rows

    def get_context_data(self, **kwargs):
        by_day = dict(self._views().values_list("day").annotate(views=Sum("count")).order_by())
        days = [self.first_day + datetime.timedelta(days=number) for number in range(self.days)]
        counts = [(day, by_day.get(day, 0)) for day in days]
        return super().get_context_data(**kwargs) | {
            "periods": [(days, self._query(days=days), days == self.days) for days in PERIODS],
            "languages": [
                (language, self._query(language=language and language.code), language is self.language)
                for language in (None, CHINESE, ENGLISH)
            ],
            "days": self.days,
            "total": sum(count for _day, count in counts),
            "busiest": max(counts, key=lambda pair: pair[1]),
            "counts": counts,
            "bars": bars(counts, CHART_WIDTH, CHART_HEIGHT),
            "chart_width": CHART_WIDTH,
            "chart_height": CHART_HEIGHT,
        }

    def _query(self, **changes) -> str:
        chosen = {"days": self.days, "language": self.language and self.language.code} | changes
        return "?" + urlencode({name: value for name, value in chosen.items() if value})
