"""Forms, and a yes or a no: checked when they are sent or pressed, and never silent when they fail."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord

from bot.core.wording import say
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.cooldown import Paced
from bot.ui.kit.failures import answer_failure
from bot.ui.kit.host import Press
from bot.ui.kit.lasting import TOKEN_S, Act, ReplyView, new_id

Sent = Callable[[Press, dict[str, str]], Awaitable[None]]
"""Called with a form that was sent, and what was typed into it."""


_LONGEST = 4000
"""Characters that Discord takes in one field of a form."""


class Confirm(ReplyView):
    """A yes, which does *act*, or a no."""

    def __init__(self, person: int, needed: Rank, yes: str, act: Act, no: str) -> None:
        super().__init__(person, needed)
        self._act = act
        self.offer(yes, self._yes, discord.ButtonStyle.danger)
        self.offer(no, self._no)

    async def _yes(self, press: Press) -> None:
        await self._act(press)
        self.stop()

    async def _no(self, press: Press) -> None:
        self.stop()
        await press.response.edit_message(content=say("Nothing was changed."), embeds=[], view=None)


class Form(Paced, discord.ui.Modal):
    """
    A form whose sender must have the rank when it arrives.

    Args:
        typed: What its fields are filled in with, by their names.
    """

    def __init__(
        self, title: str, submitted: Sent, typed: Mapping[str, str] | None = None, *, needed: Rank = Rank.MODERATOR
    ) -> None:
        super().__init__(title=title, timeout=TOKEN_S, custom_id=new_id(self))
        self._needed = needed
        self._submitted = submitted
        self._typed = typed or {}
        self._inputs: dict[str, discord.ui.TextInput[Form] | discord.ui.Select[Form]] = {}

    def ask(self, name: str, label: str, *, most: int = 1000, long: bool = False, needed: bool = False) -> None:
        """Add a text field; none for what is longer than Discord's hold, as it would come back cut."""
        filled = self._typed.get(name, "")
        if len(filled) > _LONGEST:
            return
        field: discord.ui.TextInput[Form] = discord.ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
            default=filled or None,
            required=needed,
            max_length=max(most, len(filled)),
        )
        self._inputs[name] = field
        self.add_item(discord.ui.Label(text=label, component=field))

    def choose(self, name: str, label: str, options: Mapping[str, str]) -> None:
        """Add a choice of one among labels by their values, 25 at most, or of none."""
        field: discord.ui.Select[Form] = discord.ui.Select(custom_id=name, required=False, min_values=0)
        for value, shown in options.items():
            field.add_option(label=shown, value=value, default=value == self._typed.get(name))
        self._inputs[name] = field
        self.add_item(discord.ui.Label(text=label, component=field))

    def attach(self, name: str, label: str, about: str) -> discord.ui.FileUpload[Form]:
        """Add a place for a file, which may be left empty; its `values` are there when the form arrives."""
        field: discord.ui.FileUpload[Form] = discord.ui.FileUpload(custom_id=name, required=False)
        self.add_item(discord.ui.Label(text=label, description=about, component=field))
        return field

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Check the sender, then hand over what was typed."""
        await require(interaction.client, interaction.user, self._needed)
        typed = {
            name: field.value if isinstance(field, discord.ui.TextInput) else ", ".join(field.values)
            for name, field in self._inputs.items()
        }
        await self._submitted(interaction, typed)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:
        """One sentence for whoever sent it."""
        await answer_failure(interaction, error, "a form")
