"""The columns of the site and their roles: who writes, translates or reviews in one column alone."""

from dataclasses import replace

from .role import Column, Role
from .staff import REVIEWER, TRANSLATOR, WRITER

COLUMNS = (
    Column("news", "新闻 News", "news.newsindexpage", ("news.topic",)),
    Column("bases", "基地 Bases", "bases.baseindexpage", ("bases.base", "bases.basecategory")),
    Column("programme", "计划 Programme", "programs.programindexpage", ("programs.figure", "programs.milestone")),
    Column("about", "关于 About", "portal.standardpage"),
)


def _within(role: Role, column: Column) -> Role:
    return replace(
        role,
        key=f"{column.key}-{role.key}",
        name=f"{role.name} · {column.name}",
        duty=f"{role.duty}, in the column {column.name} alone",
        column=column,
        enquiries=(),  # who writes to the programme is known to the site's own reviewers alone
    )


COLUMN_ROLES = tuple(_within(role, column) for column in COLUMNS for role in (WRITER, TRANSLATOR, REVIEWER))
