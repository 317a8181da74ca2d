from django.db import models


class StarterItem(models.Model):
    """A row or page of the starter content that has been loaded once; it is never loaded again.

    `key` is the file with the row's own key ("bases.csv#yanshan-university"), `fingerprint` the SHA-256 of what was loaded.
    """

    key = models.CharField(max_length=200, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.key
