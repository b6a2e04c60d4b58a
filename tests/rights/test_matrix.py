"""Who may do what, for every procedure, party and stage, played against the engine with people of two regions.

For each procedure two dossiers are alike, one in each region; whoever has a part in one is a stranger to the other.
A dossier is put at a stage by the maintenance door: what is asked is who may, not whether one gets there.
"""

from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction

from actors.models import Body, Post, User
from projects import guards
from projects.access import impartial
from projects.engine.door import NotAllowed, Request, Stale, advance
from projects.engine.people import THE_PORTAL, Actor, actor_of
from projects.engine.received import Received
from projects.engine.recording import act_on
from projects.models import Dossier, Participation, Share, SignatureDelegation
from projects.procedures.catalogue import LATEST
from projects.procedures.types import Procedure, Stage
from projects.procedures.vocabulary import Party
from projects.rights.matrix import cell, described, received_at
from projects.rights.predicates import acts, is_of_the_applicant, parties
from projects.rights.table import APPLICANT_SIDE, Act
from tests import factories
from tests.dossier_factories import NOW, make_dossier, make_officer
from tests.people_factories import IN_POST_SINCE, make_agency_body, make_body, make_membership, make_organisation

pytestmark = pytest.mark.django_db

ALL_ACTS = tuple(Act)
BODIES = {
    Party.RAPPORTEUR: Body.Kind.RAPPORTEUR, Party.DGOS: Body.Kind.DGOS, Party.CNSA: Body.Kind.CNSA,
    Party.DEPARTMENT: Body.Kind.DEPARTMENT, Party.INSURANCE: Body.Kind.INSURANCE, Party.GRADES: Body.Kind.GRADES,
}  # fmt: skip
NOBODY_HERE: frozenset[Party] = frozenset()
POSTED = Received(NOW.date(), "letter", "Camille Porteur")

Cast = dict[str, tuple[Actor, frozenset[Party]]]
"""People by what they are, with the parties that they hold on their own dossier."""


def rows() -> dict[str, list[tuple[Stage, bool]]]:
    """Return the stages to play, by procedure, and whether the dossier was received there.

    Each row of the matrix is played once, under the first procedure that has it.

    Two stages are one row where reception, status, writing, confidentiality, moves and who makes them are the same.
    """
    found, known = {}, set()
    for key, procedure in LATEST.items():
        for stage, received in [(one, way) for one in procedure.stages for way in received_at(procedure)[one.key]]:
            moves = frozenset((move.key, move.by) for move in procedure.moves_from(stage.key))
            row = (procedure.confidential, received, stage.macro, stage.editable, moves)
            if row not in known:
                known.add(row)
                found.setdefault(key, []).append((stage, received))
    return found


ROWS = rows()


def a_side(region: str, near: str, procedure: Procedure) -> tuple[Dossier, Cast]:
    """Make a dossier in a region and one person for each party, each by real rows; those who lost their part too."""
    body = make_agency_body(region)
    organisation = make_organisation(region=body.region)
    owner, member, depositor = (factories.make_user() for _ in range(3))
    make_membership(organisation, member, may_deposit=False, may_manage=False)
    make_membership(organisation, depositor)
    dossier = make_dossier(owner, procedure, organisation=organisation, body=body)
    people = {"owner": (owner, {Party.CARRIER}), "member": (member, {Party.CARRIER})}
    people["depositor"] = (depositor, {Party.CARRIER, Party.DEPOSITOR})
    for level in ("editor", "reader"):
        people[level] = (shared(dossier, level), {Party(level)})
    for role in (Post.Role.OFFICER, Post.Role.HEAD, Post.Role.DIRECTOR, Post.Role.LEGAL):
        people[role] = (make_officer(body, role), {Party(role)})
    people["delegate"] = (make_officer(body, Post.Role.HEAD), {Party.HEAD, Party.DELEGATE})
    people["delegate once"] = (make_officer(body, Post.Role.HEAD), {Party.HEAD})
    for name, until in (("delegate", None), ("delegate once", IN_POST_SINCE)):
        SignatureDelegation.objects.create(
            body=body, delegate=people[name][0], given_by="La directrice", reference="DS", publication="RAA",
            valid_from=IN_POST_SINCE, valid_to=until,
        )  # fmt: skip
    enterer = make_officer(body)
    Dossier.objects.filter(pk=dossier.pk).update(entered_by=enterer)
    people["enterer"] = (enterer, {Party.ENTERER, Party.OFFICER})
    people |= with_a_part(dossier, near)
    people |= on_both_sides(dossier, organisation)
    people |= {name: (user, NOBODY_HERE) for name, user in without_a_part(dossier, enterer).items()}
    return dossier, {name: (actor_of(user, NOW), frozenset(held)) for name, (user, held) in people.items()}


