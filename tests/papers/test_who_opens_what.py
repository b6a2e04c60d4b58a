"""Who opens a document of the instruction: a table, and what no combination may ever open."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.papers.rules import Reader, may_open, may_take_away
from projects.rights.table import Act

READS, NOTES, ASKS = {Act.READ, Act.DOWNLOAD}, {Act.READ, Act.DOWNLOAD, Act.NOTE}, {Act.READ, Act.DOWNLOAD, Act.CONSULT}


@dataclass(frozen=True)
class Opinion:
    confidential: bool = False
    answered_at: object = "28/11"


@dataclass(frozen=True)
class Paper:
    request: Opinion | None = None
    entry_id: int | None = None
    added_by_id: int | None = 1
    removed_at: object = None
    shown: bool = False


FREE, SHOWN = Paper(), Paper(shown=True)
RECORD, RECORD_SHOWN = Paper(entry_id=7), Paper(entry_id=7, shown=True)
OPEN, SECRET = Paper(request=Opinion(), shown=True), Paper(request=Opinion(confidential=True))


@pytest.mark.parametrize(
    ("paper", "acts", "user", "is_applicant", "opens"),
    [
        (FREE, NOTES, 2, False, True),
        (FREE, READS, 2, False, False),
        (FREE, ASKS, 2, False, False),
        (FREE, NOTES, 2, True, False),
        (SHOWN, READS, 2, True, True),
        (SHOWN, READS, 2, False, False),
        (RECORD, READS, 2, False, True),
        (RECORD, READS, 2, True, False),
        (RECORD_SHOWN, READS, 2, True, True),
        (OPEN, ASKS, 2, False, True),
        (OPEN, NOTES, 2, False, False),
        (OPEN, READS, 2, True, True),
        (SECRET, ASKS, 2, False, True),
        (SECRET, NOTES, 2, False, False),
        (SECRET, READS, 2, True, False),
        (SECRET, READS, 1, False, True),
        (Paper(request=Opinion(answered_at=None), shown=True), READS, 2, True, False),
        (Paper(request=Opinion(confidential=True), shown=True), READS, 2, True, False),
        (Paper(removed_at="28/11"), NOTES, 1, False, False),
        (FREE, {Act.READ, Act.NOTE}, 1, False, False),
        (FREE, set(), 1, False, False),
    ],
)
def test_a_document_is_read_like_what_it_goes_with(paper, acts, user, is_applicant, opens):
    assert may_open(paper, Reader(frozenset(acts), user, is_applicant)) is opens


def test_nobody_reads_by_right_the_opinions_of_a_procedure_that_consults_nobody():
    assert not may_open(OPEN, Reader(frozenset(ASKS), 2, False, secretive=True))


opinions = st.builds(Opinion, st.booleans(), st.sampled_from([None, "28/11"]))
papers = st.builds(
    Paper,
    st.none() | opinions,
    st.none(),
    st.none() | st.integers(1, 3),
    st.sampled_from([None, "29/11"]),
    st.booleans(),
)
readers = st.builds(Reader, st.frozensets(st.sampled_from(Act)), st.none() | st.integers(1, 3), st.booleans())


@given(papers, readers)
def test_an_applicant_opens_only_what_is_shown_and_nobody_opens_without_the_right_to_open_files(paper, reader):
    if may_open(paper, reader):
        assert Act.DOWNLOAD in reader.acts
        assert paper.removed_at is None
        assert not reader.is_applicant or (paper.shown and not (paper.request and paper.request.confidential))


@given(papers, readers)
def test_who_takes_a_document_away_writes_notes_and_takes_no_proof_of_an_act(paper, reader):
    if may_take_away(paper, reader):
        assert Act.NOTE in reader.acts
        assert not reader.is_applicant
        assert (paper.request, paper.entry_id) == (None, None)
