"""Names stand above claims, so none holds a figure or a verdict, at whatever door it comes in."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest

from bot.core.claims import FactBase, Kind
from bot.core.editing.bare_texts import without_headlines
from bot.core.editing.entry_drafts import edited_entry, new_entry
from bot.core.rules.headlines import headline_in, vouching_in
from bot.core.rules.vetting import vet_names
from bot.errors import Refused
from tests.desk import Desk, moderator_says, newest, press, text_of
from tests.ranks import kept

HEADLINES = (
    "60,000 dead",
    "sixty thousand killed",
    "killed-60000",
    "Two-thirds lost",
    "UN confirms losses",
    "Verified losses",
    "підтверджені втрати",
    "확인된 사망자",
    "UN ｃｏｎｆｉｒｍｓ losses",
    "UN сonfirms losses",
    "UN c\u0332onfirms losses",
    "perdite confermate",
    "It is all true",
    "٦٠٬٠٠٠ dead",
    "several hundred dead",
    "六千人死亡",
    "Sechstausend Tote",
    "тысячи погибших",
    "двісті вбитих",
    "duecento morti",
    "ᴄᴏɴꜰɪʀᴍᴇᴅ toll",
    "육천",
    "육천이 죽었다",
    "일만 이천 전사",
    "열두 명 사망",
    "六千 killed",
    "六〇〇〇",
    "三分之一",
    "百人",
    "几千人",
    "５万",
    "陸仟",
    "६००० मृत",
    "hundert Tote",
    *("ستة آلاف قتيل", "بآلاف الجنود", "ثلاثمائة", "مئاتُ القتلى", "خسائر مؤكدة"),
    *("छह हज़ार मारे गए", "सैकड़ों मृत", "दो लाख", "पुष्टि की गई", "হাজার হাজার", "ஆயிரம் பேர்"),
    *("שש מאות הרוגים", "ב־אלף", "אומת", "هزاران کشته", "صدها", "ہزاروں ہلاک", "หกพันคน", "ยืนยันแล้ว"),
    *("zesduizend doden", "binlerce ölü", "altı bin", "ribuan korban", "sáu nghìn người", "χιλιάδες νεκροί"),
    *("tusentals döda", "tuhansia", "tisíce mrtvých", "стотици загинали", "已证实", "確認済み", "doğrulandı"),
    "une centaine",
)
NAMES = (
    "Uran-6",
    "810th brigade",
    "Kursk 2024",
    "G20",
    "Losses",
    "사망자",
    "Field kitchens",
    "2S19",
    "True North",
    "Sei Shonagon",
    "Milestone",
    "Bodies recovered",
    "이천 화재",
    "오만",
    "구조 활동",
    "五十嵐",
    "三菱",
    "四川",
    *("الإمارات العربية المتحدة", "صدام حسين", "मारुति", "चारमीनार", "नौसेना", "ประเทศพันธมิตร", "বাংলাদেশ"),
    *("Osama bin Laden", "Ebenezer", "Stoten", "Hatay", "ירושלים", "ایران", "Δελφοί"),
)
WAYS = (
    "!topic add name: {} reason: x",
    "!topic add name: Kitchens aliases: {} reason: x",
    "!topic add name: Kitchens description: {} reason: x",
    "!topic edit casualties name: {} reason: x",
    "!topic edit casualties aliases: {} reason: x",
    "!metric add name: {} reason: x",
    "!metric edit killed name: {} reason: x",
    "!place add name: {} reason: x",
    "!place edit kursk name: {} reason: x",
    "!party add name: {} reason: x",
    "!party edit nato style: {} reason: x",
    "!party edit nato description: {} reason: x",
    '!alias add casualties "{}"',
    '!alias add killed "{}"',
    "!source edit fox-2025-11-14 title: {} reason: x",
    "!claim edit C8 speaker: {} reason: x",
    "!claim edit C8 caveat: Nobody could tell. | {} reason: x",
)


@pytest.mark.parametrize("name", HEADLINES)
def test_a_figure_or_a_verdict_makes_a_headline(name: str) -> None:
    """In digits or words, in any of the languages that are listed."""
    assert headline_in(name)


@pytest.mark.parametrize("name", NAMES)
def test_numbers_inside_names_are_part_of_them(name: str) -> None:
    """So are years."""
    assert not headline_in(name)


def test_the_curated_base_holds_no_headline(base: FactBase) -> None:
    """The rule is kept by what it is made for."""
    assert not vet_names(base)


def test_words_that_vouch_are_found_inside_sentences() -> None:
    """And others are not."""
    assert vouching_in("what the UN confirms today") == "confirms"
    assert not vouching_in("Reuters could not say")


@pytest.mark.parametrize("headline", ["60,000 dead, UN", "UN confirms losses"])
async def test_no_command_takes_a_headline_for_a_name(desk: Desk, headline: str) -> None:
    """Whatever it is a name of; the refusal does not repeat it, and nothing is kept."""
    await desk.answer("!casualties")
    before = kept(desk)
    for way in WAYS:
        answer = await desk.say(way.format(headline), who=desk.moderator)
        assert answer is not None, way
        shown = text_of(answer)
        assert "without" in shown or "leave that out" in shown, (way, shown)
        assert "60,000" not in shown, way
        assert "confirms" not in shown, way
    assert kept(desk) == before


@pytest.mark.parametrize(("name", "told"), [("Zither club", "Zither club"), ("60,000 dead, UN", "the server")])
async def test_a_servers_name_is_no_headline_in_a_direct_message(desk: Desk, name: str, told: str) -> None:
    """Whatever it is called, no figure and no verdict stands above the claim that a message is about."""
    guild = desk.bot.get_guild(desk.server.id)
    assert guild is not None
    guild.name = name
    await desk.answer("!follow casualties")
    await desk.answer("!challenge C8 doubtful")
    await moderator_says(desk, "!review dismiss 1 it stands there")
    await moderator_says(desk, "!claim edit C8 caveat: Others doubt it. | Reuters reason: doubts")
    await press(desk, "Save")
    await desk.later(hours=25)
    sent = [text_of(each) for each in desk.member.user.dm_channel.history()]

    assert sum(f" in {told}" in each for each in sent) == 2
    assert (name in "".join(sent)) is (name == told)


def test_a_metric_that_figures_are_given_in_keeps_its_meaning(base: FactBase) -> None:
    """It may be called otherwise, in any language it has a name in, and nothing else; one that counts nothing may."""
    killed = base.metrics["killed"]
    with pytest.raises(Refused, match="has no word of it"):
        edited_entry(base, killed, {"name": "Wounded and later recovered"}, ())
    assert edited_entry(base, killed, {"name": "Killed in action"}, ()).name == "Killed in action"
    renamed = {**base.metrics, "killed": replace(killed, name="Wounded and later recovered", aliases=())}
    with pytest.raises(Refused, match="has no word of it"):
        without_headlines(replace(base, metrics=renamed), base)
    reworded = {
        number: replace(each, statement=f"Otherwise: {each.statement}") for number, each in base.claims.items()
    }
    without_headlines(replace(base, metrics=renamed, claims=reworded), base)
    unused = new_entry(base, Kind.METRIC, {"name": "Zithers"}, ())
    assert edited_entry(base.having(unused), unused, {"name": "Recovered"}, ()).name == "Recovered"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"name": "C8"}, "is how a claim is cited"),
        ({"name": "Kitchens", "aliases": "kitchen, № 12"}, "is how a claim is cited"),
        ({"name": "Kitchens", "part_of": "mines"}, ""),
    ],
)
def test_a_name_never_hides_a_claim(base: FactBase, typed: dict[str, str], fault: str) -> None:
    """Ids of claims are no names of anything else."""
    with pytest.raises(Refused, match=fault) if fault else nullcontext():
        new_entry(base, Kind.TOPIC, typed, ())


def test_a_name_that_is_too_long_is_its_writers_mistake(base: FactBase) -> None:
    """Said in a sentence, as for an entry that is there already."""
    with pytest.raises(Refused, match="120 is the most"):
        new_entry(base, Kind.TOPIC, {"name": "x" * 1500}, ())


def test_nothing_is_part_of_itself(base: FactBase) -> None:
    """Nor of what is part of it."""
    ministry = base.parties["russian-mod"]
    assert ministry.part_of == "russia"
    for entry, above in ((ministry, "russian-mod"), (base.parties["russia"], "russian-mod")):
        with pytest.raises(Refused, match="is part of itself"):
            edited_entry(base, entry, {"part_of": above}, ())


async def test_no_form_makes_a_headline_out_of_what_was_asked(desk: Desk) -> None:
    """The question is not even filled in."""
    await desk.say("!ask price of 60,000 loaves of bread")
    await moderator_says(desk, "!misses")
    opened = await press(desk, "Make it an alias")
    before = kept(desk)
    sent = await desk.moderator.submit_modal(opened, {"entry": "casualties", "alias": "60,000 dead"})

    assert sent.response is not None
    assert "without a claimant" in text_of(sent.response.message)
    assert kept(desk) == before


async def test_no_import_brings_a_headline(desk: Desk) -> None:
    """The whole file is refused, with the entry that has it."""
    exported = await desk.say("!export", who=desk.moderator)
    assert exported is not None
    text = bytes(await exported.attachments[0].read()).decode()
    changed = text.replace("name: Casualties", "name: 'Casualties, UN confirms'")
    assert changed != text
    await desk.moderator.send(desk.channel, "!import", attachments=[("base.yaml", changed.encode())])

    assert "topic casualties: vouches or passes a verdict" in newest(desk)

    spoken = text.replace("  claimant: zelensky", "  claimant: zelensky\n  spoken_by: the UN, which confirms it", 1)
    assert spoken != text
    await desk.moderator.send(desk.channel, "!import", attachments=[("base.yaml", spoken.encode())])
    assert "nothing to import" in newest(desk)
