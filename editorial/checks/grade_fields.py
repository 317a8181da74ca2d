"""The form field in which the grade of each check is chosen."""

from django import forms
from django.utils.translation import gettext as _

from editorial.checks.grades import Grade
from editorial.checks.registry import checks


class GradesWidget(forms.Widget):
    """A choice for each check that is registered, with its own grade chosen where the site has chosen none."""

    template_name = "editorial/grades_widget.html"

    def get_context(self, name, value, attrs):
        context, chosen = super().get_context(name, value, attrs), value or {}
        context["rows"] = [
            (check, f"{name}-{check.key}", str(chosen.get(check.key, check.grade.value)), check.grade) for check in checks()
        ]
        context["grades"] = [(str(grade.value), grade.label) for grade in Grade]
        return context

    def value_from_datadict(self, data, files, name):
        return {check.key: data[f"{name}-{check.key}"] for check in checks() if f"{name}-{check.key}" in data}

    def value_omitted_from_data(self, data, files, name):
        return not self.value_from_datadict(data, files, name)


class GradesField(forms.Field):
    """Returns the chosen grades, as numbers by the keys of their checks, where they are other than the checks' own."""

    widget = GradesWidget

    def to_python(self, value):
        chosen = {}
        for check in checks():
            text = str((value or {}).get(check.key, check.grade.value))
            if text not in {str(grade.value) for grade in Grade}:
                raise forms.ValidationError(_("“%(check)s”: choose one of the grades.") % {"check": check.label})
            if int(text) != check.grade:
                chosen[check.key] = int(text)
        return chosen

    def has_changed(self, initial, data):
        return (initial or {}) != self.to_python(data)
