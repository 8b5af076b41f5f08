"""`python -m tests.bot_api --port N --ledger FILE`: the fake Bot API as its own process; prints its address first."""

import argparse
from pathlib import Path

from tests.bot_api.bench import TOKEN, Bench
from tests.bot_api.ledger import Ledger
from tests.bot_api.running import listening, serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bot_api", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--ledger", type=Path, help="append every call to this file, one JSON object a line")
    parser.add_argument("--token", default=TOKEN, help="the one token it accepts")
    options = parser.parse_args()
    sock = listening(options.port)
    print("ready http://{}:{}".format(*sock.getsockname()), flush=True)
    serve(Bench(token=options.token, ledger=Ledger(options.ledger)), sock)


if __name__ == "__main__":
    main()
