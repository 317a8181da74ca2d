"""The checks that the editorial room makes."""

from django.utils.translation import gettext_lazy as _

from editorial.checks.alt_texts import missing_alt_texts
from editorial.checks.doubled import doubled_words
from editorial.checks.facts import missing_date, missing_source
from editorial.checks.grades import Grade
from editorial.checks.headings import headings_out_of_order
from editorial.checks.links import links_to_drafts, links_to_the_other_language, links_to_what_is_gone
from editorial.checks.listed import listed_words
from editorial.checks.merged import merged_words
from editorial.checks.name_variants import name_variants
from editorial.checks.registry import Check, in_texts, register
from editorial.checks.spacing import broken_spacing
from editorial.checks.untranslated import untranslated_lines
from editorial.checks.widths import mixed_widths

CHECKS = (
    Check(
        "alt_text",
        _("Missing alt texts"),
        _("Pictures without words for who cannot see them, in the text's language."),
        Grade.GRAVE,
        missing_alt_texts,
    ),
    Check("date", _("Missing date"), _("Wherever there is a field for the date."), Grade.GRAVE, missing_date),
    Check("source", _("Missing source"), _("Wherever there is a field for the source."), Grade.GRAVE, missing_source),
    Check("gone", _("Links to what was deleted"), _("Pages, documents and records."), Grade.GRAVE, links_to_what_is_gone),
    Check(
        "draft",
        _("Links to what is not public"),
        _("Drafts, pages taken down and private pages."),
        Grade.GRAVE,
        links_to_drafts,
    ),
    Check(
        "language",
        _("Links to the other language"),
        _("From a text in one language to a page in the other."),
        Grade.WARNS,
        links_to_the_other_language,
    ),
    Check(
        "listed",
        _("Words to avoid"),
        _("From the site's own list; each word has a grade of its own."),
        Grade.WARNS,
        listed_words,
    ),
    Check(
        "name",
        _("Names written otherwise than registered"),
        _("Variants of official names that the register says are not to be used."),
        Grade.WARNS,
        name_variants,
    ),
    Check(
        "merged",
        _("English words run together"),
        _("As in “beenaccomplished”, pasted from Word or a PDF."),
        Grade.WARNS,
        in_texts(merged_words),
    ),
    Check(
        "spacing",
        _("Broken spacing"),
        _("Blanks before marks, several in a row, or missing ones."),
        Grade.WARNS,
        in_texts(broken_spacing),
    ),
    Check(
        "width",
        _("Full-width and half-width signs mixed"),
        _("Commas and brackets of the other script, letters in full width."),
        Grade.WARNS,
        in_texts(mixed_widths),
    ),
    Check(
        "doubled",
        _("Doubled words"),
        _("As in “the the” or “的的”; words such as 常常 are known."),
        Grade.WARNS,
        in_texts(doubled_words),
    ),
    Check(
        "untranslated",
        _("Left untranslated"),
        _("Lines in Chinese in an English text."),
        Grade.WARNS,
        in_texts(untranslated_lines),
    ),
    Check(
        "heading",
        _("Headings out of order"),
        _("Empty headings, subsections before any section."),
        Grade.WARNS,
        headings_out_of_order,
    ),
)


def register_checks() -> None:
    for check in CHECKS:
        register(check)
