"""The curated fact base keeps its own editorial rules, and its README accounts for every sentence of the article."""

from __future__ import annotations

import os
import re
from itertools import groupby
from pathlib import Path

import pytest

from bot.checking import report
from bot.cli import main
from bot.core.asking.results import Found
from bot.core.asking.search import Searcher
from bot.core.claims import Claim, Entry, FactBase, Relay, Status
from bot.files.factmodels import SCHEMA_NAME, schema

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"

_ROW = re.compile(r"^\| P(\d+)S(\d+) \|[^|]+\|([^|]+)\|$", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”]))(?<!Lt\.)(?<!Gen\.)\s+(?=[\"“A-Z])")


def coverage() -> list[tuple[int, int, list[int]]]:
    """The README's table: paragraph, sentence, and the numbers of the claims that its row names."""
    rows = _ROW.findall((DATA / "README.md").read_text("utf-8"))
    return [
        (int(paragraph), int(sentence), [int(number) for number in re.findall(r"C(\d+)", claims)])
        for paragraph, sentence, claims in rows
    ]


@pytest.fixture(scope="session")
def article() -> Path:
    """The article that the base was read in; its text is not part of the project."""
    given = os.environ.get("CAVEAT_ARTICLE")
    found = [Path(given)] if given else sorted(ROOT.parent.glob("shared/article/*.txt"))
    if not found:
        pytest.skip("the article is not at hand: set CAVEAT_ARTICLE to its text file")
    return found[0]


def test_the_curated_base_has_nothing_to_mend() -> None:
    """What ships passes its own check."""
    assert report(DATA) == []


def test_the_curated_base_is_true_to_the_article(article: Path) -> None:
    """Every quotation and caveat is verbatim, everything quoted is kept, and the hash is the article's."""
    assert report(DATA, article) == []


def test_the_coverage_table_counts_the_articles_sentences(article: Path) -> None:
    """No sentence of the article is without a row, and no row without its sentence."""
    paragraphs = [line for line in article.read_text("utf-8").splitlines() if line.strip()]
    counted = [len(_SENTENCE_END.split(paragraph.strip())) for paragraph in paragraphs]

    assert counted == [len(list(rows)) for _, rows in groupby(coverage(), key=lambda row: row[0])]


def test_the_coverage_table_goes_through_the_article_in_order() -> None:
    """Paragraphs and sentences are numbered from 1 without a gap."""
    before = (0, 0)
    for paragraph, sentence, _ in coverage():
        assert (paragraph, sentence) in {(before[0], before[1] + 1), (before[0] + 1, 1)}
        before = (paragraph, sentence)


def test_the_coverage_table_names_every_claim_and_no_other(base: FactBase) -> None:
    """A claim that no sentence accounts for would be our own assertion."""
    assert {number for *_, numbers in coverage() for number in numbers} == set(base.claims)


def test_claims_are_listed_in_the_order_of_their_numbers(base: FactBase) -> None:
    """Whoever looks for C14 finds it between C13 and C15."""
    assert list(base.claims) == list(range(1, len(base.claims) + 1))


def test_the_exported_schema_is_current() -> None:
    """Editors complete and check by the format that the bot reads; `make docs` writes it."""
    assert (DATA / SCHEMA_NAME).read_text("utf-8") == schema()
    assert (DATA / "fact-base.yaml").read_text("utf-8").startswith(f"# yaml-language-server: $schema={SCHEMA_NAME}\n")


def figured(base: FactBase, metric: str) -> list[Claim]:
    """The claims with a figure for *metric*."""
    return [claim for claim in base.live if any(figure.metric == metric for figure in claim.figures)]


def test_unnamed_sources_are_the_claimant_and_reuters_only_heard_them(base: FactBase) -> None:
    """An outlet that relays is not who asserts."""
    (killed,) = figured(base, "killed")

    assert killed.attribution.claimant.members == ("south-korea", "ukraine", "west")
    assert [(hop.party.key, hop.how) for hop in killed.attribution.relayed_by] == [("reuters", Relay.TO)]
    assert killed.attribution.source.publisher.key == "fox"


def test_a_caveat_covers_only_the_figures_it_speaks_of(base: FactBase) -> None:
    """Casualty figures are limited by the article; numbers of troops sent are not."""
    for metric in ("killed", "losses", "died_share"):
        assert [claim.verification.status for claim in figured(base, metric)] == [Status.NOT_INDEPENDENTLY_VERIFIED]
    assert {claim.verification.status for claim in figured(base, "sent")} == {Status.NONE_STATED}


def test_the_caveats_say_who_could_not_verify_only_where_the_article_does(base: FactBase) -> None:
    """The passive sentence on battlefield casualty numbers names nobody."""
    stated = {
        metric: {caveat.stated_by for claim in figured(base, metric) for caveat in claim.verification.caveats}
        for metric in ("killed", "losses")
    }

    assert stated == {"killed": {""}, "losses": {"Fox News Digital"}}


def test_a_share_of_an_unstated_number_keeps_both_readings(base: FactBase) -> None:
    """Two-thirds of those sent, or of the losses: the note has both, the figure neither."""
    (share,) = figured(base, "died_share")

    assert share.figures[0].of == ""
    for part in ("up to 12,000", "up to 8,000", "more than 4,000", "more than about 2,667", "neither"):
        assert part in " ".join(share.editor_note.split())


def test_competing_figures_are_linked(base: FactBase) -> None:
    """Whoever sees one of the rival counts is shown the others."""
    sent = [claim.number for claim in figured(base, "sent")]
    (killed,), (losses,), (share,) = (figured(base, metric) for metric in ("killed", "losses", "died_share"))

    assert base.disputes[sent[0]] == (sent[1],)
    assert set(base.disputes[killed.number]) == {losses.number, share.number}


def test_six_thousand_killed_and_six_thousand_engineers_are_told_apart(base: FactBase) -> None:
    """Two claims with the same number each warn of the other."""
    (killed,) = figured(base, "killed")
    engineers = next(claim for claim in figured(base, "deployed") if claim.figures[0].low)

    assert killed.figures[0].low == engineers.figures[0].low
    assert engineers.ref in killed.editor_note
    assert killed.ref in engineers.editor_note


def test_relative_dates_are_partial_dates(base: FactBase) -> None:
    """“Last month”, “in April” and “last year” are months and a year, counted from the day of publication."""
    dates = {date.edtf for claim in base.live for date in (claim.event_date, claim.claim_date) if date}

    assert dates == {"2024", "2024-08", "2025-04", "2025-10"}


@pytest.mark.parametrize("kind", ["topics", "places", "parties"])
def test_every_name_in_the_base_leads_to_its_claims(base: FactBase, kind: str) -> None:
    """No alias is shadowed by another name, corrected into one, or unreadable."""
    searcher = Searcher(base)
    entries: dict[str, Entry] = getattr(base, kind)
    lost = [
        name
        for entry in entries.values()
        for name in entry.names
        if not isinstance(found := searcher.alias_command(name), Found)
        or entry.key not in {match.key for match in found.matched}
    ]

    assert lost == []


def test_a_new_fact_base_is_written_clean_and_never_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With remarks on every part; check has nothing to say of it."""
    file = tmp_path / "own.yaml"
    assert main(["new", str(file)]) == 0
    assert main(["check", str(file)]) == 0
    assert file.read_text("utf-8").count("#") > 10
    file.write_text("mine", encoding="utf-8")
    assert main(["new", str(file)]) == 1
    assert file.read_text("utf-8") == "mine"
    assert "exists already" in capsys.readouterr().err
