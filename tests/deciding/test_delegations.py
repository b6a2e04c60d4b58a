"""Who holds a delegation signs what it covers, on the days it covers, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Post
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.models import Recusal, SignatureDelegation
from projects.procedures.types import Facts
from projects.procedures.vocabulary import Party
from projects.rights.mandates import Mandate, at_stake, chosen, gaps
from projects.rights.predicates import parties
from tests.deciding.builders import REFUSAL, checked, lever
from tests.dossier_factories import NOW, drive
from tests.people_factories import make_agency_body, make_post

ON = date(2026, 11, 28)
DAY = timedelta(days=1)

TABLE = [
    ("no limit at all", {}, "12500", ""),
    ("exactly the limit", {"ceiling": "12500"}, "12500", ""),
    ("one cent above", {"ceiling": "12499.99"}, "12500", "delegation-amount"),
    ("the lever is among them", {"levers": ["fir"]}, "12500", ""),
    ("another lever only", {"levers": ["article-51"]}, "12500", "delegation-lever"),
    ("begins today, ends today", {"valid_from": ON, "valid_to": ON}, "12500", ""),
    ("ended yesterday", {"valid_to": ON - DAY}, "12500", "not-allowed"),
    ("begins tomorrow", {"valid_from": ON + DAY}, "12500", "not-allowed"),
    ("given to the role that one holds", {"delegate": None, "role": "head"}, "12500", ""),
    ("given to another role", {"delegate": None, "role": "legal"}, "12500", "not-allowed"),
]


@pytest.mark.parametrize(("fields", "amount", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_a_delegation_lets_sign(fields, amount, expected, fir, people, delegation):
    levers = [lever(slug) for slug in fields.get("levers", ())]
    given_row = delegation(**fields | {"levers": levers})
    checked(fir, people, amount_granted=amount)
    if not expected:
        entry = drive(fir, "sign", people["head"])
        assert entry.party == Party.DELEGATE
        assert entry.data["delegation"] == {"number": given_row.pk, "reference": given_row.reference}
        assert fir.decisions.decided().get().content["delegation"] == given_row.reference
        return
    with pytest.raises((NotAllowed, Refused)):
        drive(fir, "sign", people["head"])
    fir.refresh_from_db()
    assert (fir.stage, fir.decisions.decided().count()) == ("checked", 0)
    assert fir.journal.order_by("-seq").first().data["reasons"] == [expected]


def test_the_director_needs_no_delegation_and_the_journal_names_none(fir, people, delegation):
    delegation(delegate=people["director"], ceiling="1")
    checked(fir, people)
    entry = drive(fir, "sign", people["director"])
    assert entry.party == Party.DIRECTOR
    assert "delegation" not in entry.data


def test_the_second_delegation_serves_where_the_first_does_not_cover(fir, people, delegation):
    delegation(ceiling="10", reference="Petite")
    wide = delegation(reference="Large", valid_from="2026-02-01")
    checked(fir, people)
    assert drive(fir, "sign", people["head"]).data["delegation"]["number"] == wide.pk


def test_a_refusal_has_no_amount_whatever_was_proposed_before(fir, people, delegation):
    delegation(ceiling="10")
    checked(fir, people, amount_granted="900000")
    drive(fir, "send-back", people["director"])
    checked(fir, people, **REFUSAL)
    assert drive(fir, "sign", people["head"]).party == Party.DELEGATE


def test_who_stepped_back_signs_nothing(fir, people, delegation):
    delegation()
    checked(fir, people)
    Recusal.objects.create(dossier=fir, user=people["head"], since=NOW)
    with pytest.raises(NotAllowed):
        drive(fir, "sign", people["head"])


def test_a_delegation_opens_no_dossier_to_somebody_without_a_post_there(fir, delegation, stranger):
    delegation(delegate=stranger)
    curator = make_post(Post.Role.CURATOR, fir.body).user
    delegation(delegate=curator)
    elsewhere = make_post(Post.Role.HEAD, make_agency_body("76")).user
    delegation(delegate=elsewhere)
    for user in (stranger, curator, elsewhere):
        assert parties(actor_of(user, NOW).holdings, fir) == frozenset()


def test_it_counts_on_the_day_in_france(fir, people, delegation):
    delegation(valid_to=date(2026, 11, 28))
    late = datetime(2026, 11, 28, 22, 59, tzinfo=UTC)
    assert Party.DELEGATE in parties(actor_of(people["head"], late).holdings, fir)
    assert Party.DELEGATE not in parties(actor_of(people["head"], late + timedelta(minutes=1)).holdings, fir)


def test_holdings_are_read_in_as_many_queries_as_before(people, delegation, django_assert_num_queries):
    delegation()
    with django_assert_num_queries(3):
        actor_of(people["head"], NOW)


amounts = st.none() | st.decimals(0, 1_000_000, places=2)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
mandates = st.builds(
    Mandate, st.integers(1, 9), st.just("DS"), st.frozensets(st.integers(1, 4), max_size=3), amounts, days,
    st.none() | days,
)  # fmt: skip


@given(st.lists(mandates, max_size=4), st.none() | st.integers(1, 4), amounts, days)
def test_one_is_chosen_exactly_where_one_covers_everything(held, of_lever, amount, on):
    mandate, refused = chosen(held, of_lever, amount, on)
    covering = [
        one
        for one in held
        if one.valid_from <= on
        and (one.valid_to is None or on <= one.valid_to)
        and (not one.levers or of_lever in one.levers)
        and (one.ceiling is None or amount is None or amount <= one.ceiling)
    ]
    assert mandate == (covering[0] if covering else None)
    assert bool(refused) == (mandate is None)
    assert all(reason.words for reason in refused)


@given(mandates, st.none() | st.integers(1, 4), st.decimals(0, 1_000_000, places=2), days)
def test_a_smaller_amount_is_never_less_covered(mandate, of_lever, amount, on):
    if not gaps(mandate, of_lever, amount, on):
        assert not gaps(mandate, of_lever, amount / 2, on)


def test_the_amount_at_stake_is_the_largest_that_the_agency_names(fir):
    procedure = fir.procedure
    known = {"outcome": "grant", "amount_granted": Decimal(10), "amount_per_year": Decimal(30), "spent": Decimal(99)}
    assert at_stake(procedure, Facts(NOW, records=known)) == Decimal(30)
    assert at_stake(procedure, Facts(NOW)) is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"delegate": None, "role": ""}, "delegate"),
        ({"role": Post.Role.HEAD}, "delegate"),
        ({"delegate": None, "role": Post.Role.CURATOR}, "role"),
        ({"valid_to": date(2025, 1, 1)}, "valid_to"),
        ({"ceiling": Decimal(-1)}, "__all__"),
        ({"publication": ""}, "publication"),
    ],
)
def test_a_delegation_that_cannot_be_is_refused_in_words(fields, wrong, agency, people):
    good = {
        "body": agency, "delegate": people["head"], "given_by": "La directrice générale", "reference": "DS 1",
        "publication": "RAA 1", "valid_from": ON,
    }  # fmt: skip
    SignatureDelegation(**good).full_clean()
    with pytest.raises(ValidationError) as refused:
        SignatureDelegation(**good | fields).full_clean()
    assert wrong in refused.value.message_dict


def test_it_is_given_to_somebody_who_has_a_post_there(agency, stranger):
    row = SignatureDelegation(
        body=agency, delegate=stranger, given_by="x", reference="x", publication="x", valid_from=ON
    )
    with pytest.raises(ValidationError, match="n'a pas de poste"):
        row.full_clean()


def test_the_journal_says_in_words_which_decision_and_under_which_delegation(client, fir, people, delegation):
    delegation()
    checked(fir, people)
    drive(fir, "sign", people["head"])
    client.force_login(people["officer"])
    page = client.get(f"/instruction/{fir.reference}/").content.decode()
    assert fir.decisions.decided().get().number in page
    assert "Par délégation de signature" in page
    assert "DS 2026-12" in page
