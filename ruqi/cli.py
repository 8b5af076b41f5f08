"""The command line: `ruqi`. A command is imported when it is called, so that `ruqi --help` is quick."""

import sys
import traceback
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from ruqi.blotting import blot
from ruqi.speech import explain, known, note, text
from ruqi.spoken import SpokenGroup
from schedules.errors import RuqiError

SECTIONS = {
    "section.start": ("run", "play", "doctor", "audit", "drill"),
    "section.plans": ("plan", "event"),
    "section.people": ("roster", "officer", "unit", "link"),
    "section.programs": ("api", "hook"),
    "section.calendar": ("feed",),
    "section.keeping": ("backup", "restore", "timeline"),
}
WRONG = 2
BROKEN = 1
INTERRUPTED = 130


class Front(SpokenGroup):
    """The program. Whatever goes wrong in a command becomes one clear line and an exit code here."""

    sections = SECTIONS
    debug = False

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [name for names in SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"ruqi.commands.{cmd_name}").command
        return found

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - click's own is as loose
        self.debug = False
        extra["standalone_mode"] = False
        try:
            sys.exit(super().main(*args, **{"prog_name": "ruqi", **extra}) or 0)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(0)
        except click.UsageError as error:
            _say_usage(error)
            sys.exit(WRONG)
        except click.ClickException as error:
            click.echo(error.format_message(), err=True)
            sys.exit(WRONG)
        except click.Abort:
            sys.exit(INTERRUPTED)
        except RuqiError as error:
            self._say(error)
            sys.exit(getattr(error, "exit_code", WRONG))
        except Exception as error:  # noqa: BLE001 - the last word to a person, whatever happened
            self._say_unexpected(error)
            sys.exit(BROKEN)

    def _say(self, error: RuqiError) -> None:
        if self.debug:
            click.echo(blot(traceback.format_exc()), err=True)
        for line in explain(error):
            click.echo(blot(line), err=True)

    def _say_unexpected(self, error: Exception) -> None:
        if self.debug:
            click.echo(blot(traceback.format_exc()), err=True)
        else:
            note("error.unexpected", what=blot(f"{type(error).__name__}: {error}".partition("\n")[0]))


def _say_usage(error: click.UsageError) -> None:
    """A slip at the keyboard: what was wrong, what was probably meant, where the help is."""
    near = list(getattr(error, "possibilities", None) or [])
    match error:
        case click.NoSuchOption():
            note("usage.no_option", name=error.option_name)
        case click.exceptions.NoSuchCommand():
            note("usage.no_command", name=error.command_name)
            near = near or _near(error)
        case click.MissingParameter():
            note("usage.missing", name=_named(error))
        case click.BadParameter(param=click.Parameter()) if known(_kind(error)):
            note("usage.bad", name=_named(error), kind=text(_kind(error), choices=_choices(error)))
        case _:
            note("usage.other", why=error.format_message())
    if near:
        note("usage.near", names=" · ".join(near))
    note("usage.help", command=error.ctx.command_path if error.ctx else "ruqi")


def _near(error: click.exceptions.NoSuchCommand) -> list[str]:
    found = error.ctx.command if error.ctx else None
    names = found.list_commands(error.ctx) if isinstance(found, click.Group) and error.ctx else []
    return get_close_matches(error.command_name, names, n=1)


def _named(error: click.BadParameter) -> str:
    param = error.param
    return "" if param is None or error.ctx is None else param.get_error_hint(error.ctx).strip("'")


def _kind(error: click.BadParameter) -> str:
    return f"usage.kind.{error.param.type.name.replace(' ', '_')}" if error.param else ""


def _choices(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return " | ".join(map(str, kind.choices))
    return f"{kind.min}–{kind.max}" if isinstance(kind, click.IntRange | click.FloatRange) else ""


def _switch_on(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    root = ctx.find_root().command
    if isinstance(root, Front):
        root.debug = value


@click.command("ruqi", cls=Front)
@click.version_option(package_name="ruqi", prog_name="ruqi", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, expose_value=False, is_eager=True, callback=_switch_on)
def main() -> None:
    """如期."""
