"""Two texts compared word by word, and the version that a committee had."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.procedures.article_51.definition import ARTICLE_51
from projects.procedures.catalogue import LATEST
from projects.specification.differences import Change, Run, differences, in_words
from projects.specification.versions import Version, files_changed, kept_by, sending_moves, texts_of, writes_together

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
TEXTS = st.text(st.sampled_from("ab é\n<>&'\t"), max_size=60) | st.text(max_size=60)


@given(TEXTS, TEXTS)
def test_the_runs_put_end_to_end_give_each_text_back(before, after):
    runs = differences(before, after)
    assert "".join(run.text for run in runs if run.change is not Change.ADDED) == before
    assert "".join(run.text for run in runs if run.change is not Change.REMOVED) == after
    assert all(run.text for run in runs)


@given(TEXTS)
def test_a_text_that_did_not_change_is_one_run_at_most(text):
    assert all(run.change is Change.SAME for run in differences(text, text))
    assert in_words(differences(text, text)) == "Aucun changement"


def test_what_is_removed_comes_before_what_takes_its_place():
    runs = differences("un forfait par mois", "un forfait par trimestre échu")
    assert runs == (
        Run(Change.SAME, "un forfait par "),
        Run(Change.REMOVED, "mois"),
        Run(Change.ADDED, "trimestre échu"),
    )
    assert in_words(runs) == "1 passage ajouté, 1 passage retiré"


def test_a_long_text_rewritten_is_compared_in_a_moment():
    old, new = " ".join(map(str, range(3000))), " ".join(map(str, range(3000, 0, -1)))
    assert "".join(run.text for run in differences(old, new) if run.change is not Change.ADDED) == old


@pytest.mark.parametrize("key", sorted(LATEST))
def test_a_specification_is_written_together_where_nobody_competes(key):
    assert writes_together(LATEST[key]) is (key == "article-51")


def test_a_version_is_sent_in_region_or_nationally():
    assert sending_moves(ARTICLE_51) == {"submit-specification", "submit-specification-national"}


@pytest.mark.parametrize(
    ("moves", "sent", "kept"),
    [
        ([], [5], {}),
        ([("submit-to-committee", 9)], [], {}),
        ([("submit-to-committee", 9)], [5], {5: 1}),
        ([("submit-to-committee", 9)], [5, 7, 11], {7: 1}),
        ([("submit-to-committee", 9), ("submit-to-committee-national", 15)], [5, 7, 11], {7: 1, 11: 1}),
        ([("submit-to-committee", 9), ("submit-to-committee", 12)], [5], {5: 2}),
        ([("consult", 9), ("", 1)], [5], {}),
    ],
)
def test_the_committee_s_version_is_the_last_one_sent_before_and_never_a_later_one(moves, sent, kept):
    found = kept_by(ARTICLE_51, [(key, seq, AT) for key, seq in moves], sent)
    assert {seq: len(rows) for seq, rows in found.items()} == kept
    assert {one.label for rows in found.values() for one in rows} <= {"Version soumise au comité"}


def test_a_question_answered_in_one_version_only_is_shown_in_both():
    old = Version(1, {"answers": {"terrain": {"places": "Ici"}}})
    new = Version(2, {"answers": {"terrain": {"evaluation": "Quoi"}}, "secrets": ["terrain.evaluation"]})
    (terrain,) = [one for one in texts_of(ARTICLE_51, new, old) if one.key == "terrain"]
    assert [(line.key, line.words, line.changed, line.is_secret) for line in terrain.lines] == [
        ("places", "", True, False),
        ("evaluation", "Quoi", True, True),
    ]
    assert terrain.changes == 2


def test_a_file_replaced_under_the_same_name_is_told():
    old = {"files": [{"piece": "a", "name": "modele.pdf", "sha256": "1"}]}
    new = {"files": [{"piece": "a", "name": "modele.pdf", "sha256": "2"}]}
    assert [(one.name, one.words) for one in files_changed(new, old)] == [
        ("modele.pdf", "retiré"),
        ("modele.pdf", "ajouté"),
    ]
    assert files_changed(old, old) == []
