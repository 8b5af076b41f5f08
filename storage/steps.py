"""The only meeting with Alembic: walk the migration steps on a connection that is already in its transaction."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage.engine import Tx
from storage.tables import VERSION_TABLE


def up(tx: Tx, to: str = "head") -> None:
    command.upgrade(_config(tx), to)


def down(tx: Tx, to: str) -> None:
    command.downgrade(_config(tx), to)


def heads() -> list[str]:
    """The newest steps as Alembic sees them: one, as long as nobody branched."""
    return list(ScriptDirectory.from_config(_config(None)).get_heads())


def _config(tx: Tx | None) -> Config:
    config = Config(attributes={"connection": tx, "version_table": VERSION_TABLE})
    config.set_main_option("script_location", "storage:migrations")
    return config
