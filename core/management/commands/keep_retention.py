import logging

from django.core.management.base import BaseCommand, CommandError

from core.retention import rules

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Remove what has been kept for its time and close unused accounts, by the rules of every room. Run it once a day."

    def handle(self, **options):
        failed = [rule.key for rule in rules() if not self._applied(rule)]
        if failed:
            raise CommandError(f"Not applied: {', '.join(failed)}. The rest was; see the messages above.")

    def _applied(self, rule) -> bool:
        """Apply one rule; a failing one does not keep the others from being applied."""
        try:
            count = rule.apply()
        except Exception as error:
            logger.exception("The retention rule %s failed", rule.key)
            self.stderr.write(f"{rule.key}: {error}")
            return False
        self.stdout.write(f"{rule.key}: {count} {rule.title}")
        return True
