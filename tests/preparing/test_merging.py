"""Two sides wrote in one section: what is put together, and that no character of either side is ever lost."""

from hypothesis import given
from hypothesis import strategies as st

from projects.preparing.merging import bases_of, digest, merge, merge_marks

KEYS = st.sampled_from(["need", "offer", "public"])
RAW = st.sampled_from(["", "a", "b", "long texte", True, False, None, [], ["x"], ["x", "y"]])
ANSWERS = st.dictionaries(KEYS, RAW)
MARKS = st.frozensets(KEYS)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_no_character_of_either_side_is_ever_lost(base, stored, posted):
    before = bases_of(base, base)
    merged = merge(before, stored, posted)
    for key, raw in posted.items():
        changed_here = digest(raw) != before.get(key, digest(""))
        if changed_here:
            kept = [merged.answers.get(key), *([merged.conflicts[key].posted] if key in merged.conflicts else [])]
            assert digest(raw) in map(digest, kept)
    for key, raw in stored.items():
        changed_there = digest(raw) != before.get(key, digest(""))
        if changed_there:
            assert digest(merged.answers.get(key)) == digest(raw)


@given(ANSWERS, ANSWERS)
def test_what_only_the_page_changed_is_taken_whole(base, posted):
    merged = merge(bases_of(base, {*base, *posted}), base, posted)
    assert merged.conflicts == {}
    assert {key: digest(merged.answers.get(key)) for key in posted} == {key: digest(raw) for key, raw in posted.items()}


@given(ANSWERS, ANSWERS)
def test_sending_the_same_again_changes_nothing(stored, posted):
    once = merge(bases_of(stored, {*stored, *posted}), stored, posted)
    again = merge(bases_of(stored, {*stored, *posted}), once.answers, posted)
    assert again.answers == once.answers
    assert again.conflicts == {}


@given(ANSWERS, ANSWERS)
def test_a_page_that_says_nothing_of_what_it_had_shown_overwrites_nothing(stored, posted):
    merged = merge({}, stored, posted)
    answered = {key: raw for key, raw in stored.items() if digest(raw) != digest("")}
    assert {key: merged.answers[key] for key in answered} == answered


@given(ANSWERS, ANSWERS, ANSWERS)
def test_a_conflict_is_what_both_changed_each_its_own_way(base, stored, posted):
    before = bases_of(base, {*base, *stored, *posted})
    conflicts = merge(before, stored, posted).conflicts
    expected = {key for key, raw in posted.items() if len({digest(raw), digest(stored.get(key)), before[key]}) == 3}
    assert set(conflicts) == expected


def test_a_question_that_was_not_sent_stays():
    assert merge({"need": digest("a")}, {"need": "a"}, {}).answers == {"need": "a"}


@given(MARKS, MARKS, MARKS)
def test_each_side_sets_and_takes_away_its_own_marks(base, stored, posted):
    merged = merge_marks(base, stored, posted)
    assert posted - base <= merged
    assert not (base - posted) & merged
    assert (stored - base) - (base - posted) <= merged


@given(RAW)
def test_an_answer_and_its_form_in_a_page_have_one_digest(raw):
    shown = {True: "true", False: "false", None: ""}.get(raw, raw) if not isinstance(raw, list) else raw
    assert digest(raw) == digest(shown or "")
