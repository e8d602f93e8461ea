"""Rules over the parser: what a text says, by whom, through whom, how much, when, and who could check it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.cli import main
from bot.core.bounds import bounds_in
from bot.core.claims import FactBase
from bot.core.editing.articles import decoded
from bot.core.intake import heading
from bot.core.intake.days import dates
from bot.core.intake.proposals import Article, Intake, Proposal, Span
from bot.core.intake.quantities import quantities
from bot.core.intake.reading import read
from bot.core.intake.rules import Reading, RulesProposer
from bot.core.intake.verifying import faults
from bot.intake.parser import SpacyParser
from tests.factories import a_base, a_party

DAY = date(2025, 11, 14)


def _read(text: str, base: FactBase | None = None) -> Intake:
    return read(Article(text, "Ferry Post News", DAY), base or FactBase(), RulesProposer(SpacyParser()))


def claims(text: str) -> list[Proposal]:
    """The drafts that *text* gives; none may be suspect."""
    intake = _read(text)
    assert not intake.suspects, intake.suspects
    return list(intake.proposals)


def said(text: str) -> list[tuple[str, str]]:
    """Who is said to say what, by full name, be it a claim or not; "" for the article itself."""
    article = Article(text, "Ferry Post News", DAY)
    found = [each.proposal for each in Reading(article, FactBase(), SpacyParser()).candidates()[0]]
    assert not any(faults(each, article) for each in found)
    return [(each.claimant.name if each.claimant else "", each.content.of(text)) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The harbour authority said that 40 ships were waiting.",
            [("Harbour authority", "40 ships were waiting")],
        ),
        (
            "At least 40 ships were waiting, the harbour authority said on Monday.",
            [("Harbour authority", "At least 40 ships were waiting")],
        ),
        (
            "According to the harbour authority, 40 ships were waiting.",
            [("Harbour authority", "40 ships were waiting")],
        ),
        (
            "The harbour authority told Reuters that 40 ships were waiting and that three had sunk.",
            [("Harbour authority", "40 ships were waiting"), ("Harbour authority", "three had sunk")],
        ),
        (
            "The harbour authority said 40 ships were waiting, adding that three had sunk.",
            [("Harbour authority", "40 ships were waiting"), ("Harbour authority", "three had sunk")],
        ),
        (
            "The harbour authority said 40 ships were waiting, while the dockers' union said there were 70.",
            [("Harbour authority", "40 ships were waiting"), ("Dockers' union", "there were 70")],
        ),
        (
            "The harbour authority said 40 ships were waiting; the dockers' union put the number at 70.",
            [("Harbour authority", "40 ships were waiting"), ("Dockers' union", "put the number at 70")],
        ),
        (
            "Citing two officials, Interfax reported that 12 people were killed.",
            [("Two officials", "12 people were killed")],
        ),
        (
            "The harbour authority denied that 40 ships had sunk.",
            [("Harbour authority", "denied that 40 ships had sunk")],
        ),
        (
            "Russian forces entered Kursk in August 2024, holding parts of the region for months.",
            [
                ("", "Russian forces entered Kursk in August 2024"),
                ("", "holding parts of the region for months"),
            ],
        ),
    ],
)
def test_every_assertion_has_its_claimant(text: str, expected: list[tuple[str, str]]) -> None:
    """Before, after or between what is said; several in one sentence; the article's own where nobody is named."""
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "hops"),
    [
        ("The coast guard told Reuters that 40 ships were waiting.", [("Reuters", "to")]),
        (
            "The coast guard, speaking to Radio Kursk, as reported by AFP, said that 40 ships sank.",
            [("Radio Kursk", "to"), ("AFP", "via")],
        ),
        ("Citing two officials, Interfax reported that 12 people were killed.", [("Interfax", "via")]),
        (
            '"All 40 ships sank," the coast guard was quoted as saying by the state news agency TASS.',
            [("The state news agency TASS", "via")],
        ),
        ("According to Reuters, the coast guard says that 40 ships sank.", [("Reuters", "via")]),
        ("The coast guard told lawmakers that 40 ships were waiting.", []),
    ],
)
def test_who_passed_it_on_is_kept(text: str, hops: list[tuple[str, str]]) -> None:
    """Told to an outlet, or carried by one; whoever merely listened is no hop."""
    first = claims(text)[0]

    assert [(each.party.span.of(text), str(each.how)) for each in first.relayed_by] == [
        (name if name in text else name.lower().replace("tass", "TASS"), how) for name, how in hops
    ]


