"""The arguments of a text command: quotation marks of any language hold words together; fields have names."""

from __future__ import annotations

from typing import Self

from discord.ext import commands
from discord.ext.commands.view import StringView

from bot.core.editing.drafts import check_start
from bot.ui.kit.context import Context

_CLOSING = {
    "“": "”“\"", "”": "”“", "„": "“”‟\"", "‟": "”“", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "‘": "’‘", "‚": "‘’‛",
    '"': '"”“', "'": "'", "＂": "＂", "「": "」", "『": "』", "｢": "｣", "〝": "〞〟", "《": "》", "〈": "〉",
}  # fmt: skip
"""What may close each mark that opens a quotation, in the languages of Europe and East Asia."""


class Arguments(StringView):
    """
    What follows a command's name, cut as people write it.

    Quotation marks hold several words together: “two words”, „zwei Wörter“, «deux mots». A mark opens only at the
    start of an argument, and only where its partner stands before a space or at the end; anywhere else it is a letter
    like any other, as in сім’ї, l’Ukraine or 5'. So nothing that can be typed is an error here. A backslash before a
    mark takes it literally.
    """

    @classmethod
    def of(cls, view: StringView) -> Arguments:
        """The same text, read on from where *view* stands."""
        arguments = cls(view.buffer)
        arguments.index, arguments.previous = view.index, view.previous
        return arguments

    @property
    def quotes(self) -> bool:
        """Whether quotation marks hold the next argument together."""
        return self._closed_at(self.index) is not None

    def get_quoted_word(self) -> str | None:
        """The next argument without the marks around it; None at the end."""
        if self.eof:
            return None
        end = self._closed_at(self.index)
        if end is None:
            return _literal(self.get_word())
        self.previous = self.index
        self.index = end + 1
        return _literal(self.buffer[self.previous + 1 : end])

    def read_rest(self) -> str:
        """All that is left; without the marks around it, where one pair holds all of it."""
        self.skip_ws()
        end = self._closed_at(self.index)
        rest = super().read_rest()
        whole = end is not None and not self.buffer[end + 1 :].strip()
        return rest.strip()[1:-1] if whole else rest

    def _closed_at(self, start: int) -> int | None:
        """Where the quotation that opens at *start* closes; None where none does."""
        closing = _CLOSING.get(self.buffer[start : start + 1], "")
        for at in range(start + 1, self.end):
            if (
                self.buffer[at] in closing
                and self.buffer[at - 1] != "\\"
                and (at + 1 == self.end or self.buffer[at + 1].isspace())
            ):
                return at
        return None


def _literal(text: str) -> str:
    """*text* without the backslashes that take quotation marks literally."""
    for mark in _CLOSING:
        text = text.replace(f"\\{mark}", mark)
    return text


class Fields(commands.FlagConverter, case_insensitive=True):
    """What follows a command as `name: value`: fields of something, and why it is changed as `reason`."""

    @classmethod
    async def convert(cls, ctx: Context, argument: str) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride] our own context
        """Read the fields; what stands before the first one belongs to none and must not be lost."""
        check_start(argument, tuple(cls.get_flags()))
        return await super().convert(ctx, argument)

    def typed(self) -> dict[str, str]:
        """The fields that were given; a bar that parts one from the next belongs to neither."""
        given = {name: str(getattr(self, name)).strip().rstrip("|") for name in self.get_flags() if name != "reason"}
        return {name: text for name, text in given.items() if text.strip()}
