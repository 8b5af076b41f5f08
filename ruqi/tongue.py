"""What is set in the environment and in `.env`, before the settings are read: which language to speak, first of all."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

ENV_FILE = Path(".env")
Language = Literal["zh", "en"]


def language() -> Language:
    """The language to speak before, or without, reading the settings; Chinese when it is not one of ours."""
    asked = given().get("RUQI_LANGUAGE", "")
    return "en" if asked == "en" else "zh"


def given() -> Mapping[str, str]:
    """Everything that is set, under names in capitals; the environment rules out the file."""
    in_file: dict[str, str] = {}
    if ENV_FILE.is_file():
        from dotenv import dotenv_values

        in_file = {key.upper(): value or "" for key, value in dotenv_values(ENV_FILE, encoding="utf-8-sig").items()}
    return in_file | {key.upper(): value for key, value in os.environ.items()}