def test_a_pronoun_or_a_short_name_is_whoever_was_named_before() -> None:
    """ "It", "the authority" and a quotation that runs on."""
    text = (
        "The North Bay Harbour Authority said 40 ships were waiting. It said that three had sunk. "
        'The authority called this "no cause for alarm". "We have enough room. Nobody will be turned away."'
    )

    assert {name for name, _ in said(text)} == {"North Bay Harbour Authority"}
    assert len(said(text)) == 5


@pytest.mark.parametrize(
    ("caveat", "stated_by"),
    [
        ("Reuters could not independently verify the figures.", "Reuters"),
        ("Ferry Post was unable to check any of these numbers.", "Ferry Post News"),
        ("The number could not be independently verified.", ""),
        ("It gave no breakdown by country.", ""),
        ("Neither number could be confirmed.", ""),
    ],
)
@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_a_caveat_goes_to_the_claims_that_it_covers(caveat: str, stated_by: str, between: str) -> None:
    """Also from a paragraph of its own; with who states it, by the publisher's full name where that is it."""
    text = f"The harbour authority said 40 ships were waiting.{between}{caveat}"

    (claim,) = claims(text)

    assert [(each.span.of(text), each.stated_by) for each in claim.caveats] == [(caveat, stated_by)]


def test_a_caveat_within_the_sentence_is_no_claim() -> None:
    """It covers what stands before it."""
    text = "The harbour authority said 40 ships had sunk, without providing evidence."

    (claim,) = claims(text)

    assert [each.span.of(text) for each in claim.caveats] == ["without providing evidence"]


def test_a_caveat_about_somebodys_account_leaves_other_claims_alone() -> None:
    """ "The union's number" is not the authority's."""
    text = (
        "The dockers' union said 70 ships were waiting. The harbour authority said 40 ships were waiting. "
        "The union's number could not be verified."
    )

    assert [len(each.caveats) for each in claims(text)] == [1, 0]


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("It never ran below 84 percent.", "never ran below 84 percent", 0.84, None),
        ("No home is dark for more than two hours.", "No home is dark for more than two", None, 2),
        ("There is no evidence that more than 500 died.", "more than 500", 500, None),
        ("The police did not shoot; more than 500 fled.", "more than 500", 500, None),
        ("They were dark for five hours and more.", "five hours and more", 5, None),
    ],
)
def test_a_denied_comparison_is_the_other_bound(text: str, words: str, low: float | None, high: float | None) -> None:
    """Where the same clause denies it; `check` reads the quantifier likewise."""
    (found,) = quantities(text, Span(0, len(text)))
    assert (found.span.of(text), found.low, found.high) == (words, low, high)
    bounds = bounds_in(words)
    assert bounds is not None
    assert (bounds.low, bounds.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("more than 4,000", 4000, None),
        ("at least three", 3, None),
        ("no fewer than 12", 12, None),
        ("no more than 8,000", None, 8000),
        ("up to 12,000", None, 12000),
        ("fewer than one in five", None, 0.2),
        ("about 14,000", 14000, 14000),
        ("nearly 5,000", 5000, 5000),
        ("between 2,500 and 3,000", 2500, 3000),
        ("10 to 15 percent", 0.1, 0.15),
        ("$2-3 billion", 2e9, 3e9),
        ("1.2 billion", 1.2e9, 1.2e9),
        ("half a million", 500_000, 500_000),
        ("two-thirds", 2 / 3, 2 / 3),
        ("a dozen", 12, 12),
        ("more than half", 0.5, None),
        ("58.3 percent", 0.583, 0.583),
        ("38 per cent", 0.38, 0.38),
        ("6,000 or more", 6000, None),
        ("fifteen or sixteen", 15, 16),
        ("tens of thousands", None, None),
    ],
)
def test_bounds_follow_from_the_words(words: str, low: float | None, high: float | None) -> None:
    """The qualifier belongs to the quantifier, and nothing but it decides the bounds."""
    text = f"They counted {words} of them."

    (found,) = quantities(text, Span(0, len(text)))

    assert found.span.of(text) == words
    assert (found.low, found.high) == (pytest.approx(low) if low else low, pytest.approx(high) if high else high)


def test_a_bound_may_follow_what_is_counted() -> None:
    """As in "six carcasses at most"."""
    text = "They could tie him to six carcasses at most."
    (found,) = quantities(text, Span(0, len(text)))
    assert (found.span.of(text), found.low, found.high) == ("six carcasses at most", None, 6)


@pytest.mark.parametrize(
    "words",
    [
        "on 12 October",
        "in August 2024",
        "on April 24, 2025",
        "the Uran-6",
        "a 34-year-old",
        "at 3:30 p.m.",
        "the 13th",
        "silent by eight that evening",
        "and not a single one",
        "one of them",
        "a 15-point plan",
        "dated 2025-11-14",
    ],
)
def test_a_number_that_counts_nothing_is_no_figure(words: str) -> None:
    """Dates, times, ages, ordinals, parts of names."""
    assert quantities(f"It stood {words} there.", Span(0, len(f"It stood {words} there."))) == ()


