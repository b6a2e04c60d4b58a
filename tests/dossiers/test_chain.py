"""The chain of a journal, without a database: what a hash covers, and which link is named."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.engine.chain import Broken, Link, Replayed, canonical, digest_of_text, first_broken, hash_of, replay

AT = datetime(2026, 11, 28, 10, tzinfo=UTC)
KEY = UUID(int=7)


def chain(length: int = 4) -> list[Link]:
    """A whole chain, each entry of which is a move."""
    links, previous = [], ""
    for seq in range(1, length + 1):
        link = Link(
            "ABCD2345", seq, "move", AT + timedelta(hours=seq), UUID(int=seq), "carrier", f"move-{seq}",
            f"stage-{seq - 1}" if seq > 1 else "", f"stage-{seq}", seq, "", {"fields": {"amount": "12.50"}}, None, previous,
        )  # fmt: skip
        previous = hash_of(link)
        links.append(replace(link, hash=previous))
    return links


def test_a_whole_chain_has_no_broken_link():
    assert first_broken(chain()) is None
    assert first_broken([]) is None


OTHERWISE = {
    "dossier": "WXYZ2345", "seq": 9, "kind": "refused", "at": AT, "actor": None, "party": "head", "move": "other",
    "from_stage": "other", "to_stage": "other", "stage_version": None, "clock": "stop", "data": {}, "request_key": KEY,
    "previous_hash": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted({one.name for one in fields(Link)} - {"hash"}))
def test_the_hash_covers_each_thing_that_an_entry_holds(name):
    link = chain()[1]
    assert hash_of(replace(link, **{name: OTHERWISE[name]})) != link.hash


def test_the_same_moment_on_another_clock_has_the_same_hash():
    link = chain()[1]
    assert hash_of(replace(link, at=link.at.astimezone(timezone(timedelta(hours=5))))) == link.hash


CUTS = {
    "the first": (lambda links: links[1:], 1),
    "one of the middle": (lambda links: links[:1] + links[2:], 2),
    "two exchanged": (lambda links: [links[0], links[2], links[1], links[3]], 2),
    "one twice": (lambda links: [*links[:2], links[1], *links[2:]], 3),
}


@pytest.mark.parametrize("name", CUTS)
def test_what_is_missing_or_out_of_order_is_named(name):
    cut, seq = CUTS[name]
    assert first_broken(cut(chain())).seq == seq


@given(st.integers(1, 8), st.data())
def test_whatever_is_changed_is_found_where_it_is_or_just_after(length, data):
    links = chain(length)
    rank = data.draw(st.integers(0, length - 1))
    name = data.draw(st.sampled_from(sorted(OTHERWISE)))
    changed = replace(links[rank], **{name: OTHERWISE[name]})
    if changed == links[rank]:
        return
    broken = first_broken([*links[:rank], changed, *links[rank + 1 :]])
    assert broken is not None
    assert broken.seq in (rank + 1, OTHERWISE["seq"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_content_that_went_through_json_has_the_same_canonical_form(value):
    assert canonical(json.loads(json.dumps(value))) == canonical(value)
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.text(), st.text(), st.text(min_size=1))
def test_a_text_s_digest_depends_on_the_salt_and_on_the_text(salt, text, more):
    assert digest_of_text(salt, text) != digest_of_text(salt, text + more)
    assert digest_of_text("a" * 32, text) != digest_of_text("b" * 32, text)


def test_replaying_gives_the_last_stage_and_passes_over_what_moves_nothing():
    links = chain(3)
    beside = replace(links[1], stage_version=None, from_stage="x", to_stage="y")
    assert replay([links[0], beside, *links[1:]]) == Replayed("stage-3", 3)
    assert replay([]) == Replayed("", 0)


def test_replaying_stops_at_a_move_that_starts_from_elsewhere():
    links = chain(3)
    assert isinstance(replay([links[0], links[2]]), Broken)
    assert replay([links[0], replace(links[1], from_stage="elsewhere"), links[2]]).seq == 2
    assert replay([links[0], replace(links[1], stage_version=5), links[2]]).seq == 2
