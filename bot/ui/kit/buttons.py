"""Buttons and forms with which moderators act: checked when pressed, and never silent when they fail."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.core.wording import say
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.cooldown import Paced
from bot.ui.kit.failures import answer_failure, tell
from bot.ui.kit.lasting import TOKEN_S, ReplyView, new_id

Press = discord.Interaction[Any]
Act = Callable[[Press], Awaitable[None]]


class ActingView(ReplyView):
    """Buttons for the one person who gave the command, who must still have the rank when pressing them."""

    def __init__(self, actor: int, needed: Rank) -> None:
        super().__init__(TOKEN_S)
        self.actor = actor
        self.needed = needed

    def offer(self, label: str, act: Act, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> None:
        """Add a button that does *act*."""
        button: discord.ui.Button[Any] = discord.ui.Button(label=label, style=style)
        button.callback = act  # pyright: ignore[reportAttributeAccessIssue] any coroutine function serves
        self.add_item(button)

    async def allows(self, interaction: Press, /) -> bool:
        """Let the actor through; raises `Refusal` when they lost the rank."""
        if interaction.user.id != self.actor:
            await tell(interaction, say("These buttons belong to whoever gave the command."))
            return False
        await require(interaction.client, interaction.user, self.needed)
        return True

    async def on_error(self, interaction: Press, error: Exception, item: discord.ui.Item[Any], /) -> None:
        """One sentence for whoever pressed."""
        await answer_failure(interaction, error, "a button")


class Form(Paced, discord.ui.Modal):
    """
    A form whose sender must have the rank when it arrives.

    Args:
        submitted: Called with the submission and the typed text of each field.
    """

    def __init__(
        self, title: str, needed: Rank, submitted: Callable[[Press, dict[str, str]], Awaitable[None]]
    ) -> None:
        super().__init__(title=title, timeout=TOKEN_S, custom_id=new_id(self))
        self._needed = needed
        self._submitted = submitted
        self._inputs: dict[str, discord.ui.TextInput[Form] | discord.ui.Select[Form]] = {}

    def ask(
        self, name: str, label: str, *, default: str = "", most: int = 1000, long: bool = False, needed: bool = False
    ) -> None:
        """Add a text field."""
        field: discord.ui.TextInput[Form] = discord.ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
            default=default[:most] or None,
            required=needed,
            max_length=most,
        )
        self._inputs[name] = field
        self.add_item(discord.ui.Label(text=label, component=field))

    def choose(self, name: str, label: str, options: list[tuple[str, str, bool]], *, most: int = 1) -> None:
        """Add a choice among (value, label, chosen already), 25 at most."""
        field: discord.ui.Select[Form] = discord.ui.Select(
            custom_id=name, required=False, min_values=0, max_values=min(most, len(options))
        )
        for value, shown, chosen in options:
            field.add_option(label=shown, value=value, default=chosen)
        self._inputs[name] = field
        self.add_item(discord.ui.Label(text=label, component=field))

    def attach(self, name: str, label: str, about: str) -> discord.ui.FileUpload[Form]:
        """Add a place for a file, which may be left empty; its `values` are there when the form arrives."""
        field: discord.ui.FileUpload[Form] = discord.ui.FileUpload(custom_id=name, required=False)
        self.add_item(discord.ui.Label(text=label, description=about, component=field))
        return field

    async def on_submit(self, interaction: Press, /) -> None:
        """Check the sender, then hand over what was typed."""
        if self._needed is not Rank.MEMBER:
            await require(interaction.client, interaction.user, self._needed)
        typed = {
            name: field.value if isinstance(field, discord.ui.TextInput) else ", ".join(field.values)
            for name, field in self._inputs.items()
        }
        await self._submitted(interaction, typed)

    async def on_error(self, interaction: Press, error: Exception, /) -> None:
        """One sentence for whoever sent it."""
        await answer_failure(interaction, error, "a form")
