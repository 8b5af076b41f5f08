"""axe-core, which many accessibility checkers are built on: what a screen reader or a keyboard would stumble over."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.judges import npm
from tests.judges.npm import NotInstalled

__all__ = ["NotInstalled", "findings", "source"]
HERE = Path(__file__).parent / "axe-core"
GRAVE = ("serious", "critical")
# Contrast takes axe longer than all else together; tests/web/contrast.js measures it.
RUN = """axe.run(document, {resultTypes: ["violations"], rules: {"color-contrast": {enabled: false}}}).then(
  said => said.violations.map(one => [one.impact, one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]))
"""


def source() -> str:
    """The judge's script; raises NotInstalled with the reason."""
    return (npm.install(HERE) / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page, script: str) -> list[Any]:
    """The serious and critical findings in a page: impact, rule, and the first places."""
    page.evaluate(script)
    found: list[Any] = page.evaluate(RUN)
    return [one for one in found if one[0] in GRAVE]
