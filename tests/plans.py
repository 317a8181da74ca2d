"""How the database would go about a query."""

from django.db import connection


def plan_of(rows) -> str:
    """Return the database's plan for the queryset `rows`, as it would be with many of them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    return rows.explain()
