"""
Make `bot/languages/wordnet.npz`: what WordNet 3.0 says of ordinary English words, in under a megabyte.

    apt-get install wordnet-base
    python benchmarks/wordnet.py /usr/share/wordnet

Kept for each word and phrase of `vectors.npz`, each word of `ordinary.txt` there and each lemma of WordNet of five
letters and more, in the form as written ("puffins", "pass away"): the synsets of its first senses as a noun and as a
verb, how often it is a noun, the field of its first sense (person, group, event …), whether it is only ever a proper
name, and whether it is a country or the adjective of a place; for each synset its hypernyms and what is derived from
its words; and the irregular forms of the verbs that phrases begin with.

WordNet 3.0, copyright 2006 by Princeton University, free to use, copy, modify and distribute; its licence stands in
`bot/languages/LICENCES.md`.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

LANGUAGES = Path(__file__).parents[1] / "bot" / "languages"
_SENSES, _HYPERNYMS, _DERIVED, _SHORTEST = 4, 2, 4, 5
_PLACE = 15
_POS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_ENDINGS = {
    "noun": (("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"),
             ("ies", "y"), ("s", "")),
    "verb": (("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")),
    "adj": (("er", ""), ("est", ""), ("er", "e"), ("est", "e")),
    "adv": (),
}  # fmt: skip
"""Endings that WordNet's own morphological processor takes off (morphy)."""


class Synset(NamedTuple):
    """
    One meaning.

    Attributes:
        field: Number of its lexicographer file (18 person, 14 group, 11 event, 15 location …).
        proper: Whether it is one single thing, or every word for it is written with a capital.
        above: Offsets of its hypernyms.
        single: Whether it is one single thing: an instance, not a kind.
        pertains: Offsets of the nouns that it is of, for an adjective: *China* of *Chinese*.
        derived: Part of speech and offsets of what is made of its words, and of what it causes or entails: *loss* of
            *lose*, *die* of *kill*.
    """

    field: int
    proper: bool
    above: tuple[int, ...]
    single: bool
    pertains: tuple[int, ...]
    derived: tuple[tuple[str, int], ...]


def synsets(folder: Path, part: str) -> dict[int, Synset]:
    """Every synset of *part* (noun, verb, adj) by its offset."""
    found: dict[int, Synset] = {}
    for line in (folder / f"data.{part}").read_text("latin-1").splitlines():
        if line.startswith("  "):
            continue
        cells = line.split(" ")
        count = int(cells[3], 16)
        words = cells[4 : 4 + 2 * count : 2]
        pointers = cells[5 + 2 * count : 5 + 2 * count + 4 * int(cells[4 + 2 * count])]
        above = [int(pointers[at + 1]) for at in range(0, len(pointers), 4) if pointers[at] in {"@", "@i"}]
        parts = {"n": "noun", "v": "verb"}
        derived = [
            (parts[pointers[at + 2]], int(pointers[at + 1]))
            for at in range(0, len(pointers), 4)
            if pointers[at] in {"+", ">", "*"} and pointers[at + 2] in parts
        ]
        derived.sort(key=lambda each: each[0] != "verb" if ">" in pointers[::4] or "*" in pointers[::4] else False)
        pertains = [
            int(pointers[at + 1]) for at in range(0, len(pointers), 4) if pointers[at : at + 3 : 2] == ["\\", "n"]
        ]
        single = "@i" in pointers[::4]
        proper = single or all(word[:1].isupper() for word in words)
        found[int(cells[0])] = Synset(
            int(cells[1]), proper, tuple(above[:_HYPERNYMS]), single, tuple(pertains), tuple(derived[:_DERIVED])
        )
    return found


def senses(folder: Path, part: str) -> dict[str, list[int]]:
    """The synsets of each lemma, the commonest first."""
    found: dict[str, list[int]] = {}
    for line in (folder / f"index.{part}").read_text("latin-1").splitlines():
        if not line.startswith("  "):
            cells = line.split()
            found[cells[0]] = [int(each) for each in cells[-int(cells[2]) :]]
    return found


def exceptions(folder: Path, part: str) -> dict[str, list[str]]:
    """Irregular forms with their lemmas."""
    lines = (folder / f"{part}.exc").read_text("latin-1").splitlines()
    return {cells[0]: cells[1:] for line in lines if (cells := line.split())}


