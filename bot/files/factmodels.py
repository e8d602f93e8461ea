"""The format of the fact base's file, as models that read, check and describe it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from bot.core.bounds import read_number
from bot.core.claims import (
    CAVEAT_LENGTH,
    MOST,
    NAME_LENGTH,
    NOTE_LENGTH,
    QUOTATION_LENGTH,
    STATEMENT_LENGTH,
    URL_LENGTH,
    Caveat,
    Link,
    Relay,
    Status,
    Verification,
)
from bot.core.dates import PartialDate
from bot.core.figures import Figure

SCHEMA_NAME = "fact-base.schema.json"

_KEY, _REF, _EDTF = r"^[a-z0-9][a-z0-9_-]*$", r"^C[1-9][0-9]{0,8}$", r"^\d{4}(-\d{2}(-\d{2})?)?$"
_HASH, _URL, _GROUP = r"^[0-9a-f]{64}$", r"^(https?://\S+)?$", r"^\S+( \S+)+$"
_WORDS = r"^(\S+( \S+)*)?$"
EXAMPLES = {
    _KEY: "north-bay",
    _REF: "C12",
    _EDTF: "2025, 2025-10, 2025-10-31",
    _HASH: "0a1b… (64)",
    _URL: "https://…",
    _GROUP: "boat vessel",
    _WORDS: "crew sailors",
    "date": "2025-10-31",
    "int": "12",
    "float": "12",
    "bool": "true, false",
}
"""How each is written, by its pattern or kind."""

Key = Annotated[str, StringConstraints(pattern=_KEY, max_length=60)]
Ref = Annotated[str, StringConstraints(pattern=_REF)]
Edtf = Annotated[str, StringConstraints(pattern=_EDTF), AfterValidator(lambda text: PartialDate.parse(text).edtf)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=NAME_LENGTH)]


Bound = Annotated[
    float | None, BeforeValidator(lambda value: read_number(value) if isinstance(value, str) else value)
]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EntryModel(_Model):
    """A topic, place or metric: its name and every other name it answers to."""

    name: Name
    aliases: list[Name] = Field(default_factory=list[str])
    about: Annotated[str, StringConstraints(max_length=300)] = ""
    part_of: Key | None = None


class PartyModel(EntryModel):
    """A person, body, state, outlet or described group."""

    style: Annotated[str, StringConstraints(max_length=NAME_LENGTH)] = ""
    members: list[Key] = Field(default_factory=list[str])


class SourceModel(_Model):
    """A document in which claims were read."""

    publisher: Key
    published_on: date
    sha256: Annotated[str, StringConstraints(pattern=_HASH)]
    title: str = ""
    url: Annotated[str, StringConstraints(pattern=_URL, max_length=URL_LENGTH)] = Field(
        default="", description="Where it can be read."
    )
    retrieved_on: date | None = Field(default=None, description="The day it was read there.")
    left_out: list[Annotated[str, StringConstraints(min_length=1, max_length=QUOTATION_LENGTH)]] = Field(
        default_factory=list[str], description="Passages that no claim holds, on purpose; only `check` reads them."
    )


class HopModel(_Model):
    """One hop between claimant and source: told `to` an agency, or carried `via` an outlet."""

    party: Key
    how: Relay = Relay.VIA


class CaveatModel(_Model):
    """A sentence that limits the claim, verbatim, and who states it; empty where the source names nobody."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=CAVEAT_LENGTH)]
    stated_by: Annotated[str, StringConstraints(max_length=NAME_LENGTH)] = ""


class VerificationModel(_Model):
    """How far anybody checked it, by the source's own account."""

    status: Status
    caveats: Annotated[list[CaveatModel], Field(max_length=MOST)] = Field(default_factory=list[CaveatModel])

    @model_validator(mode="after")
    def _sound(self) -> Self:
        Verification(self.status, tuple(Caveat(caveat.text, caveat.stated_by) for caveat in self.caveats))
        return self


class FigureModel(_Model):
    """A quantity with the words the source used; low and high are None where the words give no such bound."""

    metric: Key
    subject: Name
    quantifier: Name
    low: Bound = None
    high: Bound = None
    unit: Name = "people"
    of: Annotated[str, StringConstraints(max_length=NAME_LENGTH)] = ""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        Figure(**self.model_dump())
        return self


class QuotationModel(_Model):
    """Words the source itself puts in quotation marks, and some before and after to find them again."""

    exact: Annotated[str, StringConstraints(min_length=1, max_length=QUOTATION_LENGTH)]
    prefix: str = ""
    suffix: str = ""


class GradeModel(_Model):
    """A moderator's grades of source and information (Admiralty code), and why."""

    reliability: Literal["A", "B", "C", "D", "E", "F"]
    credibility: Annotated[int, Field(ge=1, le=6)]
    rationale: Annotated[str, StringConstraints(min_length=1, max_length=CAVEAT_LENGTH)]


class ClaimModel(_Model):
    """One attributed assertion in our own neutral words."""

    id: Ref
    statement: Annotated[str, StringConstraints(min_length=1, max_length=STATEMENT_LENGTH)]
    claimant: Key
    spoken_by: Annotated[str, StringConstraints(max_length=NAME_LENGTH)] = Field(
        default="", description="Who speaks for the claimant, with their role: spokesperson Ana Silva."
    )
    relayed_by: Annotated[list[HopModel], Field(max_length=MOST)] = Field(default_factory=list[HopModel])
    source: Key
    verification: VerificationModel
    topics: Annotated[list[Key], Field(min_length=1)]
    subjects: list[Key] = Field(default_factory=list[str])
    places: list[Key] = Field(default_factory=list[str])
    figures: list[FigureModel] = Field(default_factory=list[FigureModel])
    quotations: list[QuotationModel] = Field(default_factory=list[QuotationModel])
    event_date: Edtf | None = None
    claim_date: Edtf | None = None
    relations: list[Annotated[dict[Link, Ref], Field(min_length=1, max_length=1)]] = Field(
        default_factory=list[dict[Link, str]]
    )
    editor_note: Annotated[str, StringConstraints(max_length=NOTE_LENGTH)] = ""
    grade: GradeModel | None = None
    retired: str = ""


Words = Annotated[str, StringConstraints(pattern=_WORDS)]


class VocabularyModel(_Model):
    """
    Words of questions to the base: those used for each other, one group a line, and whether these are all.

    And of what kind some are: nouns that count people, nouns that after "the" mean an office, what makes a name
    before it that of an event, and words that say little here.
    """

    closed: bool = False
    people: Words = ""
    offices: Words = ""
    events: Words = ""
    light: Words = ""
    groups: list[Annotated[str, StringConstraints(pattern=_GROUP)]] = Field(default_factory=list[str])


class StampModel(_Model):
    """What an export says of the base that it was made of; nothing to be written by hand."""

    base: Annotated[str, StringConstraints(max_length=64)]
    revision: int
    at: Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(9999, 1, 1, tzinfo=UTC))]


class FileModel(_Model):
    """A whole fact base."""

    format: Literal[1]
    exported: StampModel | None = None
    sources: dict[Key, SourceModel]
    topics: dict[Key, EntryModel]
    places: dict[Key, EntryModel] = Field(default_factory=dict[str, EntryModel])
    parties: dict[Key, PartyModel]
    metrics: dict[Key, EntryModel] = Field(default_factory=dict[str, EntryModel])
    vocabulary: VocabularyModel = Field(default_factory=VocabularyModel)
    claims: list[ClaimModel]


def schema() -> str:
    """The format's JSON Schema, as the file beside the fact base holds it."""
    return json.dumps(FileModel.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
