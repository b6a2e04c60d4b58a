"""The numbers beside the facets, whatever is chosen and whoever looks, against a recount by hand of every dossier."""

import random
from datetime import datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.models import Post, User
from projects import guards
from projects.content.facets import FACETS as OF_ANSWERS
from projects.engine.people import actor_of
from projects.instruction.board import CARDS, columns_of
from projects.instruction.conditions import Desk, desk_of
from projects.instruction.facets import BANDS, FACET_LABELS
from projects.instruction.filters import found
from projects.instruction.tallies import standings, tally
from projects.models import (
    Absence,
    Assignment,
    Dossier,
    DossierFacet,
    DossierLabel,
    Label,
    Participation,
    Project,
    Recusal,
)
from projects.procedures.catalogue import LATEST
from projects.rights.table import INSTRUCTING_SIDE
from tests import factories
from tests.dossier_factories import NOW, make_officer
from tests.people_factories import make_agency_body, make_organisation, make_post

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOW_MANY = 90


@pytest.fixture
def team() -> dict[str, User]:
    """Somebody of two agencies, a colleague, one whose post is over, and one of the other agency."""
    here, there = make_agency_body("01"), make_agency_body("76")
    both, colleague, gone = (make_officer(here) for _ in range(3))
    make_post(Post.Role.HEAD, there, both)
    gone.posts.update(until=(NOW - 30 * DAY).date())
    other = make_officer(there)
    for rank, user in enumerate((both, colleague, gone, other)):
        User.objects.filter(pk=user.pk).update(full_name=f"Personne {rank}")
    on = NOW.date()
    Absence.objects.create(user=other, body=there, deputy=both, since=on, until=on, said_at=NOW)
    return {"both": both, "colleague": colleague, "gone": gone, "other": other}


@pytest.fixture
def world(team) -> dict[str, User]:
    """Dossiers of two agencies that differ in everything that is counted; nothing goes through the door."""
    draw = random.Random("tallies")
    bodies = [team["colleague"].posts.get().body, team["other"].posts.get().body]
    kinds = [factories.make_actor_type(slug) for slug in ("msp", "ehpad")]
    organisations = [
        make_organisation(actor_type=one, department=place)
        for one, place in zip(kinds, (factories.make_department(), None), strict=True)
    ]
    levers = [factories.make_lever(slug="fir"), None]
    projects = Project.objects.bulk_create(
        Project(title=f"Un projet {rank % 7}", owner=factories.make_user(), created_at=NOW) for rank in range(20)
    )
    with guards.maintenance("Essai", NOW):
        dossiers = Dossier.objects.bulk_create(
            _dossier(draw, rank, projects, organisations, bodies, levers) for rank in range(HOW_MANY)
        )
    people = list(team.values())
    for dossier in dossiers:
        for role in draw.sample(["lead", "expert"], draw.randrange(3)):
            until = draw.choice([None, None, NOW - DAY, NOW - 60 * DAY, NOW + DAY])
            Assignment.objects.create(
                dossier=dossier, user=draw.choice(people), role=role, since=NOW - 90 * DAY, until=until
            )
        for name in draw.sample(["Urgent", "Autre"], draw.randrange(3)):
            label, _ = Label.objects.get_or_create(body=draw.choice(bodies), slug=name.lower(), defaults={"name": name})
            DossierLabel.objects.create(dossier=dossier, label=label, put_at=NOW)
        pairs = [pair.split("=") for pair in (dossier.facet_values or "").split()]
        DossierFacet.objects.bulk_create(DossierFacet(dossier=dossier, name=name, value=value) for name, value in pairs)
    Recusal.objects.create(dossier=dossiers[3], user=team["both"], since=NOW)
    for dossier in dossiers[::8]:
        Participation.objects.create(dossier=dossier, capacity="associate", body=bodies[dossier.pk % 2], since=NOW)
    return team


