"""Languages are files: each is read by one type, a new one works by being added, and none takes another's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.asking.follow_ups import Wanted, wanted
from bot.core.asking.reading.asks import Ask, asks_of
from bot.core.asking.reading.tokens import tokens
from bot.core.asking.reading.tongues import tongues
from bot.core.asking.results import Found
from bot.core.asking.search import Searcher
from bot.core.numbers import numbers
from bot.languages import packs
from tests.asking.test_search import small_base
from tests.desk import Desk, refs_in, text_of

_DANISH = """
code = "da"
name = "Danish"
stemmer = "danish"

[asks]
how_many = "hvor_mange hvor_meget"
when = "hvornår"
where = "hvor"
who = "hvem hvad_siger"
why = "hvorfor"
verified = "bekræftet verificeret"

[words]
function = "hvem hvad hvor hvornår hvorfor mange er blev det den de en et og af på til som har ikke"
saying = "siger sagde sagt"
light = "kilde"

[phrases]
source = "kilde kilden"
"""


@pytest.fixture
def danish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One language more, for as long as a test runs."""
    (tmp_path / "da.toml").write_text(_DANISH, "utf-8")
    monkeypatch.setattr(packs, "FOLDERS", [*packs.FOLDERS, tmp_path])
    packs.languages.cache_clear()
    yield
    monkeypatch.undo()
    packs.languages.cache_clear()


@pytest.mark.usefixtures("danish")
def test_a_new_language_works_by_being_added() -> None:
    """Questions with names of the base, counted things, and questions about an answer."""
    base = small_base()
    skibe = replace(base.topics["ships"], aliases=(*base.topics["ships"].aliases, "skibe"))
    claims = {
        number: replace(claim, topics=tuple(skibe if each.key == "ships" else each for each in claim.topics))
        for number, claim in base.claims.items()
    }
    searcher = Searcher(replace(base, claims=claims, topics={**base.topics, "ships": skibe}))
    result = searcher.ask("hvor mange skibe er det")

    assert isinstance(result, Found)
    assert result.claims[0].ref == "C1"
    assert wanted("hvem siger det?") == {Wanted.WHO}
    assert wanted("hvornår blev det sagt") == {Wanted.WHEN}


def test_a_file_with_a_part_that_is_not_known_is_refused() -> None:
    """A slip of the pen would be a question that nobody understands."""
    with pytest.raises(ValueError, match="asking"):
        packs.read('code = "xx"\n[asking]\nwho = "x"')


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("und wer sagt das?", Wanted.WHO), ("warum?", Wanted.WHY), ("quelle?", Wanted.WHO),
        ("ist das bestätigt?", Wanted.VERIFIED),
        ("qui a dit cela ?", Wanted.WHO), ("pourquoi ?", Wanted.WHY), ("c'est vrai ?", Wanted.VERIFIED),
        ("¿quién lo dice?", Wanted.WHO), ("¿cuándo fue?", Wanted.WHEN), ("¿por qué?", Wanted.WHY),
        ("kto to powiedział?", Wanted.WHO), ("kiedy to było?", Wanted.WHEN), ("dlaczego?", Wanted.WHY),
        ("хто це сказав?", Wanted.WHO), ("коли це було?", Wanted.WHEN), ("чому?", Wanted.WHY),
        ("а кто это сказал?", Wanted.WHO), ("это проверено?", Wanted.VERIFIED), ("дата?", Wanted.WHEN),
        ("누가 말했어?", Wanted.WHO), ("언제?", Wanted.WHEN), ("왜?", Wanted.WHY),
        ("chi l'ha detto?", Wanted.WHO), ("perché?", Wanted.WHY), ("è confermato?", Wanted.VERIFIED),
    ],
)  # fmt: skip
def test_an_answer_is_asked_about_in_any_language(text: str, asked: Wanted) -> None:
    """Each in its own words."""
    assert asked in wanted(text)


@pytest.mark.parametrize(
    "text",
    [
        "data",
        "the data on losses",
        "soldiers die in war",
        "a car came",
        "on the par",
        "dove sons",
        "que",
        "sure",
        "fast tot",
    ],
)
def test_a_word_of_english_is_none_of_another_language(text: str) -> None:
    """Folded, "дата" is "data", and "war" is German for "was": English ones ask nothing."""
    words = tokens(text)
    folded = [token.word for token in words]

    assert not any(each.asking(folded) for each in tongues(words))
    assert asks_of(words) == {Ask.WHAT}
    assert not wanted(text)


def test_the_words_of_two_languages_ask_for_the_same_where_they_are_the_same() -> None:
    """Of what may be taken for English: nothing that asks in one language asks for something else in English."""
    english, *others = packs.languages()
    astray = [
        (language.code, ask, " ".join(phrase))
        for language in others
        for ask, phrases in language.asks.items()
        for starts in phrases.starts.values()
        for phrase in starts
        if len(phrase) == 1 and (theirs := english.asking(phrase)) and ask not in theirs
    ]
    assert not astray


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sechs tausend", 6000),
        ("dos mil", None),
        ("trois milliards", 3e9),
        ("шесть тысяч", 6000),
        ("pięć milionów", 5e6),
    ],
)
def test_numbers_are_read_in_words_of_any_language(text: str, value: float | None) -> None:
    """But for words that English or another language has for something else."""
    assert [number.value for number in numbers(tokens(text))] == ([] if value is None else [value])


async def test_a_reply_in_another_language_is_about_what_was_shown(desk: Desk) -> None:
    """Answered as it is in English."""
    answer = await desk.say("!C8")
    assert answer is not None
    await desk.member.send(desk.channel, "а кто это сказал?", reply_to=answer)
    assert desk.channel.last_message is not None
    assert refs_in(text_of(desk.channel.last_message)) == ["C8"]