def shared(dossier: Dossier, level: str, **fields):
    """Return somebody who was invited to the project."""
    user = factories.make_user()
    accepted = {"accepted_at": NOW - timedelta(days=1)} | fields
    Share.objects.create(
        project=dossier.project, email=user.email, level=level, token_digest=uuid4().hex * 2, user=user,
        sent_at=NOW - timedelta(days=2), expires_at=NOW + timedelta(days=9), **accepted,
    )  # fmt: skip
    return user


def with_a_part(dossier: Dossier, near: str) -> dict:
    """Return those whom a row of participation names: another agency, bodies, an expert, an evaluator."""
    people, parts = {}, []
    neighbour = make_officer(make_agency_body(near), Post.Role.HEAD)
    people["neighbour"] = (neighbour, {Party.ASSOCIATE})
    parts.append(Participation(dossier=dossier, capacity=Party.ASSOCIATE, body=make_agency_body(near), since=NOW))
    for party, kind in BODIES.items():
        body = make_body(kind, region=dossier.region) if kind != Body.Kind.DEPARTMENT else make_body(kind)
        people[party] = (make_officer(body), {party})
        parts.append(Participation(dossier=dossier, capacity=party, body=body, since=NOW))
    for party in (Party.EXPERT, Party.EVALUATOR, Party.JUROR):
        user = factories.make_user()
        people[party] = (user, {party})
        parts.append(Participation(dossier=dossier, capacity=party, user=user, since=NOW))
    Participation.objects.bulk_create(parts)
    return people


def on_both_sides(dossier: Dossier, organisation) -> dict:
    """Return those whom a post or a part would let act, and who are applicants: they are that alone."""
    roles = (Post.Role.OFFICER, Post.Role.HEAD, Post.Role.DIRECTOR, Post.Role.LEGAL)
    head, officer, director, lawyer = (make_officer(dossier.body, role) for role in roles)
    SignatureDelegation.objects.create(
        body=dossier.body, delegate=officer, given_by="La directrice", reference="DS", publication="RAA",
        valid_from=IN_POST_SINCE,
    )  # fmt: skip
    national = make_officer(make_body(Body.Kind.DGOS))
    part = Participation.objects.get(dossier=dossier, capacity=Party.DGOS)
    national.posts.update(body=part.body)
    outsider = factories.make_user()
    for capacity in (Party.EXPERT, Party.EVALUATOR, Party.JUROR):
        Participation.objects.create(dossier=dossier, capacity=capacity, user=outsider, since=NOW)
    make_membership(organisation, officer)
    for user in (head, national):
        make_membership(organisation, user, may_deposit=False, may_manage=False)
    for user, level in ((director, "editor"), (lawyer, "reader"), (outsider, "reader")):
        invited = shared(dossier, level)
        Share.objects.filter(user=invited).update(user=user)
    return {
        "officer and depositor": (officer, {Party.CARRIER, Party.DEPOSITOR}),
        "head and member": (head, {Party.CARRIER}),
        "director and editor": (director, {Party.EDITOR}),
        "lawyer and reader": (lawyer, {Party.READER}),
        "national and member": (national, {Party.CARRIER}),
        "expert and reader": (outsider, {Party.READER}),
    }


def without_a_part(dossier: Dossier, enterer) -> dict:
    """Return those who are near and may do nothing."""
    recused = make_officer(dossier.body)
    dossier.recusals.create(user=recused, since=NOW)
    left = make_officer(dossier.body, Post.Role.HEAD)
    left.posts.update(until=IN_POST_SINCE)
    closed = make_officer(dossier.body)
    closed.is_active = False
    closed.save()
    return {
        "stranger": factories.make_user(),
        "curator": make_officer(dossier.body, Post.Role.CURATOR),
        "recused": recused,
        "left": left,
        "closed": closed,
        "uninvited": shared(dossier, "editor", revoked_at=NOW),
        "invited only": shared(dossier, "editor", accepted_at=None),
    }


@contextmanager
def at_stage(dossier: Dossier, stage: Stage, received: bool):
    """Put a dossier at a stage, undone afterwards."""
    with transaction.atomic():
        mark = transaction.savepoint()
        with guards.maintenance("Essai", NOW):
            Dossier.objects.filter(pk=dossier.pk).update(
                stage=stage.key, macro=stage.macro, turn=stage.turn, deposited_at=NOW if received else None
            )
        yield (
            Dossier.objects.select_related("project").prefetch_related("participations", "recusals").get(pk=dossier.pk)
        )
        transaction.savepoint_rollback(mark)


