from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from wagtail.models import Page

from core.findable import Kind
from core.languages import BY_PREFIX, CHINESE
from core.structure import HOME_DEPTH, SiteStructure
from search.analysis import tokens
from search.backends import written_out
from search.finding import Search
from search.findings import Asked


class Command(BaseCommand):
    help = "Search as a reader does; --explain shows the tokens, the query of the database and the parts of each score."

    def add_arguments(self, parser):
        parser.add_argument("query")
        parser.add_argument("--language", choices=sorted(BY_PREFIX), default=CHINESE.prefix)
        parser.add_argument("--kind", choices=Kind.values, default="", help="list the hits of one kind")
        parser.add_argument("--page", type=int, default=1, help="of the hits of one kind")
        parser.add_argument("--explain", action="store_true")

    def handle(self, *, query, language, kind, page, explain, **options):
        language = BY_PREFIX[language]
        home = Page.objects.filter(depth=HOME_DEPTH, locale__language_code=language.code, live=True).first()
        if home is None:
            raise CommandError(f"There is no live home page in {language.name}: publish one, or load the starter content.")
        with translation.override(language.code):
            findings = Search(SiteStructure(), home, language).find(Asked(query, kind, page=page))
            if explain:
                self._explain(findings.understood)
            self._print(findings)
        if not findings.total:
            self.stdout.write("Nothing was found in this language.")

    def _explain(self, understood) -> None:
        self.stdout.write(f"tokens: {' '.join(tokens(understood.query))}")
        if understood.corrected:
            self.stdout.write(f"read as: {understood.corrected}")
        for unit in understood.units:
            self.stdout.write(f"part: {unit.words}" + (f" = {' = '.join(unit.also)}" if unit.also else ""))
        if understood.expression is not None:
            self.stdout.write(f"query: {written_out(understood.expression, understood.column)}")

    def _print(self, findings) -> None:
        counts = ", ".join(f"{kind.value} {count}" for kind, count in findings.counts.items())
        self.stdout.write(f"{findings.total} found ({counts}); {findings.elsewhere} in the other language")
        for hit in [*findings.hits, *(hit for group in findings.groups for hit in group.hits)]:
            score = " + ".join(f"{name} {value:g}" for name, value in hit.rank.parts.items())
            self.stdout.write(f"{hit.rank.total:8.2f}  {hit.entry.title}  {hit.path}")
            self.stdout.write(f"          {score}")
            self.stdout.write(
                "          " + "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in hit.snippet)
            )
