"""Moderators keep the base true from chat: every change looked at, reasoned, undoable, and in force at once."""

from __future__ import annotations

import pytest

from tests.desk import ADD, Desk, labels_of, moderator_says, newest, newest_with, press, refs_in, text_of


async def test_a_claim_is_looked_at_before_it_is_saved_and_answers_at_once_after(desk: Desk) -> None:
    """The preview is the block that members will see."""
    preview = await moderator_says(desk, ADD)
    assert "Nothing is saved yet" in preview
    assert "Attribution: Ukraine, as reported by Fox News Digital" in preview
    assert not refs_in(await desk.answer("!ask field kitchens"))

    await press(desk, "Save")
    assert "C32" in refs_in(newest_of(desk, "C32"))
    assert refs_in(await desk.answer("!ask field kitchens")) == ["C32"]


def newest_of(desk: Desk, ref: str) -> str:
    """The newest message that names a claim."""
    return next(text for each in reversed(desk.channel.history()) if ref in (text := text_of(each)))


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ("claimant: ukraine ", "a claimant"),
        ("source: fox-2025-11-14 ", "a source"),
        ("status: not independently verified ", "a verification"),
        ("topics: troops ", "a topic"),
    ],
)
async def test_a_claim_without_a_needed_part_is_refused_by_its_name(desk: Desk, field: str, named: str) -> None:
    """No claim without who said it and whether anyone could check it."""
    assert f"A claim needs {named}" in await moderator_says(desk, ADD.replace(field, ""))
    await press(desk, "Save")
    assert len((await desk.bot.services.workspaces.open(desk.server.id)).base.claims) == 31


async def test_a_status_that_needs_a_caveat_is_refused_without_one(desk: Desk) -> None:
    """Who checked what has to be said."""
    without = ADD.replace("caveat: Nobody could count them. | Reuters ", "")
    assert "needs a caveat" in await moderator_says(desk, without)


async def test_a_change_without_a_reason_is_not_saved(desk: Desk) -> None:
    """Each change needs one."""
    await moderator_says(desk, ADD.replace(" reason: a new report", ""))
    result = await press(desk, "Save")

    assert result.response is not None
    assert result.response.message is not None
    assert "needs a reason" in text_of(result.response.message)


async def test_a_preview_shows_what_is_nearly_the_same_and_what_to_mend(desk: Desk) -> None:
    """Before anything is saved."""
    preview = await moderator_says(
        desk,
        "!claim add statement: More than 6,000 of the North Korean troops sent to Russia were killed. claimant: nato "
        "source: fox-2025-11-14 status: none topics: casualties about: north korea "
        "figures: killed | North Korean troops | more than 6,500 | 6500.. reason: x",
    )

    assert "C8 · says nearly the same" in preview
    assert "Check" in preview


async def test_slash_opens_a_form_and_the_form_becomes_a_preview(desk: Desk) -> None:
    """Parties, sources, topics and status are chosen, not typed."""
    opened = await desk.moderator.slash(desk.channel, "claim add")
    await desk.moderator.submit_modal(
        opened,
        {
            "statement": "North Korea sent 37 field kitchens.",
            "claimant": "ukrane",
            "source": "fox-2025-11-14",
            "topics": "troops",
            "status": ["none_stated"],
        },
    )
    assert "did you mean Ukraine?" in newest(desk)
    message = desk.channel.last_message
    assert message is not None
    await desk.moderator.select(message, values=["0"])
    assert "North Korea sent 37 field kitchens." in newest(desk)

    more = await press(desk, "Caveat, figures, more")
    await desk.moderator.submit_modal(
        more,
        {
            "caveat": "",
            "figures": "sent | kitchens | 37 | 37",
            "quotation": "",
            "more": "places: kursk",
            "reason": "new",
        },
    )
    await press(desk, "Save")
    assert refs_in(await desk.answer("!ask field kitchens")) == ["C32"]


