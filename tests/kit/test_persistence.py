"""An answer is sent again after what passes, and only after that."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.ui.kit.context import persistently


class Sending:
    """Refused with each of these statuses in turn, then taken."""

    def __init__(self, *statuses: int) -> None:
        self._statuses = list(statuses)
        self.sent = 0

    async def __call__(self) -> str:
        """Send once more."""
        self.sent += 1
        if self._statuses:
            status = self._statuses.pop(0)
            raise discord.HTTPException(cast("Any", SimpleNamespace(status=status, reason="")), "refused")
        return "sent"


@pytest.mark.parametrize("status", [429, 503])
async def test_an_answer_outlasts_a_rate_limit_that_the_library_gave_up_on(status: int) -> None:
    """Five refusals in a row are as many as the library takes."""
    sending = Sending(status)

    assert await persistently(sending) == "sent"
    assert sending.sent == 2


async def test_a_refusal_for_good_is_no_reason_to_send_again() -> None:
    """A message that Discord does not accept stays as it is."""
    sending = Sending(400)

    with pytest.raises(discord.HTTPException):
        await persistently(sending)
    assert sending.sent == 1
