"""The gzip coding: whether the client takes it (RFC 9110 section 12.5.3), and always the same bytes."""

import gzip

LEVEL = 6


def takes_gzip(accept_encoding: str) -> bool:
    """True where gzip, or else everything, is asked for with a weight above zero; an empty header asks for nothing."""
    weights = dict(map(_weighed, accept_encoding.lower().split(",")))
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def compressed(content: bytes) -> bytes:
    """The stream holds no time and no file name, so equal content gives equal bytes."""
    return gzip.compress(content, LEVEL, mtime=0)


def _weighed(said: str) -> tuple[str, float]:
    """``gzip;q=0.5`` as a name and a weight; what is not understood weighs nothing."""
    name, _, weight = said.partition(";")
    key, _, number = weight.partition("=")
    try:
        return name.strip(), float(number) if key.strip() == "q" else float(not weight.strip())
    except ValueError:
        return name.strip(), 0.0