async def test_an_edit_shows_before_and_after_and_a_form_changes_only_what_was_changed(desk: Desk) -> None:
    """The form is filled in with what is there."""
    await moderator_says(desk, "!claim edit C14 note: Checked twice. reason: note")
    opened = await press(desk, "Who says what")
    before = (await desk.bot.services.workspaces.open(desk.server.id)).base.claims[14]
    await desk.moderator.submit_modal(
        opened,
        {
            "statement": before.statement,
            "claimant": before.attribution.claimant.key,
            "source": before.attribution.source.key,
            "topics": ", ".join(topic.key for topic in before.topics),
            "status": [before.verification.status.value],
        },
    )
    assert "Changed: editor's note" in text_of(newest_with(desk, "Save"))
    await press(desk, "Save")

    claim = (await desk.bot.services.workspaces.open(desk.server.id)).base.claims[14]
    assert claim.editor_note == "Checked twice."
    assert claim.version == 2
    assert "Checked twice." in await desk.answer("!claim C14")


async def test_the_second_of_two_moderators_sees_the_firsts_change_and_can_redo_theirs(desk: Desk) -> None:
    """No lost update: both changes are there in the end."""
    await desk.say("!claim edit C14 note: From the first. reason: one", who=desk.moderator)
    first = newest_with(desk, "Save")
    await desk.say("!claim edit C14 places: bakhmut, kursk reason: two", who=desk.admin)
    await desk.say("!claim edit C14 event: 2025-10 reason: two", who=desk.admin)
    second = newest_with(desk, "Save")
    await desk.moderator.click(first, label="Save")
    await desk.admin.click(second, label="Save")
    shown = next(text_of(each) for each in desk.channel.history() if each.id == second.id)
    assert "was changed by somebody else" in shown
    assert "From the first." in shown

    await desk.admin.click(second, label="Save")
    await desk.admin.click(second, label="Save")
    claim = (await desk.bot.services.workspaces.open(desk.server.id)).base.claims[14]
    assert claim.editor_note == "From the first."
    assert claim.event_date is not None
    assert claim.version == 3


async def test_a_retired_claim_answers_nobody_until_it_is_restored(desk: Desk) -> None:
    """Its history stays."""
    await moderator_says(desk, "!claim retire C8 withdrawn by its source")
    assert "C8" not in refs_in(await desk.answer("!casualties"))
    assert "was retired" in await desk.answer("!claim C8")
    assert "retired already" in await moderator_says(desk, "!claim retire C8 again")

    await moderator_says(desk, "!claim restore C8 it stands after all")
    assert "C8" in refs_in(await desk.answer("!casualties"))
    assert "is not retired" in await moderator_says(desk, "!claim restore C8 again")


async def test_a_relation_is_made_and_taken_back(desk: Desk) -> None:
    """A dispute shows on both sides; several are made at once, and none is taken back by saying it twice."""
    await moderator_says(desk, "!claim relate C14 disputes C15 C16 C17 they differ")
    assert "conflicts with C14" in await desk.answer("!claim C15")
    assert "conflicts with C14" in await desk.answer("!claim C17")

    assert "already" in await moderator_says(desk, "!claim relate C14 disputes C15 again")
    await moderator_says(desk, "!claim relate C14 unrelated C15 they do not")
    assert "conflicts with C14" not in await desk.answer("!claim C15")
    assert "related to itself" in await moderator_says(desk, "!claim relate C14 denies C14 x")


async def test_a_grade_shows_with_its_rationale_and_no_grade_shows_as_nothing(desk: Desk) -> None:
    """Default: not graded."""
    assert "Graded" not in await desk.answer("!claim C14")
    await moderator_says(desk, "!claim grade C14 b2 one other agency agrees")
    assert "Graded: B2 by a moderator, who writes: “one other agency agrees”" in await desk.answer("!claim C14")
    assert "letter A to F" in await moderator_says(desk, "!claim grade C14 Z9 because")
    assert "rationale" in await moderator_says(desk, "!claim grade C14 A1")
    await moderator_says(desk, "!claim grade C14 -")
    assert "Graded" not in await desk.answer("!claim C14")


