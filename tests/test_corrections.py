"""The analyst's word: read with every slip named, applied over what was found, told, added without losing a line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders import KINDS, NAMES, PATROLS, digested, document, frame, position

from digest import corrections
from digest.compose import compose
from digest.corrections import Corrections, PersonWord, PositionWord
from digest.errors import ConfigError
from digest.model import Actor, Digested, Earlier, PartialDate, Position, StanceLabel

CODES = {"Brazil": "BR", "BR": "BR", "Ireland": "IE", "IE": "IE"}


def parse(text: str) -> Corrections:
    return corrections.parse(text, Path("corrections.toml"), CODES.get, ["patrols", "levy"])


def test_where_there_is_no_file_there_are_no_corrections(tmp_path: Path):
    assert corrections.load(tmp_path / "none.toml", CODES.get, []) == Corrections()


def test_every_kind_of_entry_is_read():
    read = parse(
        """
        [[position]]
        id = "0a1b2c3d-5-IE"
        holder = "Brazil"
        stance = "opposes"
        topic = "levy"
        actor = "Anna Holm, Foreign Minister"
        note = "see the recording"

        [[position]]
        id = "0a1b2c3d-9-IE"
        hide = true

        [[person]]
        name = "Anna Holm"
        holder = "IE"

        [[document]]
        path = "x/a.txt"
        date = 2026-01-31
        """
    )
    first, second = read.positions
    assert (first.holder, first.stance, first.topic) == ("BR", StanceLabel.OPPOSES, "levy")
    assert first.actor == Actor("Anna Holm", "Foreign Minister")
    assert read.hidden == (second.id,)
    assert read.people == (PersonWord("Anna Holm", "IE", None),)
    assert read.by_path()["x/a.txt"].date == date(2026, 1, 31)


def test_a_later_entry_for_one_thing_adds_to_the_former_and_wins_over_it():
    entry = '[[position]]\nid = "0a1b2c3d-5-IE"\n'
    (word,) = parse(f'{entry}holder = "BR"\nhide = true\n{entry}hide = false\nstance = "supports"\n').positions
    assert word == PositionWord("0a1b2c3d-5-IE", hide=False, holder="BR", stance=StanceLabel.SUPPORTS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[positions]]\n", "unknown section 'positions'; did you mean 'position'?"),
        ('[position]\nid = "a"\n', "'position' must be written as one or more [[position]] sections"),
        ('[[position]]\nid = "a"\nstanse = "supports"\n', "unknown key 'stanse'; did you mean 'stance'?"),
        ('[[position]]\nid = "a"\nstance = "suports"\n', "unknown stance 'suports'; did you mean 'supports'?"),
        ('[[position]]\nid = "a"\ntopic = "patrol"\n', "unknown topic 'patrol'; did you mean 'patrols'?"),
        ('[[position]]\nid = "a"\nholder = "Irland"\n', "unknown holder 'Irland'"),
        ('[[position]]\nid = "a"\nhide = "yes"\n', "hide must be true or false"),
        ("[[position]]\nhide = true\n", "id must be a text"),
        ('[[position]]\nid = "a"\n', "it says nothing"),
        ('[[document]]\npath = "a.txt"\ndate = "soon"\n', "date must be a day such as 2026-01-31"),
        ('[[document]]\npath = "a.txt"\ndate = 2026-01-31T10:00:00\n', "date must be a day"),
        ('[[document]]\npath = "a.txt"\nlanguage = "Portuguese"\n', "language must be a code such as pt"),
        ("[[position]\n", "not valid TOML"),
    ],
)
def test_a_slip_is_an_error_that_names_file_and_cure(text: str, said: str):
    with pytest.raises(ConfigError) as error:
        parse(text)
    assert said in str(error.value)
    assert str(error.value).startswith("corrections.toml: ")


def test_all_slips_are_named_at_once():
    with pytest.raises(ConfigError) as error:
        parse('[[position]]\nid = "a"\nstance = "x"\n[[document]]\npath = "a"\ndate = 5\n[[persn]]\n')
    assert len(str(error.value).splitlines()) == 3


# --- applying ---------------------------------------------------------------------------------------------------------

SAID = "Ireland will send no ship to the joint patrols of the north."
ANNA = Actor("Anna Holm", "spokeswoman")


def report(name: str = "a.txt", actor: Actor | None = None) -> Digested:
    return digested(name, position("IE", SAID, StanceLabel.OPPOSES, name=name, actor=actor))


def applied(one: Digested, words: Corrections, *, in_corpus: tuple[str, ...] = ()) -> tuple[Position, list[str]]:
    (made,), notices = corrections.corrected([one], words, in_corpus, NAMES.__getitem__)
    assert all(notice.stage == "correction" for notice in notices)
    return made.positions[0], [notice.reason for notice in notices]


def word(one: Digested, **values: object) -> Corrections:
    return Corrections(positions=(PositionWord(one.positions[0].id, **values),))  # type: ignore[arg-type]


def test_another_holder_stance_topic_and_speaker_stand_in_place_of_those_that_were_found():
    one = report()
    words = word(one, holder="BR", stance=StanceLabel.CONDITIONAL, topic="levy", actor=Actor("João Prado", None))
    made, told = applied(one, words)
    assert (made.holder, made.holder_name, made.topic) == ("BR", "Brazil", "levy")
    assert made.stance is not None
    assert (made.stance.label, made.stance.cue) == (StanceLabel.CONDITIONAL, "")
    assert (made.actor, made.resolved_by) == (Actor("João Prado", None), "corrected by hand")
    assert made.id == one.positions[0].id
    (reason,) = told
    assert "holder BR; stance conditional; topic levy; speaker" in reason
    assert "Ireland will send no ship" in reason


def test_a_person_is_who_the_analyst_says_wherever_the_name_stands():
    words = Corrections(people=(PersonWord("Anna Holm", "BR", "envoy"),))
    made, told = applied(report(actor=ANNA), words)
    assert (made.holder, made.actor) == ("BR", Actor("Anna Holm", "envoy"))
    assert len(told) == 1
    untouched, silent = applied(report(), words)
    assert (untouched.holder, silent) == ("IE", [])


def test_what_is_said_of_the_position_goes_before_what_is_said_of_the_person():
    one = report(actor=ANNA)
    both = Corrections(word(one, holder="PT").positions, (PersonWord("Anna Holm", "BR"),))
    assert applied(one, both)[0].holder == "PT"


def test_a_correction_whose_position_is_gone_is_told_and_one_of_another_issue_is_not():
    other = document("elsewhere.txt").id
    words = Corrections(positions=(PositionWord(f"{other[:8]}-7-IE", hide=True),))
    _, told = applied(report(), words)
    assert told == [f"A correction has lost its target: there is no position {other[:8]}-7-IE."]
    assert applied(report(), words, in_corpus=(other,))[1] == []


def test_a_date_for_a_document_that_is_not_there_is_told_with_the_nearest():
    words = parse('[[document]]\npath = "x/talk.txt"\ndate = 2026-01-31\n')
    (lost,) = corrections.of_documents(words, ["x/talks.txt"])
    assert "there is no document x/talk.txt" in lost.reason
    assert "Did you mean x/talks.txt?" in lost.advice
    (found,) = corrections.of_documents(words, ["x/talk.txt"])
    assert "2026-01-31" in found.reason


def test_corrections_are_counted_those_that_took_hold_and_those_that_did_not():
    words = parse(
        '[[document]]\npath = "a"\ndate = 2026-01-31\nlanguage = "gl"\n[[document]]\npath = "b"\nlanguage = "pt"\n'
    )
    (counted,) = corrections.total(corrections.of_documents(words, ["a"]))
    assert counted.reason == "Corrections by hand in this issue: 2; corrections that have lost their target: 1."
    assert corrections.total([]) == ()


def test_a_hidden_statement_does_not_come_back_by_another_document_that_carries_it():
    one, two = report("a.txt", ANNA), report("b.txt")
    other = digested(
        "c.txt", position("IE", "Dublin wants more time for the text.", StanceLabel.UNDECIDED, name="c.txt")
    )
    for hidden in (one, two):
        brief = compose([one, two, other], frame(hidden=(hidden.positions[0].id,)), [], [], KINDS, NAMES)
        (entry,) = brief.holders[0].all_entries()
        assert entry.position.statement == "Dublin wants more time for the text."
        assert all(SAID not in point.text for point in brief.key_points)


def test_earlier_issues_are_seen_as_the_analyst_sees_them_today():
    def earlier(identity: str) -> Earlier:
        day = PartialDate(2026, 3, 2)
        return Earlier(identity, "IE", PATROLS.id, StanceLabel.OPPOSES, SAID, day, None, "W", 1, date(2026, 3, 9))

    words = Corrections(
        positions=(PositionWord("a", hide=True), PositionWord("b", stance=StanceLabel.SUPPORTS, holder="BR"))
    )
    kept = corrections.remembered([earlier("a"), earlier("b"), earlier("c")], words)
    assert [(one.id, one.label, one.holder) for one in kept] == [
        ("b", StanceLabel.SUPPORTS, "BR"),
        ("c", StanceLabel.OPPOSES, "IE"),
    ]


# --- adding -----------------------------------------------------------------------------------------------------------


def test_an_entry_is_added_behind_what_is_there_comments_and_all(tmp_path: Path):
    path = tmp_path / "corrections.toml"
    path.write_text('# mine\n[[person]]   # of Cork\nname = "Anna Holm"\nholder = "IE"', encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    corrections.append(path, "position", {"id": "0a1b2c3d-5-IE", "hide": True, "note": 'he said "no"\\never'})
    corrections.append(path, "document", {"path": "é.txt", "date": date(2026, 1, 31)})
    text = path.read_text(encoding="utf-8")
    assert text.startswith(before)
    read = parse(text)
    assert read.hidden == ("0a1b2c3d-5-IE",)
    assert read.by_path()["é.txt"].date == date(2026, 1, 31)
    assert read.people == (PersonWord("Anna Holm", "IE"),)
