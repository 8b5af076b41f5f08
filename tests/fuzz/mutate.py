"""Making input: what people and programs really write, cut, doubled, mixed and spoilt. Same seed, same input."""

import random
from collections.abc import Sequence

LONGEST = 20_000
PIECES = (
    *(
        "\x00",
        "\r\n",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\u200b",
        "\ud800",
        "\U0010ffff",
        "\x1b[31m",
        "\\",
        "%s",
        "{0}",
        "${x}",
    ),
    *(
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A1",
        "';DROP TABLE part;--",
        "BEGIN:VALARM",
        "[" * 60,
        '{"a":' * 60,
    ),
    *(
        "9" * 30,
        "-1",
        "1e999",
        "NaN",
        "０１２",
        "٣",
        "〇廿卅",
        "2026年2月30日",
        "13月32日",
        "每年",
        "底前",
        "前",
        "、",
        "〔",
        "〕",
    ),
    *(
        "办",
        "收",
        "延",
        "完成",
        "12月20日",
        "RRULE:FREQ=SECONDLY",
        "&a [*a,*a]",
        "!!python/object:os.system",
        "\t",
        " " * 50,
    ),
)


class Maker:
    """One stream of inputs."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def text(self, seeds: Sequence[str]) -> str:
        """A seed with a few things done to it."""
        made = self.dice.choice(seeds)
        for _ in range(self.dice.randint(0, 5)):
            made = self._spoil(made, seeds)
        return made[:LONGEST]

    def data(self, seeds: Sequence[bytes]) -> bytes:
        """The same for bytes: flips, cuts, doublings, and text in another encoding."""
        made = bytearray(self.dice.choice(seeds))
        for _ in range(self.dice.randint(1, 6)):
            at, wide = self._place(len(made))
            match self.dice.randrange(4):
                case 0:
                    made[at : at + 1] = bytes([self.dice.randrange(256)])
                case 1:
                    del made[at : at + wide]
                case 2:
                    made[at:at] = made[at : at + wide]
                case _:
                    code = self.dice.choice(("utf-8", "gb18030", "utf-16"))
                    made[at:at] = self.dice.choice(PIECES).encode(code, "replace")
        return bytes(made)

    def _spoil(self, text: str, seeds: Sequence[str]) -> str:
        at, wide = self._place(len(text))
        match self.dice.randrange(6):
            case 0:
                return text[:at] + self.dice.choice(PIECES) * self.dice.choice((1, 1, 1, 30)) + text[at:]
            case 1:
                return text[:at] + text[at + wide :]
            case 2:
                return text[:at] + text[at : at + wide] * self.dice.choice((2, 3, 40)) + text[at:]
            case 3:
                return text[:at] + chr(self.dice.randrange(0x110000)) + text[at + 1 :]
            case 4:
                other = self.dice.choice(seeds)
                return text[:at] + other[self._place(len(other))[0] :]
            case _:
                return text[at:] + text[:at]

    def _place(self, length: int) -> tuple[int, int]:
        return self.dice.randint(0, length), self.dice.randint(1, 40)
