"""The rest of the hostile world: article 51, a jury, the board of envisaged projects, the register, other procedures."""

from datetime import date, timedelta

from actors.models import Post, Subject
from apist.clock import now
from projects.engine.people import actor_of
from projects.envisaged.board import ask_to_read
from projects.instruction.agencies import ask_to_lead, associate
from projects.judging import composing
from projects.judging.marking import Filled, declare, mark
from projects.models import Candidate, EnvisagedProject, FinancialModelLine, Jury
from projects.publishing.acts import answer, propose, publish
from projects.specification.commenting import About, comment
from projects.steering.running import refresh
from tests.dossier_factories import make_officer
from tests.factories import make_user
from tests.hostile.builders import DEPOSITED, SIGNED, World, filled, go
from tests.hostile.corpus import hostile
from tests.people_factories import make_agency_body
from tests.specification_factories import rewrite

SCALE = {"scale": "regional", "months": "36", "cooperation_protocol": False}
PUBLIC = ("title", "summary", "text", "organisation", "population")


def article_51(world: World) -> None:
    """Send two versions of a specification, with comments of both sides; and bring another one to its experiment."""
    seen = {"objective_met": True, "derogation_needed": True}
    admitted = (*DEPOSITED, ("admit", "officer", seen))
    world.dossiers["written"] = go(world, filled(world, "article-51", 4, answers=SCALE), *admitted)
    written = go(world, filled(world, "article-51", 5, answers=SCALE), *admitted)
    for year in (2027, 2028):
        FinancialModelLine.objects.create(dossier=written, year=year, patients=9, package=200, substituted=300, other=1)
    go(world, written, ("submit-specification", "owner"), "return-specification")
    rewrite(written, hostile(2))
    go(world, written, ("submit-specification", "owner"))
    for who in ("owner", "officer"):
        comment(written.pk, About("terrain", "evaluation"), hostile(1), world.actor(who), now())
    guest = make_agency_body("84")
    world.people["guest"] = make_officer(guest, Post.Role.HEAD)
    associate(written.pk, guest, world.actor("head"), now())
    ask_to_lead(written.pk, guest, hostile(3), world.actor("head"), now())
    world.dossiers["specification"] = written
    grant = {"outcome": "grant", "months_authorised": "36"}
    world.dossiers["experiment"] = go(
        world, filled(world, "article-51", 0, answers=SCALE | {"experiment_months": "36", "transition_months": "12"}),
        *admitted, ("submit-specification", "owner"), "consult",
        ("insurance-opinion", "insurance"), ("director-opinion", "director"), ("submit-to-committee", "rapporteur"),
        ("committee-opinion", "rapporteur"), ("propose", "officer", grant), *SIGNED, "notify-grant", "publish",
        ("first-inclusion", "owner", {"first_inclusion_on": (now() - timedelta(days=900)).date().isoformat()}),
        ("interim-report", "owner"),
    )  # fmt: skip


def jury(world: World) -> None:
    """Have a jury of two mark two dossiers: with the last mark they are read; then it deliberates."""
    at = now()
    jurors = [make_user(full_name=hostile(rank, 150)) for rank in (2, 4)]
    world.people |= {"chair": jurors[0], "juror": jurors[1]}
    dossiers = [go(world, filled(world, "fir", rank, lever="fir"), ("deposit", "owner")) for rank in (1, 2)]
    row = Jury(
        name=hostile(3, 160), body=world.body, procedure_key="fir", opens_at=at - timedelta(days=1),
        closes_at=at + timedelta(days=1),
    )  # fmt: skip
    officer = world.actor("officer")
    made = composing.create(row, officer, at)
    for juror in jurors:
        composing.add_juror(made.pk, juror, officer, at)
    composing.choose_chair(made.pk, jurors[0], officer)
    composing.add_dossiers(made.pk, dossiers, officer, at)
    composing.open_jury(made.pk, officer, at)
    criteria = Jury.objects.get(pk=made.pk).grid.grid.criteria
    highest = {one.key: one.high for one in criteria}
    words = {one.key: hostile(rank) for rank, one in enumerate(criteria)}
    for actor in (actor_of(juror, at) for juror in jurors):
        for dossier in dossiers:
            declare(made.pk, dossier.pk, "", actor, at, conflict=False)
            mark(made.pk, dossier.pk, Filled(highest, words, hostile(0)), actor, at)
    Candidate.objects.filter(jury=made).update(deliberation=hostile(0), final_reason=hostile(1))
    world.dossiers["judged"] = dossiers[0]
    world.names["jury"] = str(made.pk)


def public(world: World) -> None:
    """Publish what an applicant agreed to, every field of it hostile."""
    running = world.dossiers["running"]
    words = {name: hostile(rank, 200) for rank, name in enumerate(PUBLIC)}
    propose(running.pk, words, world.actor("head"), now())
    answer(running.pk, dict.fromkeys(PUBLIC, True), world.actor("owner"), now())
    world.names["slug"] = publish(running.pk, "local", world.actor("head"), now()).slug
    propose(running.pk, {"text": hostile(5, 300)}, world.actor("head"), now())


def board(world: World) -> None:
    """Announce an envisaged project, and ask to read it."""
    row = EnvisagedProject.objects.create(
        body=world.body, title=hostile(0, 160), need=hostile(1, 400), theme=Subject.objects.first(),
        contact="service@exemple.invalid", since=date(2026, 1, 1),
    )  # fmt: skip
    guest = world.people["guest"]
    ask_to_read(row.pk, guest.posts.get().body, hostile(2, 300), actor_of(guest, now()), now())
    world.names["envisaged"] = str(row.pk)


def steered(world: World) -> None:
    """Deposit a dossier of each procedure that a page of steering lists, and count."""
    for key in ("mig", "grades-support"):
        world.dossiers[key] = go(world, filled(world, key, 3), ("deposit", "owner"))
    refresh(now())


ALL = (article_51, jury, public, board, steered)
