"""Pictures of conflicting figures: drawn off the event loop, remembered for as long as the base stays as it is."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from bot.core.asking.comparison import Panel
from bot.core.wording import spoken
from bot.ui.asking.charts import Picture, comparison_picture, in_conflict
from bot.ui.kit.files import attachment

_REMEMBERED = 64


class Pictures:
    """Draws comparisons."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[tuple[int, int, str, int, str], Picture] = OrderedDict()
        self._drawing = asyncio.Semaphore(1)

    async def of(self, workspace: int, revision: int, title: str, panels: Sequence[Panel]) -> Picture | None:
        """The picture of *panels*; None where a single claimant gives all the figures, as nothing conflicts."""
        shown = tuple(panels)
        if not in_conflict(shown):
            return None
        key = (workspace, revision, title, hash(shown), spoken())
        async with self._drawing:
            if key not in self._drawn:
                self._drawn[key] = await asyncio.to_thread(comparison_picture, title, shown)
                if len(self._drawn) > _REMEMBERED:
                    self._drawn.popitem(last=False)
            self._drawn.move_to_end(key)
            return self._drawn[key]


def attached(picture: Picture | None) -> dict[str, Any]:
    """What to add to `send` for a picture; its description says all that it shows."""
    if picture is None:
        return {}
    return {"file": attachment("comparison.png", picture.png, picture.alt)}