@pytest.mark.parametrize("kind", ["party", "place", "topic", "metric"])
async def test_an_entry_is_added_changed_and_listed(desk: Desk, kind: str) -> None:
    """All kinds alike."""
    assert "Added" in await moderator_says(desk, f"!{kind} add name: Zither Corps aliases: zithers reason: new")
    assert "already" in await moderator_says(desk, f"!{kind} add name: Zither Corps reason: again")
    assert "Changed" in await moderator_says(desk, f"!{kind} edit zithers name: Zither Guard reason: renamed")
    listed = [await desk.answer(f"!{kind} list")]
    while "Next ›" in labels_of(newest_with(desk, "Delete")):
        await press(desk, "Next ›", desk.member)
        listed.append(newest(desk))
    assert any("Zither Guard" in page for page in listed)
    assert "needs a reason" in await moderator_says(desk, f"!{kind} add name: Another One")


async def test_a_new_topic_is_a_command_as_soon_as_a_claim_has_it(desk: Desk) -> None:
    """Without a restart."""
    await moderator_says(desk, "!topic add name: Field kitchens reason: new")
    await moderator_says(desk, ADD.replace("topics: troops", "topics: field kitchens"))
    await press(desk, "Save")

    assert refs_in(await desk.answer("!field kitchens")) == ["C32"]


async def test_an_alias_answers_at_once_and_goes_at_once(desk: Desk) -> None:
    """As a command, too."""
    assert await desk.say("!zithers") is None
    await moderator_says(desk, "!alias add casualties zithers")
    assert "C8" in refs_in(await desk.answer("!zithers"))
    await moderator_says(desk, "!alias remove casualties zithers")
    assert await desk.say("!zithers") is None


@pytest.mark.parametrize(
    ("alias", "reason"),
    [("help", "is a command"), ("kursk", "names place"), ("…", "no letter or digit"), ("casualties", "already")],
)
async def test_an_alias_that_would_hide_something_is_refused_with_the_reason(
    desk: Desk, alias: str, reason: str
) -> None:
    """Commands win over names, so nobody would ever reach it."""
    assert reason in await moderator_says(desk, f"!alias add casualties {alias}")


async def test_a_source_is_added_by_its_text_which_is_hashed(desk: Desk) -> None:
    """The text itself is not kept."""
    await desk.moderator.send(
        desk.channel,
        "!source add reuters-2025-12-01 publisher: reuters published: 2025-12-01 reason: new",
        attachments=[("article.txt", b"The article.")],
    )
    assert "Added source" in newest(desk)
    assert "reuters-2025-12-01" in await desk.answer("!source list")
    assert "its text" in await moderator_says(
        desk, "!source add x publisher: reuters published: 2025-12-01 reason: y"
    )
    assert "no day" in await moderator_says(
        desk, f"!source add x publisher: reuters published: soon sha256: {'a' * 64} reason: y"
    )


async def test_history_tells_who_when_why_and_what(desk: Desk) -> None:
    """Field by field, each side a whole block."""
    await moderator_says(desk, "!claim edit C14 note: Checked twice. reason: it was asked about")
    await press(desk, "Save")
    shown = await moderator_says(desk, "!history C14")

    assert "revision 2" in shown
    assert f"<@{desk.moderator.id}>" in shown
    assert f"In the words of <@{desk.moderator.id}>, not of the fact base:\n> “it was asked about”" in shown
    assert "Editor's note: Checked twice." in shown


async def test_a_revert_is_a_new_revision_and_loses_nothing(desk: Desk) -> None:
    """Back and forth."""
    await moderator_says(desk, "!claim edit C14 note: Wrong. reason: x")
    await press(desk, "Save")
    await moderator_says(desk, "!revert C14 1 it was wrong")
    claim = (await desk.bot.services.workspaces.open(desk.server.id)).base.claims[14]

    assert claim.version == 3
    assert "Wrong." not in claim.editor_note
    assert "Wrong." in await moderator_says(desk, "!diff C14 2 3")
    assert "There is no other" in (await moderator_says(desk, "!revert C14 9 x")).replace("there", "There")