def counts(folder: Path) -> dict[str, dict[str, int]]:
    """How often each lemma was met as each part of speech in texts whose senses were told apart by hand."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in (folder / "cntlist.rev").read_text("latin-1").splitlines():
        key, _, count = line.split()
        lemma, _, rest = key.partition("%")
        found[lemma]["nvara"[int(rest[0]) - 1]] += int(count)
    return found


def lemmas(word: str, part: str, known: dict[str, list[int]], irregular: dict[str, list[str]]) -> Iterator[str]:
    """The lemmas that *word* may be a form of."""
    if word in known:
        yield word
    yield from (lemma for lemma in irregular.get(word, ()) if lemma in known)
    for ending, instead in _ENDINGS[part]:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            lemma = word[: -len(ending)] + instead
            if lemma in known:
                yield lemma


def national(
    word: str, data: dict[str, dict[int, Synset]], known: dict[str, dict[str, list[int]]], uses: dict[str, int]
) -> bool:
    """Whether *word* is above all a country, or an adjective of one single place: *china*, *french*, not *turkey*."""

    def country(at: int) -> bool:
        each = data["noun"][at]
        return at in countries or (each.field == _PLACE and any(map(country, each.above)))

    countries = {at for at in known["noun"]["country"] if data["noun"][at].field == _PLACE}
    first = known["noun"].get(word, ())[:1]
    if not uses["verb"] and any(data["noun"][at].single and country(at) for at in first):
        return True
    adjectives = [data["adj"][at] for at in known["adj"].get(word, ())[:1]]
    nouns = [data["noun"][at] for each in adjectives if each.proper for at in each.pertains]
    return any(each.single and each.field == _PLACE for each in nouns) and uses["adj"] >= uses["verb"]


def main() -> None:
    """Read WordNet, keep what is asked of it, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("folder", type=Path, help="WordNet's database files")
    folder: Path = parser.parse_args().folder
    common = bytes(np.load(LANGUAGES / "vectors.npz")["words"]).decode().split("\n")
    ordinary = (LANGUAGES / "ordinary.txt").read_text("utf-8").splitlines()
    listed = [line for line in ordinary if not line.startswith("#")]
    data = {part: synsets(folder, part) for part in ("noun", "verb", "adj")}
    known = {part: senses(folder, part) for part in _POS}
    irregular = {part: exceptions(folder, part) for part in _POS}
    tagged = counts(folder)
    plain = [lemma for part in _POS for lemma in known[part] if lemma.isalpha() and len(lemma) >= _SHORTEST]
    words = list(dict.fromkeys((*common, *listed, *plain)))
    number: dict[tuple[str, int], int] = {}
    kept: list[tuple[str, list[int], list[int], int, int, bool, bool]] = []
    for word in words:
        written = {
            part: list(dict.fromkeys(lemmas(word.replace(" ", "_"), part, known[part], irregular[part])))
            for part in _POS
        }
        if not any(written.values()):
            continue
        uses = {part: sum(tagged[lemma][_POS[part]] + 1 for lemma in written[part][:1]) for part in _POS}
        share = uses["noun"] / sum(uses.values())
        here = {
            part: [at for lemma in written[part] for at in known[part][lemma]][:_SENSES] for part in ("noun", "verb")
        }
        nouns = [data["noun"][at] for at in here["noun"]]
        proper = bool(nouns) and all(each.proper for each in nouns) and not written["verb"]
        of_nation = national(word, data, known, uses)
        ids = [[number.setdefault((part, at), len(number)) for at in here[part]] for part in ("noun", "verb")]
        kept.append((word, ids[0], ids[1], round(share * 100), nouns[0].field if nouns else 0, proper, of_nation))
    above: list[list[int]] = []
    for part, at in (waiting := list(number)):
        more = [(part, each) for each in data[part][at].above]
        waiting += [each for each in more if each not in number]
        above.append([number.setdefault(each, len(number)) for each in more])
    derived = [[number[each] for each in data[part][at].derived if each in number] for part, at in number]
    opening = {word.split(" ")[0] for word in common if " " in word}
    forms = [f"{form} {lemma}" for form, of in irregular["verb"].items() for lemma in of if lemma in opening]
    target = LANGUAGES / "wordnet.npz"
    np.savez_compressed(
        target,
        words=np.frombuffer("\n".join(row[0] for row in kept).encode(), dtype=np.uint8),
        nouns=_padded([row[1] for row in kept], _SENSES),
        verbs=_padded([row[2] for row in kept], _SENSES),
        noun_share=np.array([row[3] for row in kept], dtype=np.uint8),
        fields=np.array([row[4] for row in kept], dtype=np.uint8),
        proper=np.array([row[5] for row in kept], dtype=bool),
        national=np.array([row[6] for row in kept], dtype=bool),
        above=_padded(above, _HYPERNYMS),
        derived=_padded(derived, _DERIVED),
        irregular=np.frombuffer("\n".join(forms).encode(), dtype=np.uint8),
    )
    print(f"{len(kept):,} words, {len(above):,} synsets, {target.stat().st_size / 1e6:.2f} MB")


def _padded(rows: list[list[int]], width: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    filled = np.full((len(rows), width), -1, dtype=np.int32)
    for at, row in enumerate(rows):
        filled[at, : len(row)] = row[:width]
    return filled


if __name__ == "__main__":
    main()
