"""Whom to go to, in which order, as the guide says it; and what makes an address a person's."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.service_address import looks_personal
from levers.directory.rules import Asked, Kind, Known, Office, Who, steps_for
from levers.directory.wording import TITLES, message, unknown, why

DOOR, EXPERT, NEAR, E_HEALTH, NETWORK, BUYER = Kind
OPEN = Known(doors=(Office("Mission innovation"),))
CANCER = Known(experts={"cancerologie": (Office("Mission cancer"),)})


def order(asked: Asked, known: Known) -> list[Kind]:
    return [step.kind for step in steps_for(asked, known)]


@pytest.mark.parametrize(
    ("asked", "known", "expected"),
    [
        # By default the pair: the officer opens, the expert of the subject follows.
        (Asked(Who.HEALTH_ACTOR, "cancerologie"), OPEN, [DOOR, EXPERT, NEAR]),
        (Asked(Who.HEALTH_ACTOR, "cancerologie"), Known(), [DOOR, EXPERT, NEAR]),
        (Asked(Who.COMPANY, "cancerologie"), OPEN, [DOOR, EXPERT, NETWORK, BUYER]),
        # Without a subject there is no expert to name yet.
        (Asked(Who.HEALTH_ACTOR), OPEN, [DOOR, NEAR]),
        # No single door is known, but the agency names who knows the subject: that is the way in.
        (Asked(Who.HEALTH_ACTOR, "cancerologie"), CANCER, [EXPERT, DOOR, NEAR]),
        (Asked(Who.HEALTH_ACTOR, "handicap"), CANCER, [DOOR, EXPERT, NEAR]),
        # Digital projects go through the region's e-health group as well.
        (Asked(Who.HEALTH_ACTOR, "numerique", digital=True), OPEN, [DOOR, EXPERT, NEAR, E_HEALTH]),
        (Asked(Who.COMPANY, "numerique", digital=True), OPEN, [DOOR, EXPERT, E_HEALTH, NETWORK, BUYER]),
        # A company is sent to a delegation only once it says where.
        (Asked(Who.COMPANY, department="31"), OPEN, [DOOR, NETWORK, BUYER, NEAR]),
        (Asked(Who.OTHER), OPEN, [DOOR, NETWORK, NEAR]),
        (Asked(), OPEN, [DOOR, NETWORK, BUYER, NEAR]),
    ],
)
def test_the_order_of_doors(asked, known, expected):
    assert order(asked, known) == expected


def test_a_door_for_one_subject_comes_before_the_general_one():
    known = Known(doors=(Office("Mission innovation"),), doors_of={"numerique": (Office("Service e-santé"),)})
    assert [one.name for one in steps_for(Asked(subject="numerique"), known)[0].offices] == ["Service e-santé"]
    assert [one.name for one in steps_for(Asked(subject="handicap"), known)[0].offices] == ["Mission innovation"]


def test_the_delegation_is_that_of_the_department_asked():
    known = Known(delegations={"31": (Office("Haute-Garonne"),), "09": (Office("Ariège"),)})
    for code, names in {"31": ["Haute-Garonne"], "09": ["Ariège"], "81": [], "": []}.items():
        near = steps_for(Asked(Who.HEALTH_ACTOR, department=code), known)[-1]
        assert [one.name for one in near.offices] == names


OFFICES = st.lists(st.builds(Office, st.text(max_size=5)), max_size=2).map(tuple)
KNOWN = st.builds(
    Known, OFFICES, st.dictionaries(st.sampled_from(["", "a"]), OFFICES), st.dictionaries(st.just("a"), OFFICES)
)
ASKED = st.builds(
    Asked, st.sampled_from(Who), st.sampled_from(["", "a", "b"]), st.booleans(), st.sampled_from(["", "31"])
)


@given(ASKED, KNOWN)
def test_everybody_is_given_a_door_once_and_exactly_one_place_to_begin(asked, known):
    steps = steps_for(asked, known)
    kinds = [step.kind for step in steps]
    assert len(kinds) == len(set(kinds))
    assert Kind.DOOR in kinds[:2]
    assert [step.first for step in steps] == [True] + [False] * (len(steps) - 1)
    assert (Kind.EXPERT in kinds) == bool(asked.subject)
    for step in steps:
        assert why(step, asked.who)
        assert bool(step.offices) or step.kind is Kind.BUYER or unknown(step, asked.department)


def test_a_company_is_not_told_what_a_health_actor_is():
    (for_care, *_), (for_company, *_) = (steps_for(Asked(who), OPEN) for who in (Who.HEALTH_ACTOR, Who.COMPANY))
    assert why(for_care, Who.HEALTH_ACTOR) != why(for_company, Who.COMPANY)
    assert set(TITLES) == set(Kind)


@pytest.mark.parametrize(("who", "subject", "where"), list(itertools.product(Who, ["", "Handicap"], ["", "Gard"])))
def test_the_message_starts_from_the_need_and_seeks_neither_a_partnership_nor_a_label(who, subject, where):
    text = message("l'agence", subject, where, who)
    assert "partenariat" not in text
    assert "label" not in text
    assert text.index("besoin") < text.index("Ce que nous proposons")
    assert "santé de la population" in text
    assert "projet régional de santé" in text
    for told in (subject, where):
        assert told in text


@pytest.mark.parametrize(
    ("address", "personal"),
    [
        ("ars-paca-innovations@ars.sante.fr", False),
        ("ARS-BFC-ART51@ars.sante.fr", False),
        ("RG-ART51@sante.gouv.fr", False),
        ("ars-dt35-direction@ars.sante.fr", False),
        ("contact@esante.example", False),
        ("contact.presse@agence.example", False),
        ("recherche.clinique@chu.example", False),
        ("dd31.direction@ars.sante.fr", False),
        ("structures3-0@sante.gouv.fr", False),
        ("", False),
        ("camille.durand@ars.sante.fr", True),
        ("Camille.DURAND@ars.sante.fr", True),
        ("c.durand@ars.sante.fr", True),
        ("jean-luc.dupont@sante.gouv.fr", True),
        ("hélène.lefèvre@agence.example", True),
        ("camille_durand@chu.example", True),
        ("camille.durand+projet@chu.example", True),
        ("cabinet.de.camille@gmail.com", True),
        ("association@orange.fr", True),
    ],
)
def test_an_address_that_looks_like_a_person_s(address, personal):
    assert looks_personal(address) is personal


@given(st.text(max_size=60))
def test_any_text_is_judged_without_an_error(text):
    assert looks_personal(text) in (True, False)
