"""Draft the next step from what `storage/tables.py` says now.

Usage: .venv/bin/python -m storage.migrations.draft "what changes"
The draft names explicit operations and no table of ours, so that it stays what it is when the tables move on.
"""

import sys
from pathlib import Path
from typing import Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import DowngradeOps, MigrationScript, UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import TypeDecorator

from storage.engine import open_store
from storage.migrate import upgrade
from storage.steps import heads
from storage.tables import VERSION_TABLE, metadata

FOLDER = Path(__file__).parent / "versions"
PAGE = '''"""{title}."""

import sqlalchemy as sa
from alembic import op

revision = "{number:04}"
down_revision = {before!r}
branch_labels = None
depends_on = None


def upgrade() -> None:
    {up}


def downgrade() -> None:
    {down}
'''


def draft(title: str) -> Path:
    """Write the file that leads from the last step to the tables as they are; gives its path."""
    head = next(iter(heads()), None)
    number = int(head or 0) + 1
    change = _difference()
    page = PAGE.format(
        title=title,
        number=number,
        before=head,
        up=_code(change.upgrade_ops_list[0]),
        down=_code(change.downgrade_ops_list[0]),
    )
    path = FOLDER / f"{number:04}_{title.lower().replace(' ', '_')}.py"
    path.write_text(page, encoding="utf-8")
    return path


def _difference() -> MigrationScript:
    store = open_store("sqlite://")
    upgrade(store)
    with store.read() as tx:
        return produce_migrations(MigrationContext.configure(tx, opts={"version_table": VERSION_TABLE}), metadata)


def _code(operations: UpgradeOps | DowngradeOps) -> str:
    lines = render_python_code(operations, render_item=_plain_type).splitlines()
    return "\n".join(line for line in lines if "# ###" not in line).lstrip()


def _plain_type(_kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Our own column types are written as what they are in the database."""
    return f"sa.{item.impl!r}" if isinstance(item, TypeDecorator) else False


if __name__ == "__main__":
    print(draft(sys.argv[1]))  # noqa: T201 - the file's path is what this command is for
