"""A server's settings as a page."""

from __future__ import annotations

from bot.core.setup import Setup
from bot.ui.kit.embeds import Page
from bot.ui.kit.text import bold


def setup_page(setup: Setup) -> Page:
    """Every setting with its value, and how to change it."""
    roles = ", ".join(f"<@&{role}>" for role in setup.moderators) or "nobody else"
    channel = f"<#{setup.review_channel}>" if setup.review_channel else "nowhere"
    lines = (
        f"{bold('Moderators')}: everybody with Manage Server, and {roles}",
        f"{bold('Review channel')}: {channel}",
        f"{bold('Time zone')}: {setup.zone}",
        f"{bold('Four eyes')}: {'on' if setup.four_eyes else 'off'}",
        f"{bold('Language of dates')}: {setup.dates}",
        f"{bold('Corrections')}: {'posted without asking' if setup.corrections else 'offered to moderators'}",
        f"{bold('Receipts')}: kept for {setup.receipt_days} days",
        f"{bold('Not posted')}: {', '.join(map(_muted, setup.muted)) or 'nothing is switched off'}",
    )
    return Page("Setup", "\n".join(lines), "Each is changed by !setup and its name; !help setup names them")


def _muted(entry: str) -> str:
    channel, _, kind = entry.partition(":")
    return f"{kind} in <#{channel}>"