def test_a_denominator_is_kept_with_what_it_divides() -> None:
    """37 of the 64 is one figure, of 64 settlements."""
    (figure,) = claims("The governor said 37 of the 64 settlements remained closed.")[0].figures

    assert (figure.quantifier, figure.of, figure.unit) == ("37", "64 settlements", "settlements")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on Tuesday", "2025-11-11"),
        ("last Friday", "2025-11-07"),
        ("yesterday", "2025-11-13"),
        ("last month", "2025-10"),
        ("in April", "2025-04"),
        ("in December", "2024-12"),
        ("by the end of June", "2026-06"),
        ("on 3 April 2024", "2024-04-03"),
        ("since 2022", "2022"),
    ],
)
def test_a_relative_date_is_counted_from_the_article(words: str, edtf: str) -> None:
    """With a note of how, where the words alone do not say it."""
    text = f"They came {words}."

    (found,) = dates(text, Span(0, len(text)), DAY)

    assert found.when.edtf == edtf
    assert bool(found.note) == (words not in {"on 3 April 2024", "since 2022"})


def test_the_page_around_an_article_is_no_claim() -> None:
    """Headlines, captions, by-lines, buttons and questions."""
    text = (
        "Ships wait as 40 captains complain\nBy Ferry Post Staff\n\n"
        "Ships off the coast on Friday. Photograph: Ferry Post/AFP\n\n"
        "KURSK, Nov 14 (Ferry Post) - The harbour authority said 40 ships were waiting.\n\n"
        "Sign up for our newsletter with 5 stories a day.\n\nYou can now listen to 3 articles."
    )

    assert said(text) == [("Harbour authority", "40 ships were waiting")]


@pytest.mark.parametrize(
    ("head", "who", "day"),
    [
        ("KURSK, November 14, 2025 (Ferry Post) — Ships wait.", "Ferry Post", "2025-11-14"),
        ("Ships wait\nFerry Post News, 14 November 2025\n\nShips.", "Ferry Post News", "2025-11-14"),
        ("Ships wait\nFerry Post, 2025-05-05\n", "Ferry Post", "2025-05-05"),
        ("Ships wait\nFERRY TOWN, Sept. 3, 2025 (Ferry Post)\n\nShips.", "Ferry Post", "2025-09-03"),
        ("Ships wait\nFriday, 14 November 2025\nThe Ferry Post wrote on Monday.", "", "2025-11-14"),
        ("Ships wait (again) on Monday.", "", ""),
    ],
)
def test_the_head_of_an_article_says_when_and_who(head: str, who: str, day: str) -> None:
    """So that a file can be read with no more than its name."""
    assert heading.publisher(head) == who
    assert str(heading.published_on(head) or "") == day


def test_what_the_base_knows_is_met_by_name_or_alias() -> None:
    """An alias accepted once is used in the next intake; who is known is not proposed as new."""
    known = a_party("North Bay Harbour Authority", aliases=("harbour authority",))
    text = "The harbour authority said 40 ships were waiting."

    intake = _read(text, a_base((), known))

    (claim,) = intake.proposals
    assert claim.claimant is not None
    assert (claim.claimant.key, claim.claimant.name) == (known.key, known.name)
    assert not intake.entries