def _dossier(draw, rank, projects, organisations, bodies, levers) -> Dossier:
    key = draw.choice(["fir", "first-contact"])
    stage = draw.choice(LATEST[key].stages)
    deposited = None if stage.key == "draft" else NOW - draw.choice([0, 1, 6, 8, 40]) * DAY
    return Dossier(
        project=draw.choice(projects), organisation=draw.choice([*organisations, None]), lever=draw.choice(levers),
        body=draw.choice(bodies), procedure_key=key, procedure_version=LATEST[key].version, opened_at=NOW,
        stage=stage.key, version=1, macro=stage.macro, turn=stage.turn, deposited_at=deposited,
        due_at=draw.choice([None, *(NOW + days * DAY for days in (-1, 0, 3, 7, 8, 30, 31))]),
        legal_due_at=draw.choice([None, *(NOW + days * DAY for days in (-1, 0, 1, 15, 16))]),
        ended_at=draw.choice([None, None, None, NOW]), asked=draw.choice([None, 0, 9_999, 10_000, 499_999, 2_000_000]),
        facet_values=draw.choice([None, "mission=prevention", "mission=access mission=prevention prs=given"]),
    )  # fmt: skip


def recount(dossier: Dossier, desk: Desk) -> dict[str, set[str]]:
    """The values that a dossier has in each facet, told from its rows one by one."""
    at, user = desk.at, desk.holdings.user
    mine = dossier.ended_at is None and dossier.turn == "agency" and dossier.body_id in desk.bodies
    days = None if dossier.due_at is None or dossier.ended_at else (dossier.due_at - at) / DAY
    due = (
        {"none"}
        if days is None
        else {"late"}
        if days <= 0
        else {one for one, most in (("week", 7), ("month", 30)) if days <= most}
    )
    legal = None if dossier.legal_due_at is None or dossier.ended_at else (dossier.legal_due_at - at) / DAY
    due |= set() if legal is None or legal > 15 else {"legal-late"} if legal <= 0 else {"legal-soon"}
    own = dossier.body_id in desk.bodies
    standing = {"new"} if dossier.deposited_at and dossier.deposited_at >= at - 7 * DAY else set()
    standing |= {"late"} if due & {"late", "legal-late"} else set()
    if dossier.ended_at is None:
        standing |= {"mine"} if mine else {"others"}
    if mine and _entrusted(dossier, user, at):
        standing.add("me")
    if _unowned(dossier, at):
        standing.add("unowned")
    current = [one for one in dossier.assignments.all() if one.since <= at and (one.until is None or one.until > at)]
    people = {str(one.user_id) for one in current} | ({"me"} if any(one.user_id == user for one in current) else set())
    people |= set() if any(one.role == "lead" for one in current) else {"nobody"}
    place, pairs = dossier.organisation, [pair.split("=") for pair in (dossier.facet_values or "").split()]
    return {
        "standing": standing, "due": due, "macro": {dossier.macro}, "turn": {dossier.turn}, "person": people if own else set(),
        "label": {one.label.slug for one in dossier.labels.all() if one.label.body_id in desk.bodies},
        "procedure": {dossier.procedure_key}, "stage": {f"{dossier.procedure_key}:{dossier.stage}"},
        "lever": {dossier.lever.slug} if dossier.lever else set(), "call": set(),
        "asked": {"none"} if dossier.asked is None else {one.value for one in BANDS if one.low <= dossier.asked and (one.high is None or dossier.asked < one.high)},
        "department": {place.department.code} if place and place.department else set(),
        "actor_type": {place.actor_type.slug} if place else set(),
        **{name: {value for key, value in pairs if key == name} or {"none"} for name in OF_ANSWERS},
    }  # fmt: skip


def _entrusted(dossier: Dossier, user: int, at: datetime) -> bool:
    held = [one.user_id for one in dossier.assignments.all() if one.until is None or one.until > at]
    on = timezone.localtime(at).date()
    away = Absence.objects.current(on).filter(body=dossier.body_id, deputy=user).values_list("user_id", flat=True)
    return user in held or bool({*away} & {*held})


def _unowned(dossier: Dossier, at: datetime) -> bool:
    before = at - timedelta(days=LATEST[dossier.procedure_key].unowned_after.count)
    if dossier.ended_at or not dossier.deposited_at or dossier.deposited_at > before:
        return False
    rows = dossier.assignments.all()
    held = [one.user_id for one in rows if one.until is None or one.until > at]
    owners = Post.objects.current(timezone.localtime(at).date()).filter(
        body=dossier.body_id, role__in=["officer", "head"]
    )
    lately = any(one.until and one.until > before for one in rows)
    return not lately and not owners.filter(user__in=held).exists()


