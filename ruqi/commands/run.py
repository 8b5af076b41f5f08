"""`ruqi run`: the whole program, until Ctrl-C."""

import gc
from collections.abc import Callable

import click

from ruqi.spoken import Spoken


@click.command(cls=Spoken)
@click.option("--host", metavar="HOST")
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65535))
@click.option("--clock", "start", metavar="TIME")
@click.option("--speed", metavar="N", type=click.FloatRange(0, 86400), default=0.0)
def command(*, host: str | None, port: int | None, start: str | None, speed: float) -> None:
    run = _loaded()
    click.get_current_context().exit(run(host=host, port=port, start=start, speed=speed))


def _loaded() -> Callable[..., int]:
    """The program, loaded in one go: modules are no garbage, so nobody looks for any in them, now or later."""
    gc.disable()
    from ruqi.starting import run

    gc.freeze()
    gc.enable()
    return run
