"""What programs of benchmarks/ fit for answering: numbers by the names of what they weigh, in fitted.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

NUMBERS: dict[str, Any] = json.loads(
    resources.files("bot.core.asking.answering").joinpath("fitted.json").read_text("utf-8")
)


def weights(model: str, of: Sequence[str]) -> tuple[float, ...]:
    """The weights of *model*, of each feature in turn."""
    return tuple(NUMBERS[model][name] for name in of)


def keep(**fitted: Any) -> None:
    """Write the numbers of some models into the file, rounded; the others stay as they are."""
    rounded = json.loads(json.dumps(NUMBERS | fitted), parse_float=lambda number: round(float(number), 4))
    Path(__file__).with_name("fitted.json").write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")
