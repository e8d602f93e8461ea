"""Servers' settings, held in memory because every permission check asks for them."""

from __future__ import annotations

from bot.core.history.revisions import Signature
from bot.core.setup import Setup
from bot.services.answers import Workspaces
from bot.services.ports import Clock, SetupStore


class Setups:
    """The settings of every server that was asked about."""

    def __init__(self, workspaces: Workspaces, store: SetupStore, clock: Clock) -> None:
        self._workspaces = workspaces
        self._store = store
        self._clock = clock
        self._held: dict[int, Setup] = {}

    async def of(self, workspace: int) -> Setup:
        """The settings in force in *workspace*."""
        if workspace not in self._held:
            self._held[workspace] = await self._store.load(workspace)
        return self._held[workspace]

    async def change(self, workspace: int, setup: Setup, who: str, reason: str) -> None:
        """Put *setup* in force."""
        await self._workspaces.open(workspace)  # a server's settings may be the first thing that anybody does there
        await self._store.save(workspace, setup, Signature(who, reason, self._clock()))
        self._held[workspace] = setup

    def forget(self, workspace: int) -> None:
        """Hold nothing of a server any more."""
        self._held.pop(workspace, None)

    async def catch_up(self) -> None:
        """Read anew what is held: another process may have written it."""
        self._held |= await self._store.load_all(self._held.keys())