def moves_allowed(dossier: Dossier, procedure: Procedure, actor: Actor, received: Received | None = None) -> set[str]:
    """Return the moves of the stage that the door does not refuse to somebody; ``received``: for the applicant.

    The version is not the one of the dossier: whoever may is told so, and nothing moves.
    """
    found = set()
    for move in procedure.moves_from(dossier.stage):
        try:
            advance(dossier.pk, Request(move.key, dossier.version + 7, uuid4(), received=received), actor, NOW)
        except Stale:
            found.add(move.key)
        except NotAllowed:
            continue
        else:
            raise AssertionError("moved without having seen")
    return found


def may_act(dossier: Dossier, act: Act, actor: Actor) -> bool:
    """Tell whether the engine lets somebody do this."""
    try:
        with act_on(dossier.pk, act, actor, NOW):
            return True
    except NotAllowed:
        return False


@pytest.mark.parametrize("key", ROWS)
def test_everybody_may_what_the_matrix_says_and_nothing_else(key):
    procedure = LATEST[key]
    here, ours = a_side("01", "84", procedure)
    there, theirs = a_side("76", "93", procedure)
    assert {party for _, held in ours.values() for party in held} == set(Party) - {Party.SYSTEM}
    played = set()
    for rank, (stage, received) in enumerate(ROWS[key]):
        with at_stage(there, stage, received), at_stage(here, stage, received) as dossier:
            kept = set(impartial(User.objects.all(), dossier.pk).values_list("pk", flat=True))
            for shift, (name, (actor, held)) in enumerate(ours.items()):
                assert (actor.user.pk in kept) == (name != "recused" and not held & APPLICANT_SIDE), (stage.key, name)
                cells = [cell(procedure, stage, party, received=received) for party in held]
                expected_acts = frozenset().union(*(one.acts for one in cells))
                expected_moves = {move.key for one in cells for move in one.moves}
                seen = Dossier.objects.visible_to(actor.holdings).filter(pk=dossier.pk).exists()
                assert seen == bool(expected_acts), (stage.key, name)
                found = acts(actor.holdings, dossier, editable=stage.editable)
                assert found == expected_acts, (stage.key, name)
                assert moves_allowed(dossier, procedure, actor) == expected_moves, (stage.key, name)
                act = ALL_ACTS[(rank + shift) % len(ALL_ACTS)]
                if Act.ENTER in expected_acts or act is Act.ENTER:
                    theirs_to_make = {one.key for one in procedure.moves_from(stage.key) if is_of_the_applicant(one)}
                    entered = theirs_to_make if Act.ENTER in expected_acts else set()
                    assert moves_allowed(dossier, procedure, actor, POSTED) == entered, (stage.key, name)
                assert may_act(dossier, act, actor) == (act in expected_acts), (stage.key, name, act)
                played.add((name, act))
            system = {move.key for move in cell(procedure, stage, Party.SYSTEM, received=received).moves}
            assert moves_allowed(dossier, procedure, THE_PORTAL) == system, stage.key
            for shift, (name, (actor, _)) in enumerate(theirs.items()):
                elsewhere_only(dossier, there, actor, ALL_ACTS[(rank + shift) % len(ALL_ACTS)], (stage.key, name))
    assert {name for name, _ in played} == set(ours)


def test_every_stage_of_every_procedure_has_its_row():
    assert set(ROWS) <= set(LATEST)
    assert {stage.macro for stages in ROWS.values() for stage, _ in stages} == {
        stage.macro for procedure in LATEST.values() for stage in procedure.stages
    }


def elsewhere_only(dossier: Dossier, own: Dossier, actor: Actor, act: Act, where) -> None:
    """Assert that somebody of the other region can do nothing here, whatever they may do there."""
    assert parties(actor.holdings, dossier) == NOBODY_HERE, where
    assert set(Dossier.objects.visible_to(actor.holdings)) <= {own}, where
    assert not may_act(dossier, act, actor), where
    assert moves_allowed(dossier, dossier.procedure, actor) == set(), where


def test_what_is_refused_to_a_person_who_reads_is_written_and_to_one_who_does_not_is_not():
    dossier, cast = a_side("01", "84", LATEST["first-contact"])
    for name, kept in (("reader", 1), ("stranger", 0), ("officer", 0)):
        before = dossier.journal.count()
        assert moves_allowed(dossier, dossier.procedure, cast[name][0]) == set()
        assert dossier.journal.count() - before == kept * len(dossier.procedure.moves_from("draft")), name


def test_the_documentation_is_what_the_table_and_the_procedures_say():
    kept = (settings.BASE_DIR / "docs" / "rights.md").read_text(encoding="utf-8")
    assert kept == described(LATEST.values()), "python manage.py describe_rights"
