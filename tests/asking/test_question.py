"""How a question is read: spelling, names and their roles, numbers, dates, and what it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.asking.question import Question, read
from bot.core.asking.reading.asks import Ask
from bot.core.asking.reading.correcting import corrected
from bot.core.asking.reading.foreign import in_english
from bot.core.asking.reading.roles import Role
from bot.core.asking.reading.spelling import Speller, closest, sound
from bot.core.asking.reading.tokens import tokens
from bot.core.asking.reading.vocabulary import Vocabulary
from bot.core.claims import Kind
from bot.files.factfile import load

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The words of the curated fact base."""
    return Vocabulary(load(DATA).base)


def only(text: str, vocabulary: Vocabulary) -> Question:
    """The one way to read *text*."""
    readings = read(text, vocabulary)
    assert len(readings) == 1
    return readings[0]


def role(text: str, party: str, vocabulary: Vocabulary) -> Role:
    """The role of *party* in *text*."""
    slots = [slot for slot in only(text, vocabulary).slots if party in {entry.key for entry in slot.of(Kind.PARTY)}]
    assert len(slots) == 1
    return slots[0].role


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("6000", 6000),
        ("6,000", 6000),
        ("6 000", 6000),
        ("6.000", 6000),
        ("6k", 6000),
        ("6K", 6000),
        ("six thousand", 6000),
        ("Six-thousand", 6000),
        ("6 thousand", 6000),
        ("шесть тысяч", 6000),
        ("6 тыс.", 6000),
        ("6천", 6000),
        ("fourteen thousand", 14000),
        ("two-thirds", 2 / 3),
        ("two thirds", 2 / 3),
        ("2/3", 2 / 3),
        ("⅔", 2 / 3),
        ("две трети", 2 / 3),
        ("half", 0.5),
        ("66%", 0.66),
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed: str, value: float, vocabulary: Vocabulary) -> None:
    """Digits, separators, letters, words and fractions in several scripts are one number."""
    assert [number.value for number in only(f"{typed} killed", vocabulary).numbers] == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Kursk", "kursk"),
        ("koursk", "kursk"),
        ("kurks", "kursk"),
        ("КУРСК", "kursk"),
        ("Курській області", "kursk"),
        ("Kursk’s", "kursk"),
        ("ku\u200brsk", "kursk"),
        ("bolshesoldatski", "bolshesoldatsky"),
        ("Zelenskyy", "zelensky"),
        ("zelinsky", "zelensky"),
        ("ZELENSKIJ", "zelensky"),
        ("Зеленского", "zelensky"),
        ("젤렌스키", "zelensky"),
        ("budanof", "budanov"),
        ("kim jong-un", "kim-jong-un"),
        ("kimjongun", "kim-jong-un"),
        ("north korea's leader", "kim-jong-un"),
        ("krasnaja zvezda", "krasnaya-zvezda"),
        ("northkorea", "north-korea"),
        ("nroth korea", "north-korea"),
        ("north koran", "north-korea"),
        ("북한은", "north-korea"),
        ("casulties?!", "casualties"),
        ("deth tol", "casualties"),
        ("troups", "troops"),
    ],
)
def test_a_name_is_known_in_any_spelling_script_and_case(typed: str, key: str, vocabulary: Vocabulary) -> None:
    """Typos, transliterations, possessives, invisible marks and missing spaces do not hide a name."""
    assert [key] == [slot.entries[0].key for slot in only(typed, vocabulary).slots]


@pytest.mark.parametrize("word", ["wine", "mime", "bones", "south", "iran", "chinese", "tanks", "engine", "curse"])
def test_an_ordinary_word_is_not_corrected_into_a_name(word: str, vocabulary: Vocabulary) -> None:
    """What is spelled right was meant as it stands, however near a name it is."""
    question = only(word, vocabulary)
    assert not question.corrections
    assert not question.slots


def test_short_words_and_digits_are_never_corrected() -> None:
    """There is too little in three letters to guess from."""
    speller = Speller({"kursk": 0.0, "kia": 0.0, "nato": 0.0})
    assert not speller.readings("kie")
    assert not speller.readings("6000")


def test_two_equally_near_words_are_both_offered() -> None:
    """A tie is for the member to break."""
    assert {reading.word for reading in Speller({"mines": 0.0, "mints": 0.0}).readings("minis")} == {"mines", "mints"}


@pytest.mark.parametrize(("one", "other"), [("koursk", "kursk"), ("selenskij", "zelenskyy"), ("zvesda", "zvezda")])
def test_transliterations_of_a_name_sound_alike(one: str, other: str) -> None:
    """Spellings by other languages' rules fold to one key."""
    assert sound(one) == sound(other)


def test_a_command_is_recognised_by_a_clear_typo_only() -> None:
    """`closest` names the one command that is near, or none."""
    commands = ["ask", "sources", "topics", "timeline", "compare"]
    assert closest("soruces", commands) == "sources"
    assert closest("leaderboard", commands) is None


