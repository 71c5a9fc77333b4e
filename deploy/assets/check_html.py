"""Compare the HTML we render with upstream's own examples, so that styles and HTML stay a pair."""

import json
import re
from pathlib import Path

from jinja2 import Environment, PackageLoader, PrefixLoader

PACKAGE = "govuk_frontend_jinja"


def plain(html: str) -> str:
    """Return the HTML without what means nothing in it."""
    # Two ways to escape a quotation mark: ours and upstream's.
    spaced = re.sub(r"\s+", " ", html.replace("&#34;", "&quot;"))
    return re.sub(r"\s*([<>])\s*", r"\1", spaced).strip()


def differing(dist: Path) -> tuple[list[str], int]:
    """Return the examples whose HTML differs, and how many examples there are."""
    loader = PrefixLoader({PACKAGE: PackageLoader(PACKAGE)})
    environment = Environment(loader=loader, autoescape=True)
    found, seen = [], 0
    for path in sorted((dist / "govuk" / "components").glob("*/fixtures.json")):
        component = path.parent.name
        template = environment.get_template(f"{PACKAGE}/components/{component}/macro.html")
        macro = getattr(template.module, "govuk" + component.title().replace("-", ""))
        for example in json.loads(path.read_text(encoding="utf-8"))["fixtures"]:
            seen += 1
            if plain(str(macro(example["options"]))) != plain(example["html"]):
                found.append(f"{component}: {example['name']}")
    return found, seen
