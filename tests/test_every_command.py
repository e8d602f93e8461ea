"""The surface as a whole: documented, complete, and keeping the contract whatever is typed."""

from __future__ import annotations

from pathlib import Path

import simcord
from discord.ext import commands
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as drawing
from hypothesis import strategies as st

import cogs
from bot.app import composed
from bot.cli import main
from bot.core.claims import FactBase
from bot.reference import page_of
from bot.settings import Settings
from cogs.guide import visible_commands
from tests.contract import check_requests
from tests.desk import Desk, figures_of, request_breaches

ROOT = Path(__file__).parents[1]


async def test_every_command_has_a_sentence_and_examples(desk: Desk) -> None:
    """Whoever types !help name is never left alone."""
    for command in visible_commands(desk.bot):
        assert command.help, command.qualified_name
        assert command.extras.get("examples"), command.qualified_name


async def test_the_page_of_commands_is_current(desk: Desk, base: FactBase) -> None:
    """`make docs` writes it."""
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == page_of(desk.bot, base)


async def test_the_readme_names_every_command(desk: Desk) -> None:
    """Its table is the first thing a newcomer reads."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"`!{command.qualified_name}" in readme for command in visible_commands(desk.bot))


async def test_every_command_works_as_slash_too(desk: Desk) -> None:
    """Hybrids all the way."""
    assert all(
        isinstance(command, (commands.HybridCommand, commands.HybridGroup)) for command in visible_commands(desk.bot)
    )


async def test_slash_commands_are_sent_again_only_when_they_changed(desk: Desk) -> None:
    """A restart of the same bot asks Discord what it has and leaves it."""
    await desk.restart()

    sent = [request for request in desk.env.http_requests if request.method == "PUT"]
    assert len(sent) == 1


async def test_a_server_that_refuses_slash_commands_still_gets_answers(desk: Desk) -> None:
    """Registration fails with a line in the log; text commands work."""
    desk.env.inject_error("GET", "/applications/*/commands", times=1)
    desk.env.inject_error("PUT", "/applications/*/commands", times=1)
    await desk.restart()

    assert "Attribution:" in await desk.answer("!casualties")


async def test_every_cog_is_loaded(desk: Desk) -> None:
    """A file in cogs/ that nobody wires would be a feature that nobody gets."""
    files = {path.stem for path in Path(cogs.__file__).parent.glob("*.py")} - {"__init__"}
    modules = {type(cog).__module__ for cog in desk.bot.cogs.values()}
    assert {name.removeprefix("cogs.") for name in modules if name.startswith("cogs.")} == files


def test_the_example_environment_names_every_setting() -> None:
    """And nothing else, each with a comment above."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [line.split("=")[0] for line in lines if "=" in line and not line.startswith("#")]

    assert named == [name.upper() for name in Settings.model_fields]
    assert all(lines[at - 1].startswith("#") for at, line in enumerate(lines) if line.split("=")[0] in named)


def test_a_wrong_command_line_is_a_usage_error(capsys: object) -> None:
    """Exit status 2, and 1 for a base with findings or that is not there."""
    assert main(["check", "/nowhere/at/all"]) == 1
    assert main(["ask", ""]) == 2


ALIASES = st.sampled_from(
    ["casualties", "koursk", "zelensky", "потери", "북한", "mines", "6k", "two-thirds", "C8", "C22"]
)
SOUP = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8", exclude_categories=("Cs",)),
        st.sampled_from("*_~`|<>@#:/\\\"'()[]{}%$ \n\u200b\u202e"),
    ),
    max_size=60,
)
ARGUMENT = st.one_of(
    ALIASES,
    SOUP,
    st.lists(st.one_of(ALIASES, SOUP, st.just("<@1>"), st.just("@everyone"), st.integers().map(str)), max_size=6).map(
        " ".join
    ),
)


async def test_no_command_breaks_the_contract_whatever_is_typed(settings: Settings, base: FactBase) -> None:
    """No claim without attribution and verification, no body over Discord's limits, nothing Discord would refuse."""
    figures = figures_of(base)
    async with composed(settings, shard_count=1) as bot:
        env = simcord.Env(bot, settle_timeout=20, check_errors=False)
        await env.start()
        server = env.create_guild()
        channel = server.create_text_channel("desk")
        member = server.add_member(env.create_user("member"))
        await env.settle()
        names = ["", *(command.qualified_name for command in visible_commands(bot))]
        drawn: list[tuple[str, str, bool]] = []

        @drawing(
            max_examples=150,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow],
        )
        @given(st.sampled_from(names), ARGUMENT, st.booleans())
        def draw(name: str, argument: str, slash: bool) -> None:
            drawn.append((name, argument, slash))

        draw()
        checked = 0
        for name, argument, slash in drawn:
            parameter = next(iter(bot.get_command(name).clean_params), None) if name else None  # pyright: ignore[reportOptionalMemberAccess] it is one of them
            if slash and name and parameter and argument.strip():
                try:
                    await member.slash(channel, name, **{parameter: argument})
                except simcord.SetupError:
                    continue  # the client would not let it be sent
            elif f"!{name} {argument}".strip():
                await member.send(channel, f"!{name} {argument}"[:2000])
            made = env.http_requests[checked:]
            checked = len(env.http_requests)
            check_requests((each.method, each.path, each.json) for each in made)
            for each in made:
                assert not request_breaches(each.method, each.path, each.json, figures), (name, argument, each.json)
        assert checked > len(drawn) / 2
        await env.shutdown()
