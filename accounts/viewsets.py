from wagtail.admin.ui.tables import TitleColumn
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.groups import IndexView as GroupIndexView
from wagtail.users.views.users import IndexView as StaffIndexView
from wagtail.users.views.users import UserViewSet

from accounts.forms import StaffCreationForm, StaffEditForm


class ExportableStaffIndexView(StaffIndexView):
    list_export = ["username", "name_zh", "first_name", "last_name", "email", "unit", "is_active", "last_login"]


class StaffViewSet(UserViewSet):
    """Wagtail's management of people with the portal's own fields."""

    copy_view_enabled = False
    index_view_class = ExportableStaffIndexView

    def get_form_class(self, for_update=False):
        return StaffEditForm if for_update else StaffCreationForm


class RoleIndexView(GroupIndexView):
    columns = [
        TitleColumn("name", label=GroupIndexView.columns[0].label, sort_key="name", url_name="wagtailusers_groups:inspect")
    ]


class RoleViewSet(GroupViewSet):
    """The groups of the roles, to be looked at: what they may do is data, and set_up_roles restores it."""

    index_view_class = RoleIndexView
    inspect_view_enabled = True
    inspect_view_fields = ["name", "permissions"]