async def test_the_audit_log_names_every_change(desk: Desk) -> None:
    """Of claims, names and settings."""
    await moderator_says(desk, "!alias add casualties zithers")
    await moderator_says(desk, "!setup zone Europe/Kyiv")
    shown = await moderator_says(desk, "!audit-log")

    assert "topic casualties" in shown
    assert "settings setup" in shown
    assert "Europe/Kyiv" in shown


async def test_forgetting_somebody_leaves_the_trail(desk: Desk) -> None:
    """The change stays, its author is nobody."""
    await moderator_says(desk, "!claim retire C14 a mistake")
    answer = await desk.say(f"!forget <@{desk.moderator.id}>", who=desk.admin)
    assert answer is not None
    assert "is gone" in text_of(answer)
    shown = await moderator_says(desk, "!history C14")

    assert "somebody forgotten" in shown
    assert "a mistake" in shown


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("!claim edit C14 note: a\u202eb reason: x", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (f"!claim edit C14 statement: {'x' * 600} reason: x", "500 is the most"),
        ("!claim edit C14 figures: killed | troops reason: x", "needs a metric"),
        ("!claim edit C14 figures: killed | troops | many | a..b reason: x", "no numbers"),
        ("!claim edit C14 claimant: ukrane reason: x", "did you mean Ukraine"),
        ("!claim edit C14 status: true reason: x", "no verification status"),
        ("!claim edit C14 event: yesterday reason: x", "is not a date"),
        ("!claim edit C14 topics: - reason: x", "topic"),
        ("!claim edit C14 colour: red", "is no field"),
        ("!claim edit C99 note: x reason: x", "No claim in the fact base has that id"),
    ],
)
async def test_what_cannot_be_read_gets_one_clear_line(desk: Desk, typed: str, line: str) -> None:
    """And nothing is written."""
    assert line in await moderator_says(desk, typed)
    assert (await desk.bot.services.workspaces.open(desk.server.id)).base.revision == 1


async def test_typed_text_is_data(desk: Desk) -> None:
    """No markup comes to life, and nobody is pinged."""
    await moderator_says(desk, "!claim edit C14 note: **bold** <@1> @everyone `x` reason: [a](http://b)")
    await press(desk, "Save")

    assert "**bold** <@1>" in (await desk.answer("!claim C14")).replace("\u200b", "")


async def test_an_export_can_be_imported_elsewhere_and_again_changes_nothing(desk: Desk) -> None:
    """All or nothing, after a look."""
    await desk.say("!claim retire C14 a mistake", who=desk.moderator)
    exported = await desk.say("!export yaml", who=desk.moderator)
    assert exported is not None
    data = await exported.attachments[0].read()
    await desk.moderator.send(desk.channel, "!import", attachments=[("base.yaml", data)])
    assert "nothing to import" in newest(desk)

    await desk.say("!topics", who=desk.rival)
    await desk.rival.send(desk.other_channel, "!import", attachments=[("base.yaml", data)])
    ask = desk.other_channel.last_message
    assert ask is not None
    assert any("C14: retired" in text_of(each) for each in desk.other_channel.history())
    await desk.rival.click(ask, label="Apply")
    theirs = (await desk.bot.services.workspaces.open(desk.other_server.id)).base
    assert theirs.claims[14].retired == "a mistake"


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("base.txt", b"format: 1", "YAML, JSON or CSV"),
        ("base.yaml", b"\xff\xfe\x00", "UTF-8"),
        ("base.yaml", b"a: &a [x]\nb: [*a, *a]", "aliases"),
        ("base.yaml", b"format: " + b"[" * 5000, "nest"),
        ("base.yaml", b"", "empty"),
    ],
)
async def test_a_hostile_upload_gets_one_clear_line(desk: Desk, name: str, data: bytes, line: str) -> None:
    """Whatever the bytes are."""
    await desk.moderator.send(desk.channel, "!import", attachments=[(name, data)])

    assert line in newest(desk)
    assert len(newest(desk)) < 400


