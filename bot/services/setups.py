"""Servers' settings: read anew wherever they grant or forbid something, held in memory for how things are worded."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from bot.core.history.revisions import Signature
from bot.core.setup import Setup
from bot.core.wording import say
from bot.errors import Refused
from bot.services.answers import Workspaces
from bot.services.ports import Clock, SetupStore


class SecondNeeded(Refused):
    """Four eyes end only when a second person agrees."""

    def __init__(self) -> None:
        super().__init__(say("Four eyes are asked for here: another moderator has to agree before they end."))


@dataclass(eq=False, repr=False)
class Setups:
    """The settings of every server."""

    _workspaces: Workspaces
    _store: SetupStore
    _clock: Clock
    _held: dict[int, Setup] = field(default_factory=dict[int, Setup], init=False)

    async def of(self, workspace: int) -> Setup:
        """The settings in force in *workspace* at this moment, whichever process changed them."""
        self._held[workspace] = setup = await self._store.load(workspace)
        return setup

    async def held(self, workspace: int) -> Setup:
        """
        The settings as they were read last, REFRESH_SECONDS ago at most.

        For the wording of answers alone, which wait for no database: what somebody may do is asked of `of`.
        """
        found = self._held.get(workspace)
        return await self.of(workspace) if found is None else found

    async def change(
        self, workspace: int, edit: Callable[[Setup], Setup], who: str, reason: str, *, second: str = ""
    ) -> Setup:
        """
        Put what *edit* makes of the settings in force; nothing is written where it changes nothing.

        *edit* is given them as they stand when it is their turn, so that nobody puts back what another took away.

        Args:
            second: Id of another moderator who agrees; or of the server's owner, who needs nobody.

        Raises:
            SecondNeeded: It would end four eyes, and nobody but *who* asked for that.
        """

        def agreed(before: Setup) -> Setup:
            after = edit(before)
            if before.loosens(after) and not second:
                raise SecondNeeded
            return after

        await self._workspaces.open(workspace)  # a server's settings may be the first thing that anybody does there
        setup = await self._store.change(workspace, agreed, Signature(who, reason, self._clock()))
        self._held[workspace] = setup
        return setup

    def forget(self, workspace: int) -> None:
        """Hold nothing of a server any more."""
        self._held.pop(workspace, None)

    async def catch_up(self, which: Collection[int] | None = None) -> None:
        """Read anew what is held, or some of it: another process may have written it."""
        held = [each for each in self._held if which is None or each in which]
        if held:
            self._held |= await self._store.load_all(held)
