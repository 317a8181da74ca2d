from audit.origin import answering
from audit.watched import TreeRights, record_sight


class AuditMiddleware:
    """Let what is recorded know the request, and record what leaves no trace in a model: what staff look at and export.

    It stands behind the authentication. It asks the database nothing unless someone signed in looks at personal data,
    exports a list or edits a role.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with answering(request):
            response = self.get_response(request)
            if tree_rights := getattr(request, "audited_tree_rights", None):
                tree_rights.record_additions()
            record_sight(request, response)
        return response

    def process_view(self, request, view, args, kwargs):
        if TreeRights.are_edited_by(request):
            request.audited_tree_rights = TreeRights()
