from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """An entry of the admin's menu for those who hold a permission."""

    def __init__(self, label, url, permission: str, **kwargs):
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)
