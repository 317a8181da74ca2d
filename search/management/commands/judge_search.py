from django.core.management.base import BaseCommand

from search.judging import judge, judged_queries, mean


class Command(BaseCommand):
    help = "Ask the judged queries of the starter content and print recall, precision and right first hits, by group."

    def add_arguments(self, parser):
        parser.add_argument("--faults", action="store_true", help="list each query that is not answered as judged")

    def handle(self, *, faults, **options):
        judgements = judge(judged_queries())
        groups = sorted({judgement.judged.group for judgement in judgements})
        self.stdout.write(f"{'group':16}{'queries':>8}{'recall':>9}{'precision':>11}{'first':>8}")
        for group in [*groups, ""]:
            chosen = [judgement for judgement in judgements if not group or judgement.judged.group == group]
            self.stdout.write(
                f"{group or 'all':16}{len(chosen):8}{mean(entry.recall for entry in chosen):9.3f}"
                f"{mean(entry.precision for entry in chosen):11.3f}{mean(entry.is_first_right for entry in chosen):8.3f}"
            )
        if faults:
            self._list_faults(judgements)

    def _list_faults(self, judgements) -> None:
        for judgement in judgements:
            judged, found = judgement.judged, judgement.found
            missed = judged.relevant.difference(found)
            needless = [key for key in found if key not in judged.relevant]
            if missed or needless or not judgement.is_first_right:
                self.stdout.write(f"\n{judged.language} {judged.query}")
                self.stdout.write(
                    f"  first: {found[0] if found else 'nothing'}" + ("" if judgement.is_first_right else "  WRONG")
                )
                for heading, keys in (("missed", sorted(missed)), ("needless", needless)):
                    if keys:
                        self.stdout.write(f"  {heading}: {' '.join(keys)}")
