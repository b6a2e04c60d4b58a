"""What an alert watches is the search of the list: the same parameters, the same calls, the status and the period apart."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actors.models import ContentVersion
from levers.alerts.matching import calls_at, in_words, matching, watched
from levers.calls.board import FACET_LABELS, current_calls
from levers.calls.filters import AskedOfCalls
from tests import factories
from tests.conftest import copy_catalogue

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def kept(query: str) -> str | None:
    found = watched(QueryDict(query), NOW)
    return None if found is None else found.query


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("", ""),
        ("region=76&actor_type=ehpad", "region=76&actor_type=ehpad"),
        ("actor_type=ehpad&region=76", "region=76&actor_type=ehpad"),
        ("region=76&region=11&region=76", "region=11&region=76"),
        ("region=76&status=open&period=2026&sort=title&page=3&vue=mois&inconnu=x", "region=76"),
        ("q=+grand++%C3%A2ge+&region=", "q=grand+%C3%A2ge"),
        ("status=nulle-part", ""),
    ],
)
def test_one_search_is_kept_as_one_text(asked, query, catalogue):
    assert kept(asked) == query
    assert kept(query) == query


@pytest.mark.parametrize("asked", ["region=zz", "region=76&actor_type=inconnu", "lever=nulle-part", f"q={'a' * 201}"])
def test_a_search_that_could_find_nothing_is_not_followed(asked, catalogue):
    assert kept(asked) is None


def test_a_search_too_long_to_be_kept_is_not_followed(catalogue):
    everything = QueryDict(mutable=True)
    for name in ("actor_type", "region", "theme", "innovation_field", "sector", "lever", "organiser"):
        everything.setlist(name, [value for value, _ in calls_at(NOW).choices[name]])
    assert watched(everything, NOW) is None


def test_it_says_when_it_watches_more_than_the_list_showed(catalogue):
    assert watched(QueryDict("status=open"), NOW).left_out
    assert watched(QueryDict("period=2026"), NOW).left_out
    assert not watched(QueryDict("region=76"), NOW).left_out


def test_it_reads_as_people_say_it(catalogue):
    words = in_words("q=domicile&region=11&region=76&actor_type=ehpad", calls_at(NOW))
    assert words[:2] == (("Recherche", "« domicile »"), ("Région", "Île-de-France ou Occitanie"))
    assert words[2][0] == "Type d'acteur"


def test_a_value_that_is_no_more_is_shown_as_it_is_written(catalogue):
    assert in_words("region=99", calls_at(NOW)) == (("Région", "99"),)
    assert matching("region=99", NOW).calls == {}


def test_closed_calls_are_watched_and_drafts_are_not(db):
    closed = factories.make_call(events=[("closing", "2025-01-01")])
    draft = factories.make_call(publication="draft")
    found = matching("", NOW)
    assert set(found.calls) == found.published == {closed.pk}
    assert draft.pk not in found.published


class TheListOfCalls(TestCase):
    """On the real content, whatever is asked."""

    @classmethod
    def setUpTestData(cls):
        copy_catalogue()

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["q", *FACET_LABELS, "page", "view", "é"]), st.text(max_size=30))))
    def test_whatever_the_address_says_the_page_answers(self, pairs):
        answer = self.client.get("/alertes/nouvelle/?" + urlencode(pairs, errors="surrogatepass"))
        assert answer.status_code in (200, 400)

    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_an_alert_finds_what_the_list_finds_with_the_same_parameters(self, data):
        calls = current_calls(NOW, ContentVersion.current())
        asked = QueryDict(mutable=True)
        text = data.draw(st.sampled_from(["", "ehpad", "numérique domicile", "xylophone", "article 51"]))
        asked["q"] = text
        for name in FACET_LABELS:
            values = [value for value, _ in calls.choices[name]]
            if values and name not in ("status", "period") and data.draw(st.booleans()):
                asked.setlist(name, data.draw(st.lists(st.sampled_from(values), max_size=2)))
        listed = calls.index.search(AskedOfCalls(asked, calls).query()).keys
        assert set(matching(watched(asked, NOW).query, NOW).calls) == set(listed)
