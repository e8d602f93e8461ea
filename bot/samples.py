"""The base that a server may start with: that of whoever runs the bot, or the sample that Caveat brings along."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.core.claims import FactBase
from bot.files.factfile import load
from bot.services.bases import Sample
from bot.settings import Settings

_SHIPPED = Path(__file__).parent.parent / "data"
_ABOUT = "Kursk"


def sample_of(settings: Settings, base: FactBase) -> Sample:
    """The sample; *base* is that of FACT_BASE."""
    if settings.fact_base is not None and base.claims:
        shipped = settings.fact_base.resolve() == _SHIPPED.resolve()
        return Sample(_ABOUT if shipped else "", lambda: base, default=True)
    return Sample(_ABOUT, _shipped, default=False)


@cache
def _shipped() -> FactBase:
    return load(_SHIPPED).base
