"""The roles of the portal's staff: what each may do, as data, and the command's work of giving just that."""

from .columns import COLUMN_ROLES, COLUMNS
from .role import RECORDS, Column, Power, Role
from .setting_up import set_up_roles
from .staff import ADMINISTRATOR, AUDITOR, CHIEF_EDITOR, REVIEWER, ROLES, TRANSLATOR, WRITER

ALL_ROLES = (*ROLES, *COLUMN_ROLES)

__all__ = [
    "ADMINISTRATOR",
    "ALL_ROLES",
    "AUDITOR",
    "CHIEF_EDITOR",
    "COLUMNS",
    "COLUMN_ROLES",
    "RECORDS",
    "REVIEWER",
    "ROLES",
    "TRANSLATOR",
    "WRITER",
    "Column",
    "Power",
    "Role",
    "set_up_roles",
]
