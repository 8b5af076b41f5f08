"""Help pages in the reader's language: click parses, these classes speak.

A command's sentences stand in the catalogue under its path: ``cli.help.plan_import`` (the first line is what a list of
commands shows), its options and arguments under ``cli.param.plan_import.chase``, or ``cli.param.json`` when several
commands share one.
"""

from collections.abc import Mapping, Sequence

import click

from ruqi import columns
from ruqi.speech import known, text


class Spoken(click.Command):
    """A command whose help comes from the catalogue."""

    def get_help(self, ctx: click.Context) -> str:
        return "\n".join(self.page(ctx))

    def get_usage(self, ctx: click.Context) -> str:
        return f"{text('word.usage')} {ctx.command_path} {' '.join(self.collect_usage_pieces(ctx))}".rstrip()

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.options_metavar = text("word.some_options")
        return super().collect_usage_pieces(ctx)

    def page(self, ctx: click.Context) -> list[str]:
        about = [line for part in _help(path(ctx)).splitlines() for line in columns.wrap(part, columns.screen())]
        return [self.get_usage(ctx), "", *about, *self._parameters(ctx)]

    def _parameters(self, ctx: click.Context) -> list[str]:
        said: list[str] = []
        params = self.get_params(ctx)
        for heading, kind in (("word.arguments", click.Argument), ("word.options", click.Option)):
            rows = [(_signature(param, ctx), _about(param, ctx)) for param in params if isinstance(param, kind)]
            if rows:
                said += ["", text(heading), *columns.pairs(rows)]
        return said


class SpokenGroup(Spoken, click.Group):
    """A group of commands; `sections` (catalogue key → names) puts them in order on its page."""

    command_class = Spoken
    sections: Mapping[str, Sequence[str]] = {}

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.subcommand_metavar = text("word.command")
        return super().collect_usage_pieces(ctx)

    def page(self, ctx: click.Context) -> list[str]:
        return [*super().page(ctx), *self._commands(ctx)]

    def _commands(self, ctx: click.Context) -> list[str]:
        said: list[str] = []
        for heading, names in (self.sections or {"word.commands": self.list_commands(ctx)}).items():
            rows = [(name, _help(_join(path(ctx), name)).partition("\n")[0]) for name in names]
            said += ["", text(heading), *columns.pairs(rows)]
        return said


def path(ctx: click.Context) -> str:
    """``plan_import`` for `ruqi plan import`, ``ruqi`` for the program itself."""
    names: list[str] = []
    at: click.Context | None = ctx
    while at is not None and at.parent is not None:
        names.insert(0, str(at.info_name))
        at = at.parent
    return "_".join(names) or "ruqi"


def _join(parent: str, name: str) -> str:
    return name if parent == "ruqi" else f"{parent}_{name}"


def _help(key: str) -> str:
    return text(f"help.{key}")


def _signature(param: click.Parameter, ctx: click.Context) -> str:
    if isinstance(param, click.Argument):
        return param.make_metavar(ctx)
    names = ", ".join(param.opts)
    flag = isinstance(param, click.Option) and (param.is_flag or param.count)
    return names if flag else f"{names} {param.make_metavar(ctx)}"


def _about(param: click.Parameter, ctx: click.Context) -> str:
    name = "help" if param.expose_value is False and "--help" in param.opts else param.name
    own = f"param.{path(ctx)}.{name}"
    return text(own) if known(own) else text(f"param.{name}")
