"""What a person may do with pages and records, where the portal is stricter than Wagtail."""

from wagtail.models import PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy

#: The right to unpublish a record; its group holds it as Wagtail's "publish".
TAKE_DOWN = "take_down"


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's answers, except that

    - nobody publishes, neither now nor at a set time: the last approval of a review does; who holds the right to publish takes
      down, moves, deletes and restricts what is public;
    - without the right to publish, one deletes and moves only what is one's own, was never public and is not in review;
    - no page moves, and no copy goes, into the other language's tree;
    - who only reads is offered nothing that changes a page.
    """

    def __init__(self, user, page):
        super().__init__(user, page)
        self.only_reads = getattr(user, "is_reading", False)

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_set_view_restrictions(self):
        return super().can_publish()

    def can_unschedule(self):
        return super().can_publish()

    def can_delete(self, ignore_bulk=False):
        if self.user.is_superuser or not self.user.is_active or "publish" in self.permissions:
            return super().can_delete(ignore_bulk)
        if not (ignore_bulk or "bulk_delete" in self.permissions or self.page.is_leaf()):
            return False
        return "add" in self.permissions and self._is_own_draft()

    def _is_own_draft(self) -> bool:
        page = self.page  # a list of many asks each: what the page itself tells needs no query
        if page.owner_id != self.user.pk or page.live or page.first_published_at or page.workflow_in_progress:
            return False
        below = {"owner": self.user, "live": False, "first_published_at": None}
        return page.is_leaf() or not page.get_descendants().exclude(**below).exists()

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


class RecordPermissionPolicy(ModelPermissionPolicy):
    """Wagtail's answers, except that nobody publishes a record: the last approval of a review does."""

    def user_has_permission(self, user, action):
        if action == "publish":
            return False
        return super().user_has_permission(user, "publish" if action == TAKE_DOWN else action)
