"""A sheet that is written from top to bottom and drawn once its height is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.ui.kit.fonts import advance, legible, letters

_LEADING = 1.32
_ROUND = 26
_TALL = 22
_SCALE_TEXT = 28


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours, as `#rrggbb`; text on card and paper has a contrast of 4.5 at least."""

    paper: str
    card: str
    ink: str
    quiet: str
    line: str
    mark: str


LIGHT = Palette("#ffffff", "#f1f4f7", "#16202c", "#46525f", "#c3cad2", "#1f4e79")
"""For paper."""
DARK = Palette("#1e1f22", "#2b2d31", "#f2f3f5", "#bcc2ca", "#4e5058", "#7cb7ff")
"""For Discord, where it dazzles nobody at night and reads as well by day."""


Drawing = Callable[[Image.Image, ImageDraw.ImageDraw], None]


class Sheet:
    """
    What is written so far, down to `y`.

    Args:
        wide: In pixels, as everything here.
    """

    def __init__(self, wide: int, palette: Palette) -> None:
        self.y = 0
        self.palette = palette
        self._wide = wide
        self._drawings: list[Drawing] = []

    def image(self) -> Image.Image:
        """The sheet as it stands."""
        image = Image.new("RGB", (self._wide, self.y), self.palette.paper)
        draw = ImageDraw.Draw(image)
        for drawing in self._drawings:
            drawing(image, draw)
        return image

    def text(self, lines: Sequence[str], x: int, size: int, colour: str = "", *, bold: bool = False) -> None:
        """*lines* below each other; in the palette's ink unless told."""
        for line in lines:
            base = self.y + round(size * _LEADING * 0.78)
            self._write(line, x, base, size, colour or self.palette.ink, bold=bold)
            self.y += round(size * _LEADING)

    def _write(self, line: str, x: int, base: int, size: int, colour: str, *, bold: bool = False) -> None:
        def draw(image: Image.Image, _: ImageDraw.ImageDraw) -> None:
            for mask, right, above in letters(legible(line), size, bold=bold):
                image.paste(colour, (x + right, base - above), mask)

        self._drawings.append(draw)

    def begin_card(self, edge: int) -> tuple[int, int, int]:
        """Begin a card, *edge* from the sides; what `end_card` takes."""
        return len(self._drawings), self.y, edge

    def end_card(self, begun: tuple[int, int, int]) -> None:
        """Lay a card under all that was written since."""
        at, top, edge = begun
        box = (edge, top, self._wide - edge - 1, self.y - 1)
        card, line = self.palette.card, self.palette.line
        self._drawings.insert(at, lambda _, draw: draw.rounded_rectangle(box, _ROUND, card, line, 2))

    def rule(self, x: int, wide: int) -> None:
        """A thin line."""
        box, line = (x, self.y, x + wide, self.y + 1), self.palette.line
        self._drawings.append(lambda _, draw: draw.rectangle(box, line))

    def bar(self, left: int, right: int, open_ends: tuple[bool, bool], track: tuple[int, int]) -> None:
        """
        A bar on a *track*; a diamond where both ends are one.

        Args:
            open_ends: Whether the left and the right end have no bound; such an end is an arrow.
        """
        top, bottom, middle = self.y, self.y + _TALL, self.y + _TALL // 2
        line, mark = self.palette.line, self.palette.mark

        def draw(_: Image.Image, draw: ImageDraw.ImageDraw) -> None:
            draw.rectangle((track[0], middle - 1, track[1], middle + 1), line)
            if left == right:
                draw.polygon([(left - 15, middle), (left, top - 4), (left + 15, middle), (left, bottom + 4)], mark)
                return
            first = left + _TALL if open_ends[0] else left
            last = right - _TALL if open_ends[1] else right
            draw.rectangle((first, top + 5, last, bottom - 5), mark)
            for at, tip, pointed in ((first, left, open_ends[0]), (last, right, open_ends[1])):
                if pointed:
                    draw.polygon([(tip, middle), (at, top - 3), (at, bottom + 3)], mark)
                else:
                    draw.rectangle((at - 3, top - 3, at + 3, bottom + 3), mark)

        self._drawings.append(draw)

    def marks(self, marks: Sequence[tuple[int, str]]) -> None:
        """A scale's marks: where each is, and its label; the outer labels stay within the outer marks."""
        size, colour = _SCALE_TEXT, self.palette.quiet
        base = self.y + round(size * _LEADING)
        for number, (x, label) in enumerate(marks):
            wide = round(advance(label) * size)
            left = x if number == 0 else x - wide if number == len(marks) - 1 else x - wide // 2
            tick = (x - 1, self.y - 6, x + 1, self.y + 4)
            self._drawings.append(lambda _, draw, tick=tick: draw.rectangle(tick, colour))
            self._write(label, left, base, size, colour)
        self.y += round(size * _LEADING * 1.3)