CHOICES = {
    "standing": ["mine", "others", "late", "new", "me", "unowned"], "due": ["late", "week", "month", "none", "legal-late", "legal-soon"],
    "macro": ["review", "deposited", "granted"], "turn": ["agency", "applicant"], "person": ["me", "nobody"],
    "label": ["urgent", "autre", "inconnue"], "procedure": ["fir", "first-contact"], "stage": ["fir:received"],
    "asked": ["none", "0-10000", "100000-500000"], "lever": ["fir"], "actor_type": ["msp"], "department": ["971"],
    "mission": ["prevention", "access", "none"], "prs": ["given", "none"],
}  # fmt: skip
SEARCHES = st.dictionaries(st.sampled_from(list(CHOICES)), st.none(), max_size=3).flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.lists(st.sampled_from(CHOICES[name]), min_size=1, max_size=2, unique=True) for name in names}
    )
)


def _passes(has: dict[str, set[str]], name: str, values: list[str]) -> bool:
    return {*values} <= has[name] if name == "standing" else bool({*values} & has[name])


def test_the_numbers_are_those_of_a_recount_whatever_is_chosen(world):
    every = list(
        Dossier.objects.select_related(
            "lever", "organisation__department", "organisation__actor_type"
        ).prefetch_related("assignments", "labels__label")
    )
    desks = {}
    for name in ("both", "colleague", "other"):
        desk = desks[name] = desk_of(actor_of(world[name], NOW).holdings, NOW)
        seen = set(Dossier.objects.visible_to(desk.holdings, INSTRUCTING_SIDE).values_list("pk", flat=True))
        desks[name] = (desk, [(one, recount(one, desk)) for one in every if one.pk in seen])
    assert all(10 < len(rows) < HOW_MANY for _, rows in desks.values())

    @settings(max_examples=60, deadline=None, database=None)
    @given(st.sampled_from(list(desks)), SEARCHES, st.sampled_from(["", "q=projet", "q=projet 3", "q=introuvable"]))
    def agree(name, chosen, text):
        desk, rows = desks[name]
        query = "&".join([text, *(f"{facet}={value}" for facet, values in chosen.items() for value in values)])
        rows = [(one, has) for one, has in rows if not text or text[2:] in one.project.title.lower()]
        asked = found(desk, query)
        counts = tally(asked)
        kept = {one.pk for one, has in rows if all(_passes(has, facet, values) for facet, values in chosen.items())}
        assert counts.total == len(kept)
        assert set(asked.rows().values_list("pk", flat=True)) == kept
        for facet in FACET_LABELS:
            but = {key: values for key, values in chosen.items() if key != facet or facet == "standing"}
            among = [has for _, has in rows if all(_passes(has, key, values) for key, values in but.items())]
            said = {one.value: one.total for one in counts.facets[facet] if one.total}
            known = {value for has in among for value in has[facet]}
            if facet == "person":
                said, known = {key: n for key, n in said.items() if key}, known
            assert (facet, said) == (facet, {value: sum(value in has[facet] for has in among) for value in known})
        assert +standings(asked) == {one.value: one.total for one in counts.facets["standing"] if one.total}
        numbers = asked.compiled().numbers(0, 500) if kept else []
        assert numbers == list(asked.in_order().values_list("pk", flat=True))
        columns = columns_of(asked, counts, "/", QueryDict(query), "/{}/".format)
        assert sum(column.total for column in columns) == len(kept)
        assert all(len(column.cards) == min(column.total, CARDS) for column in columns)

    agree()


def test_two_people_who_hold_as_much_are_each_shown_their_own(world):
    """The SQL is written once for both: the numbers are each one's own."""
    seen = {}
    for name in ("colleague", "other"):
        desk = desk_of(actor_of(world[name], NOW).holdings, NOW)
        seen[name] = {one.body_id for one in desk.rows if not one.participations.exists()}
        assert seen[name] == {world[name].posts.get().body_id}
    assert seen["colleague"] != seen["other"]


def test_a_count_is_never_kept(world):
    holdings = actor_of(world["colleague"], NOW).holdings
    desk = desk_of(holdings, NOW)
    before = tally(found(desk, "")).total
    gone = desk.rows.first()
    Participation.objects.filter(dossier=gone).delete()
    Recusal.objects.create(dossier=gone, user=world["colleague"], since=NOW)
    assert tally(found(desk_of(holdings, NOW), "")).total == before - 1
