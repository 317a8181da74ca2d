"""The form of an enquiry."""

import re

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from bases.models import Base
from core.languages import Language
from core.plain_text import without_invisible
from enquiries.models.enquiry import PERSONAL_FIELDS, Enquiry
from enquiries.stamps import new_stamp, read_stamp

MESSAGE_LENGTH = 4000  # characters
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # marks that turn the direction of writing (UAX 9)
_TOO_LONG = ngettext_lazy(
    "This is too long: %(limit_value)d character fits, and it has %(show_value)d. Shorten it.",
    "This is too long: %(limit_value)d characters fit, and it has %(show_value)d. Shorten it.",
    "limit_value",
)
_one_line = RegexValidator("\n", _("Write this on one line."), code="lines", inverse_match=True)


def _line(label, missing="", *, autocomplete="off", longest=200, field=forms.CharField, errors=None, **options) -> forms.Field:
    """Return a field of one line of text; without the message `missing` it may stay empty."""
    made = field(
        label=label,
        required=bool(missing),
        max_length=longest,
        error_messages={"required": missing, "max_length": _TOO_LONG} | (errors or {}),
        **options,
    )
    made.validators.append(_one_line)
    made.widget.attrs["autocomplete"] = autocomplete
    return made


class EnquiryForm(forms.Form):
    """What a reader writes. Invisible characters are taken out before anything is looked at.

    `remark` is for robots: readers do not see it, and whoever fills it in is told to leave it empty. `stamp` tells when the
    form was given out.
    """

    base = forms.ModelChoiceField(
        label=_("To"),
        queryset=Base.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("The programme office"),
        help_text=_("The office reads what is written to a base, too, unless the base takes enquiries itself."),
        error_messages={
            "invalid_choice": _("This base is no longer in the list. Choose another one, or the programme office.")
        },
    )
    kind = forms.ChoiceField(
        label=_("Subject"),
        choices=[("", _("Choose a subject")), *Enquiry.Kind.choices],
        error_messages={
            "required": _("Choose a subject. If none fits, choose “Something else”."),
            "invalid_choice": _("Choose one of the subjects in the list."),
        },
    )
    message = forms.CharField(
        label=_("Your message"),
        max_length=MESSAGE_LENGTH,
        error_messages={"required": _("Write your message."), "max_length": _TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    name = _line(_("Your name"), _("Write your name."), autocomplete="name", longest=100)
    email = _line(
        _("Your e-mail address"),
        _("Write your e-mail address: the answer goes there."),
        autocomplete="email",
        longest=254,
        field=forms.EmailField,
        errors={"invalid": _("This is not an e-mail address. Write it as name@example.org.")},
        help_text=_("The answer goes there. It is used for nothing else."),
    )
    country = _line(_("Country or region you live in"), autocomplete="country-name", longest=100)
    organisation = _line(_("Your organisation"), autocomplete="organization")
    expertise = _line(_("Field of expertise"), help_text=_("Such as materials science, or medical imaging."))
    remark = _line(_("Leave this field empty"))
    consent = forms.BooleanField(
        label=_("I agree that what I have written here is kept and used to deal with my enquiry."),
        error_messages={"required": _("Tick the box if you agree. Without it the portal may not keep your enquiry.")},
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, language: Language, data=None, **options):
        self.language = language
        self.turned: list[str] = []
        super().__init__(self._legible(data) if data is not None else None, auto_id="enquiry-%s", label_suffix="", **options)
        self.fields["base"].queryset = Base.objects.live().by_name(language)
        self.fields["base"].label_from_instance = lambda base: base.short_name
        self.fields["message"].help_text = gettext(
            "In Chinese or English, %(number)s characters at most. Leave out personal details that the matter does not need."
        ) % {"number": f"{MESSAGE_LENGTH:,}"}
        self.fields["email"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["remark"].widget.attrs["tabindex"] = "-1"
        self.fields["consent"].short_label = _("Your consent")  # in the summary of errors: the label is a sentence
        for name in ("country", "organisation", "expertise"):
            self.fields[name].may_be_empty = True
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # what is too long comes back whole, with the fault named
            field.template_name = "components/form_field.html"

    def _legible(self, data):
        """Return what was sent without invisible characters and with plain line ends; note where some turn the writing."""
        data = data.copy()
        for name in PERSONAL_FIELDS:
            sent = data.get(name) or ""
            if _TURNING.search(sent):
                self.turned.append(name)
            data[name] = without_invisible(sent.replace("\r\n", "\n").replace("\r", "\n"))
        return data

    def clean(self):
        cleaned = super().clean()
        for name in self.turned:
            message = _(
                "Invisible marks that turn the direction of writing were taken out. Read it again and send it once more."
            )
            self.add_error(name, message)
        if cleaned.get("remark"):
            self.add_error("remark", _("This field is for robots. Empty it and send the form again."))
        self.stamp = read_stamp(cleaned.get("stamp", ""))
        if not self.stamp.is_known:
            self.data["stamp"] = new_stamp()
        if self.errors:
            return cleaned
        if not self.stamp.is_known:
            self.add_error(None, _("The form was open for more than a day, or is not the portal’s own. Send it once more."))
        elif self.stamp.is_hasty:
            self.add_error(None, _("The form came back faster than anybody can write. Wait some seconds and send it again."))
        return cleaned

    def enquiry_values(self) -> dict:
        """Return the fields of the enquiry that a valid form holds."""
        names = ("base", "kind", *PERSONAL_FIELDS)
        return {name: self.cleaned_data[name] for name in names} | {"language": self.language.code}
