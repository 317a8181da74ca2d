from wagtail.users.apps import WagtailUsersAppConfig


class StaffUsersConfig(WagtailUsersAppConfig):
    user_viewset = "accounts.viewsets.StaffViewSet"
    group_viewset = "accounts.viewsets.RoleViewSet"