def test_the_command_prints_the_proposals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For programs with offsets, for people under their sentences."""
    path = tmp_path / "ships.txt"
    text = "The harbour authority told Reuters that more than 40 ships were waiting."
    path.write_text(text, encoding="utf-8")

    assert main(["intake", str(path), "--json", "--published", "2025-11-14", "--publisher", "Ferry Post"]) == 0
    printed = json.loads(capsys.readouterr().out)

    (claim,) = printed["claims"]
    assert (printed["article"], printed["published"], printed["outlet"]) == ("ships", "2025-11-14", "Ferry Post")
    assert text[slice(*claim["content"])] == "more than 40 ships were waiting"
    assert (claim["claimant"]["text"], claim["relayed_by"][0]["how"]) == ("The harbour authority", "to")
    assert claim["figures"][0]["low"] == 40
    assert claim["figures"][0]["high"] is None

    assert main(["intake", str(path)]) == 0
    assert "1. More than 40 ships were waiting." in capsys.readouterr().out


def test_a_text_file_as_notepad_writes_it_is_read() -> None:
    """UTF-16 that says so, and UTF-8 with a mark."""
    for encoding in ("utf-16", "utf-8-sig", "utf-8"):
        assert decoded("“Sechs Schiffe”".encode(encoding)) == "“Sechs Schiffe”"


@pytest.mark.parametrize(
    ("name", "said_so"),
    [
        ("none.txt", "cannot be read"),
        ("blank.txt", "no text"),
        ("latin.txt", "no plain text"),
        ("paper.txt", "no plain text"),
        ("word.txt", "no plain text"),
        ("rich.txt", "no plain text"),
        ("page.txt", "HTML"),
        ("endless.txt", "longer than 100,000"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, said_so: str
) -> None:
    """One sentence, exit status 1."""
    files = {
        "latin": b"caf\xe9",
        "paper": b"%PDF-1.7\n1 0 obj",
        "word": b"PK\x03\x04word/document.xml",
        "rich": b"{\\rtf1 Ships wait.}",
        "page": b"<html><p>Ships wait.</p>",
        "blank": b" \n",
        "endless": b"Ships wait. " * 9_000,
    }
    for written, data in files.items():
        (tmp_path / f"{written}.txt").write_bytes(data)

    assert main(["intake", str(tmp_path / name)]) == 1
    assert said_so in capsys.readouterr().err


def test_a_bare_denial_says_what_it_denies() -> None:
    """Beside other claims "denied that" says nothing; what was said before it stands in brackets."""
    _, denied = claims("The union said that the port had cut inspections. Corvane Health denied that.")
    assert denied.statement == "Corvane Health denied that [the port had cut inspections]."


def test_what_somebody_does_and_goes_on_to_say_is_one_claim() -> None:
    """A denial and its reason in one sentence are read, and accepted, together."""
    (claim,) = claims("The union blamed the port for the flood and said 40 boats were lost.")
    assert claim.statement == "The union blamed the port for the flood and said 40 boats were lost."
    assert [each.low for each in claim.figures] == [40]


def test_who_gives_a_bare_number_is_its_claimant() -> None:
    """It counts what the question before it asks for, direct or not."""
    given = claims("Nor is it settled how many boats were lost. The parks department gives 410.")[-1]
    assert given.claimant is not None
    assert (given.claimant.name, given.figures[0].subject) == ("Parks department", "boats")


def test_brackets_may_hold_only_what_the_text_says() -> None:
    """A number or a "not" that somebody puts into an editor's brackets is a fault."""
    text = "The union said that 240 operations were cancelled."
    (claim,) = claims(text)
    article = Article(text, "Ferry Post News", DAY)
    for added in ("[not all]", "[and 300 more]"):
        assert faults(replace(claim, statement=f"{claim.statement} {added}"), article)


def test_a_bare_number_counts_what_the_number_before_it_counted() -> None:
    """What is counted gets a name out of the words around it, which the claim that lacks them has in brackets."""
    one, other = claims("The union said that 240 operations were cancelled. Corvane Health spoke of 150.")
    named = [(each.metric, each.subject) for claim in (one, other) for each in claim.figures]
    assert named == [("Operations cancelled", "operations")] * 2
    assert (other.statement, other.figures[0].like) == (
        "Corvane Health spoke of 150 [operations were cancelled].",
        "240",
    )
    (answer,) = claims("How many drowned? The harbour police say 61.")
    assert answer.statement == "The harbour police say 61 [people drowned]."
    (apart,) = claims("How many drowned?\n\nFewer than 400, according to the board.")
    assert apart.statement == "Fewer than 400 [people drowned]."
    (alone,) = claims("The harbour police say 61.")
    assert (alone.statement, alone.figures[0].like) == ("The harbour police say 61.", "")


def test_who_is_called_something_is_meant_by_it_later() -> None:
    """ "Harbour Live, the promoter" is "the promoter" from then on; "police" are none of their chief's."""
    text = (
        "County police said that nine had died. Harbour Live, the promoter, spoke of 60 guests with injuries.\n\n"
        "The county police chief said that people ran. The promoter said that exits were open. Police said help came."
    )
    who = [name for name, _ in said(text)]
    assert who == ["County police", "Harbour Live", "County police chief", "Harbour Live", "County police"]


def test_who_calls_itself_something_and_who_he_is() -> None:
    """A clause that says which group it is keeps it from an earlier name; "he" is no spokeswoman."""
    text = (
        "Corvane Health, the largest hospital group, was hit. The group that claims the attack, which calls itself "
        "Grey Lantern, put the number at 3 million. Ines Talbot, a spokeswoman, said that no operation was "
        "postponed. "
        "A surgeon in Port Ansel contradicted her. He told Reuters that two patients had been moved."
    )
    who = [name for name, _ in said(text)]
    assert "Grey Lantern" in who
    assert who[-1] == "Surgeon in Port Ansel"
