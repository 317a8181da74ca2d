"""What a person may do with a page, where the portal is stricter than Wagtail."""

from wagtail.models import PagePermissionTester


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's answers, except that

    - without the right to publish, one deletes and moves only what is one's own, was never public and is not in review;
    - no page moves, and no copy goes, into the other language's tree;
    - who only reads is offered nothing that changes a page.
    """

    def __init__(self, user, page):
        super().__init__(user, page)
        self.only_reads = getattr(user, "is_reading", False)

    def can_delete(self, ignore_bulk=False):
        if not super().can_delete(ignore_bulk):
            return False
        if self.user.is_superuser or "publish" in self.permissions:
            return True
        return "add" in self.permissions and self._is_own_draft()

    def _is_own_draft(self) -> bool:
        pages = self.page.get_descendants(inclusive=True)
        if pages.exclude(owner=self.user, live=False, first_published_at=None).exists():
            return False
        return not self.page.workflow_in_progress

    def can_copy(self):
        return super().can_copy() and not self.only_reads

    def can_unlock(self):
        return super().can_unlock() and not self.only_reads

    def can_submit_for_moderation(self):
        return super().can_submit_for_moderation() and not self.only_reads

    def can_move_to(self, destination):
        return destination.locale_id == self.page.locale_id and super().can_move_to(destination)

    def can_copy_to(self, destination, recursive=False):
        return destination.locale_id == self.page.locale_id and super().can_copy_to(destination, recursive)