@pytest.mark.parametrize(
    ("text", "party", "expected"),
    [
        ("what did zelensky say about casualties", "zelensky", Role.CLAIMANT),
        ("what does Zelensky claim", "zelensky", Role.CLAIMANT),
        ("zelensky's claim about losses", "zelensky", Role.CLAIMANT),
        ("according to budanov how many engineers", "budanov", Role.CLAIMANT),
        ("claims by Putin", "putin", Role.CLAIMANT),
        ("ukrainian soldiers killed", "ukraine", Role.SUBJECT),
        ("how many russians died", "russia", Role.SUBJECT),
        ("russia's losses", "russia", Role.SUBJECT),
        ("losses of ukraine", "ukraine", Role.SUBJECT),
        ("what sources told reuters", "reuters", Role.RELAYER),
        ("how many north koreans died fighting for russia", "russia", Role.CONTEXT),
        ("zelensky", "zelensky", Role.ANY),
    ],
)
def test_a_party_is_read_in_its_role(text: str, party: str, expected: Role, vocabulary: Vocabulary) -> None:
    """Who says it, whom it is about and who passed it on are different things."""
    assert role(text, party, vocabulary) is expected


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("how many died", Ask.HOW_MANY),
        ("number of troops", Ask.HOW_MANY),
        ("сколько погибло", Ask.HOW_MANY),
        ("how large is the force", Ask.HOW_MANY),
        ("when did it begin", Ask.WHEN),
        ("коли почалося вторгнення", Ask.WHEN),
        ("who ordered it", Ask.WHO),
        ("is the 6000 figure verified?", Ask.VERIFIED),
        ("why were they sent", Ask.WHY),
        ("casualties", Ask.WHAT),
    ],
)
def test_what_a_question_asks_for_is_read(text: str, ask: Ask, vocabulary: Vocabulary) -> None:
    """Question words in several languages tell what kind of answer is wanted."""
    assert ask in only(text, vocabulary).asks


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("did ukraine invade kursk in 2024", 2024, None),
        ("what happened in august 2024", 2024, 8),
        ("announced in April", None, 4),
        ("в августе 2024", 2024, 8),
    ],
)
def test_dates_are_read(text: str, year: int | None, month: int | None, vocabulary: Vocabulary) -> None:
    """A year or a month is a date, not a figure."""
    question = only(text, vocabulary)
    assert [(date.year, date.month) for date in question.dates] == [(year, month)]
    assert not question.numbers


@pytest.mark.parametrize("text", ["may I ask", "will they march"])
def test_may_and_march_are_mostly_verbs(text: str, vocabulary: Vocabulary) -> None:
    """Months that are also verbs count beside a year or a preposition only."""
    assert not only(text, vocabulary).dates


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("bakhmut casualties", "bakhmut"),
        ("wagner losses", "wagner"),
        ("chinese troops in kursk", "chinese"),
        ("weather tomorrow", "weather"),
        ("vietnam war deaths", "vietnam"),
        ("what did the UN say", "UN"),
    ],
)
def test_a_name_the_base_does_not_have_is_unknown(text: str, unknown: str, vocabulary: Vocabulary) -> None:
    """Such a word is a reason to refuse."""
    assert unknown in only(text, vocabulary).unknown


def test_half_a_name_is_read_both_ways(vocabulary: Vocabulary) -> None:
    """ "Korea" alone may be either."""
    readings = read("korea", vocabulary)
    assert {slot.entries[0].key for question in readings for slot in question.slots} == {"north-korea", "south-korea"}


@pytest.mark.parametrize("text", ["", "   ", "?!", "\u202e\u200f", "🙂", "%s %d {}", "'; --", "<@123456789>"])
def test_text_without_words_asks_nothing(text: str, vocabulary: Vocabulary) -> None:
    """Marks, mentions and emoji are no words."""
    assert only(text, vocabulary).empty


def test_tokens_keep_what_was_typed() -> None:
    """Corrections are shown in the member's own spelling."""
    assert [token.typed for token in tokens("Koursk’s 6,000 “sappers”")] == ["Koursk's", "6,000", "sappers"]


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("wie viele Nordkoreaner sind gefallen", "how many north koreans are gefallen"),
        ("combien de soldats a envoyés la Corée du Nord", "how many of soldats has sent the Corée du Nord"),
        ("quand l'Ukraine est entrée", "when l Ukraine is invaded"),
        ("cuántos soldados envió Corea del Norte", "how many soldados sent Corea del Norte"),
        ("ilu żołnierzy wysłała Korea Północna", "how many soldiers sent north korea"),
        ("скільки загинуло північних корейців", "скільки загинуло north koreans"),
        ("die Verluste", "the Verluste"),
    ],
)
def test_a_question_in_another_language_is_put_into_english(vocabulary: Vocabulary, typed: str, english: str) -> None:
    """But for the names of the base and what is read in that language anyway."""
    assert corrected(typed, vocabulary)[0].text == english


@pytest.mark.parametrize(
    "typed", ["die in kursk", "how many men die", "general mission to kursk", "was it a hat", "no plan", "casulties"]
)
def test_english_stays_english(vocabulary: Vocabulary, typed: str) -> None:
    """Although some of its words are words of another language."""
    words = tokens(typed)
    assert in_english(words, vocabulary.names.within(words)) == words


@given(st.text())
def test_putting_into_english_loses_no_question(vocabulary: Vocabulary, typed: str) -> None:
    """Words nobody knows stay as they are typed."""
    words = tokens(typed)
    assert bool(in_english(words, vocabulary.names.within(words))) == bool(words)
