from wagtail.users.views.users import UserViewSet

from accounts.forms import StaffCreationForm, StaffEditForm


class StaffViewSet(UserViewSet):
    """Wagtail's management of people with the portal's own fields."""

    def get_form_class(self, for_update=False):
        return StaffEditForm if for_update else StaffCreationForm
