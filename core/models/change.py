from django.db import models


class Change(models.Model):
    """That something readers see has changed: the tags it touches (core.dependencies), written in the change's transaction.

    Whoever keeps what was made of it follows these rows (core.changes), so that no change is lost with a process.
    """

    tags = models.JSONField()
    moment = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.pk}: {' '.join(self.tags)}"