@pytest.mark.parametrize("form", ["yaml", "json", "csv", "jsonld"])
async def test_every_form_of_export_keeps_attribution_and_verification(desk: Desk, form: str) -> None:
    """And gives the history beside it when asked."""
    answer = await desk.say(f"!export {form} history", who=desk.moderator)
    assert answer is not None
    names = [each.filename for each in answer.attachments]
    assert len(names) == 2
    text = (await answer.attachments[0].read()).decode()
    assert "South Korean, Ukrainian and Western sources" in text
    assert "could not be independently verified" in text


async def test_names_are_listed_with_commas_or_semicolons(desk: Desk) -> None:
    """And each answers at once, even before there is a claim."""
    await moderator_says(desk, "!topic add name: Kitchens aliases: canteens; mess halls, galleys reason: new")

    for name in ("canteens", "mess halls", "galleys"):
        assert "No claim in the fact base matches" in await desk.answer(f"!{name}")


async def test_ids_are_read_in_full_width_and_a_diff_of_equals_says_so(desk: Desk) -> None:
    """As Asian keyboards write them."""
    await moderator_says(desk, "!claim retire Ｃ１４ by mistake")
    await moderator_says(desk, "!claim restore c14 it was a mistake")

    assert "Changed: nothing" in await moderator_says(desk, "!diff C14 1 3")


async def test_a_label_before_a_reason_and_bars_between_fields_are_not_kept(desk: Desk) -> None:
    """Commands differ in what they want; people do not remember which."""
    await moderator_says(desk, "!claim retire C14 reason: withdrawn")
    assert "“withdrawn”" in await moderator_says(desk, "!claim retire C14 again")
    shown = await moderator_says(desk, "!claim edit C8 note: a note | statement: They died. | reason: a test")
    assert "a note |" not in shown
    assert "They died. |" not in shown


async def test_what_check_finds_names_the_figure_inside_the_block(desk: Desk) -> None:
    """A moderator has to know which; attribution and verification stand around it."""
    shown = await moderator_says(desk, "!claim edit C7 statement: North Korea sent 9,000 troops reason: x")
    block = shown[shown.index("after this change") :]

    assert block.index("Attribution:") < block.index("Check: statement: says “9,000”") < block.index("Verification:")


async def test_what_check_finds_in_competition_is_linked_by_one_press(desk: Desk) -> None:
    """And bounds follow from the words."""
    line = (
        "!claim add statement: More than 9,000 North Korean troops were killed. claimant: zelensky "
        "source: fox-2025-11-14 status: none stated topics: casualties about: North Korea "
        "figures: killed | North Korean troops | more than 9,000 reason: new"
    )
    assert "[9000..]" in await moderator_says(desk, line)
    await press(desk, "Link as competing")
    assert "Link as competing" not in labels_of(newest_with(desk, "Save"))
    await press(desk, "Save")

    assert "conflicts with" in await desk.answer("!claim C32")


async def test_words_and_figures_that_differ_are_saved_only_with_a_why(desk: Desk) -> None:
    """And everything that is wrong with a form is told at once."""
    wrong = "!claim add statement: X claimant: nobody at all source: unheard status: maybe topics: troops, zithers"
    told = await moderator_says(desk, wrong)
    for each in ("no party “nobody at all”", "no source “unheard”", "no verification status", "no topic “zithers”"):
        assert each in told, each
    line = (
        "!claim add statement: Some 500 sappers were sent. claimant: zelensky source: fox-2025-11-14 "
        "status: none stated topics: engineers figures: sent | sappers | 700 reason: new"
    )
    await moderator_says(desk, line)
    form = await press(desk, "Save")
    assert form.modal is not None
    await desk.moderator.submit_modal(form, {"why": "the headline has it so"})

    assert "the headline has it so" in await moderator_says(desk, "!history C32")


async def test_claimant_and_source_stay_filled_in_for_the_next_claim(desk: Desk) -> None:
    """A new party is found by typing, too."""
    await moderator_says(desk, ADD)
    await press(desk, "Save")
    form = await press(desk, "Add another")
    assert form.modal is not None
    values = {each["component"]["custom_id"]: each["component"].get("value") for each in form.modal["components"]}
    assert values["claimant"]
    assert values["source"] == "fox-2025-11-14"
