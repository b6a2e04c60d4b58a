"""An article 51 experiment, from its letter of intent to the transition: nine people, each at their own place."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from actors.models import Agency, Body, Organisation, Post, User
from projects.engine.verifying import verify
from projects.models import Dossier, Publication
from projects.specification.reading import current_figures
from tests import factories
from tests.dossier_factories import make_officer
from tests.files import samples
from tests.journeys import test_dossier_stories as stories
from tests.people_factories import make_body, make_post

story, officer = stories.story, stories.officer

TITLE = "Équipe mobile de plaies"
LETTER = "actor_type=association-sante&region=01&needs_derogation=true&article_51_objective=true&scale=regional"
FIRST_WORDS = "Les résidents sont-ils moins souvent hospitalisés pour une plaie ?"
OTHER_WORDS = "Les résidents sont-ils moins souvent hospitalisés pour une plaie, et pour quel coût ?"
COMMENT = "Dites aussi à quel coût."
OPINION = "Le forfait remplace bien des actes déjà payés."
RESERVATION = "Compter les déplacements à part, dès la première année."
OTHER_PERSON = "vous avez fait vous-même une étape de cette décision"
ORDER = "Recueil des actes administratifs, numéro 2026-118"
WORDS = {
    "title": "Une équipe mobile pour soigner les plaies",
    "summary": "Une équipe va vers les résidents et soigne leurs plaies sur place.",
    "text": "Une infirmière et un médecin se déplacent. Un forfait paie leur temps.",
}
MOVES = [
    "deposit", "acknowledge", "admit", "submit-specification", "return-specification", "submit-specification", "consult",
    "insurance-opinion", "director-opinion", "submit-to-committee", "committee-opinion", "propose", "check", "sign",
    "notify-grant", "publish", "first-inclusion", "end-experiment", "evaluation-report", "exit-opinion",
    "exit-transition",
]  # fmt: skip


@dataclass
class Cast:
    """Those who act, the browser of each, and the dossier that goes from one to the other."""

    story: stories.Story
    people: dict[str, User]
    agency: Body
    insurance: Body
    pages: dict[str, Page] = field(default_factory=dict)
    watch: object = None
    read: set[tuple[str, str]] = field(default_factory=set)
    dossier: Dossier | None = None

    def page(self, who: str) -> Page:
        """Return the browser of somebody; the director reads on a phone."""
        if who not in self.pages:
            self.pages[who] = self.story.page_of(self.people[who], 375 if who == "director" else 1280)
        return self.pages[who]

    def checked(self, who: str) -> Page:
        """Let axe read the page on which somebody is, the first time that they are on such a page."""
        page = self.page(who)
        kind = re.sub(r"/\d+/|\?.*$", "/", page.url.replace(self.dossier.reference, "…"))
        if (who, kind) not in self.read:
            self.read.add((who, kind))
            assert self.story.axe(page) == []
        return page

    def see(self, who: str, address: str = "", side: str = "") -> Page:
        """Open a page of the dossier, on the side of whoever opens it."""
        side = side or ("dossiers" if who == "carrier" else "instruction")
        self.page(who).goto(f"/{side}/{self.dossier.reference}/{address}")
        return self.checked(who)

    def desk(self, who: str, address: str) -> Page:
        """Open a page of somebody's desk."""
        self.page(who).goto(f"/instruction/{address}")
        return self.checked(who)

    def refused(self, who: str, address: str) -> None:
        """See that a page of the dossier does not exist for somebody."""
        page = self.page(who)
        self.watch.expected.add(404)
        answer = page.goto(f"/instruction/{self.dossier.reference}/{address}")
        assert answer.status == 404
        expect(page.locator("body")).not_to_contain_text(TITLE)
        self.watch.expected.discard(404)

    def act(self, who: str, key: str, **given: str) -> None:
        """Make a move as a person does: from the page of the dossier, by its name, with what is asked."""
        move = self.dossier.procedure.move(key)
        self.see(who).get_by_role("link", name=move.label, exact=True).first.click()
        page = self.page(who)
        expect(page.get_by_role("heading", level=1)).to_have_text(move.label)
        self.checked(who)
        fill_in(page, given)
        page.get_by_role("button", name=move.label, exact=True).click()
        self.reached(page, move.to)

    def reached(self, page: Page, stage: str) -> None:
        """Wait until the page says that it is done, then see that the dossier is at a stage."""
        expect(page.locator("main")).to_contain_text("C'est fait")
        self.dossier.refresh_from_db()
        assert self.dossier.stage == stage


def fill_in(page: Page, given: dict[str, str]) -> None:
    """Write what is given in the fields of those names, then something in whatever stays empty."""
    for name, value in given.items():
        box = page.locator(
            f"main textarea[name='{name}'], main input[name='{name}']:not([type=radio], [type=checkbox])"
        )
        if box.count():
            box.fill(value)
    document = page.locator("main input[type=file][name=enclosed]")
    if document.count():
        document.set_input_files({"name": "document.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()})
    stories.answer_what_shows(page, given)


@pytest.fixture
def cast(story, officer, watch) -> Cast:
    """Return the nine, and an officer of another region whom nobody asked."""
    agency = officer.posts.get().body
    insurance = make_body(Body.Kind.INSURANCE, region=agency.region, name="Assurance maladie de Guadeloupe")
    elsewhere = Agency.objects.get(region__code="02")
    other = make_body(Body.Kind.AGENCY, agency=elsewhere, region=elsewhere.region, code="ars-02", name=elsewhere.name)
    people = {
        "carrier": stories.of("association-sante", Organisation.Status.NON_PROFIT, "Réseau des Plaies"),
        "officer": officer,
        "insurance": make_officer(insurance),
        "rapporteur": make_officer(make_body(Body.Kind.RAPPORTEUR)),
        "evaluator": factories.make_user("evaluation@exemple.invalid", full_name="Maxence Évaluateur"),
        "stranger": make_officer(other),
    }
    people |= {role: make_officer(agency, Post.Role(role)) for role in ("head", "director", "legal")}
    return Cast(story, people, agency, insurance, watch=watch)


def deposit_and_admit(cast: Cast) -> None:
    """The letter of intent is written and deposited; the agency acknowledges it and finds it admissible."""
    page, story = cast.page("carrier"), cast.story
    cast.dossier = story.open_from_the_diagnostic(page, LETTER, "article-51", TITLE)
    chosen = {"digital_solution": "false", "industrial_partner": "false", "scale": "regional"}
    story.write(page, cast.dossier, **chosen, purpose="organisation", cooperation_protocol="false")
    story.join(page, cast.dossier)
    assert f"{cast.dossier.reference}-1" in story.deposit(page, cast.dossier)
    expect(cast.desk("officer", "").locator("main")).to_contain_text(TITLE)
    cast.act("officer", "acknowledge", service="Innovation", service_contact="innovation@exemple.invalid")
    cast.act("officer", "admit", objective_met="true", derogation_needed="true")


def send_a_first_version(cast: Cast) -> None:
    """The carrier writes the figures and the text of the specification, joins its pieces, and sends it."""
    page = cast.see("carrier", "cahier-des-charges/chiffres/")
    years = {"year": "2027", "patients": "120", "package": "720", "substituted": "900", "other": "15000"}
    for name, value in years.items():
        page.locator(f"[name='annee-0-{name}']").fill(value)
    page.get_by_role("button", name="Enregistrer les chiffres").click()
    expect(page.locator("main")).to_contain_text("Les chiffres sont enregistrés. Rien n'est envoyé.")
    assert cast.story.axe(page) == []
    assert [one["patients"] for one in current_figures(cast.dossier)] == [120]
    cast.story.write(page, cast.dossier, cooperation_protocol="false")
    rewrite(cast, FIRST_WORDS)
    cast.story.join(page, cast.dossier)
    cast.act("carrier", "submit-specification")


def rewrite(cast: Cast, words: str) -> None:
    """Write other words about the evaluation."""
    page = cast.see("carrier", "section/terrain/")
    page.locator("main textarea[name='evaluation']").fill(words)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("#annonce")).to_contain_text("Enregistré. Rien n'est envoyé.")


def write_together(cast: Cast) -> None:
    """The officer comments and gives the version back; the carrier answers by a second one; both are compared."""
    send_a_first_version(cast)
    page = cast.see("officer", "cahier-des-charges/")
    expect(page.locator("main")).to_contain_text(FIRST_WORDS)
    page.reload()
    page.get_by_text("Commenter « Le terrain et l'évaluation »", exact=True).first.click()
    form = page.locator("form:has(input[name=section][value=terrain])")
    form.get_by_role("textbox", name="Votre commentaire").fill(COMMENT)
    form.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("1 commentaire à régler.")
    cast.act("officer", "return-specification", advice="Le coût n'est pas dans les questions de l'évaluation.")
    page = cast.see("carrier", "cahier-des-charges/")
    expect(page.locator("main")).to_contain_text(COMMENT)
    rewrite(cast, OTHER_WORDS)
    page.goto(f"/dossiers/{cast.dossier.reference}/cahier-des-charges/")
    page.get_by_role("button", name="Marquer comme réglé").click()
    expect(page.locator("main")).to_contain_text("Aucun commentaire à régler.")
    cast.act("carrier", "submit-specification")
    page = cast.see("officer", "cahier-des-charges/")
    page.get_by_label("Comparer avec").select_option(label="Version 1")
    page.get_by_role("button", name="Afficher").click()
    expect(page.get_by_role("heading", name="De « Version 1 » à « Version 2 »")).to_be_visible()
    expect(page.locator("ins").first).to_contain_text("et pour quel coût")
    assert cast.story.axe(page) == []


def hear_the_insurance(cast: Cast) -> None:
    """The opinion is asked through its page, given once interests are declared, then recorded."""
    cast.act("officer", "consult")
    page = cast.see("officer", "avis/")
    page.get_by_label("Votre question").fill("Le forfait remplace-t-il bien des actes déjà payés ?")
    page.get_by_label("À qui").select_option(value=str(cast.insurance.pk))
    page.get_by_label("Attendu pour le").fill(f"{timezone.localdate() + timedelta(days=20)}")
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.locator("main")).to_contain_text("La demande est partie à")
    asked = cast.desk("insurance", "avis/")
    asked.get_by_role("link", name=TITLE).click()
    expect(asked.get_by_role("button", name="Déclarer")).to_be_visible()
    form = cast.checked("insurance").locator("form:has(input[name=act][value=declare])")
    form.locator("input[value=none]").check(force=True)
    form.get_by_role("button", name="Déclarer").click()
    expect(asked.get_by_role("heading", name="Rendre votre avis")).to_be_visible()
    assert cast.story.axe(asked) == []
    asked.get_by_label("Favorable", exact=True).check(force=True)
    asked.get_by_label("Votre avis, et ses raisons").fill(OPINION)
    asked.get_by_role("button", name="Rendre l'avis").click()
    expect(asked.locator("main")).to_contain_text("Votre avis est rendu.")
    page = cast.see("officer", "avis/")
    page.get_by_role("link", name="Consigner cet avis dans la procédure").click()
    expect(page.locator("[name=insurance_words]")).to_have_value(OPINION)
    assert cast.story.axe(page) == []
    page.get_by_role("button", name="Donner ou consigner l'avis de l'Assurance maladie").click()
    cast.reached(page, "opinions")


def go_before_the_committee(cast: Cast) -> None:
    """The director gives a reasoned opinion; the version is kept for the committee, whose opinion has reservations."""
    cast.act("director", "director-opinion")
    cast.act("rapporteur", "submit-to-committee")
    expect(cast.see("rapporteur", "cahier-des-charges/").locator("main")).to_contain_text("Version soumise au comité")
    cast.act(
        "rapporteur", "committee-opinion", committee_sense="reserved", committee_reservations=RESERVATION,
        committee_on=f"{timezone.localdate()}",
    )  # fmt: skip
    expect(cast.see("carrier").locator("main")).to_contain_text(RESERVATION)


def decide(cast: Cast) -> None:
    """Proposed, checked, signed and notified by four people; whoever proposed may not sign."""
    cast.act("officer", "propose", outcome="grant", months_authorised="12", motives="Le comité est favorable.")
    page = cast.see("officer", "geste/sign/")
    expect(page.locator("main")).to_contain_text("Le dossier n'est plus à une étape où cela se fait.")
    page = cast.see("officer", "decision/")
    page.get_by_role("button", name="Enregistrer le texte").click()
    expect(page.locator("main")).to_contain_text("Le projet de décision est enregistré.")
    cast.act("legal", "check")
    refuse_the_proposer(cast)
    page = cast.desk("director", "parapheur/")
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url("**/note/*")
    cast.checked("director")
    page = cast.desk("director", "parapheur/")
    page.get_by_label(f"Signer la décision : {TITLE}").check(force=True)
    page.get_by_role("button", name="Continuer avec les dossiers cochés").click()
    expect(page.locator("main")).to_contain_text("Vous décidez : le porteur l'apprendra par la notification.")
    assert cast.story.axe(page) == []
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_role("heading", name="Résultat, dossier par dossier")).to_be_visible()
    assert cast.story.axe(page) == []
    cast.dossier.refresh_from_db()
    assert cast.dossier.stage == "signed"
    expect(cast.see("carrier").locator("main")).not_to_contain_text("lire la décision")
    cast.act("head", "notify-grant")


def refuse_the_proposer(cast: Cast) -> None:
    """The officer may not sign; standing in for the direction for a day, they may not sign what they proposed."""
    page = cast.see("officer", "geste/sign/")
    expect(page.locator("main")).to_contain_text("Ce geste revient à quelqu'un d'autre.")
    stands_in = make_post(Post.Role.DIRECTOR, cast.agency, cast.people["officer"])
    page.reload()
    expect(page.locator("main")).to_contain_text(OTHER_PERSON)
    cast.watch.expected.add(409)
    page.get_by_role("button", name="Signer la décision").click()
    expect(page.locator("main [role=alert]")).to_contain_text(OTHER_PERSON)
    assert cast.story.axe(page) == []
    cast.watch.expected.discard(409)
    stands_in.delete()
    cast.dossier.refresh_from_db()
    assert cast.dossier.stage == "checked"


def run(cast: Cast) -> None:
    """The order takes effect once published; the first inclusion dates the end, in the calendar with the limit."""
    page = cast.see("carrier")
    expect(page.locator("main")).to_contain_text("qui n'est pas encore notée")
    expect(page.get_by_role("link", name="Déclarer la première inclusion")).to_have_count(0)
    first = (timezone.localdate() - timedelta(days=1)).replace(day=1)
    cast.act(
        "officer", "publish", publication_reference=ORDER, publication_url="https://exemple.invalid/recueil",
        published_on=f"{first}",
    )  # fmt: skip
    expect(cast.see("carrier").locator("main")).to_contain_text(ORDER)
    cast.act("carrier", "first-inclusion", first_inclusion_on=f"{first}")
    ends, limit = (date(first.year + years, first.month, 1) - timedelta(days=1) for years in (1, 5))
    row = cast.desk("officer", "calendrier/").get_by_role("row").filter(has_text=cast.dossier.reference)
    expect(row).to_contain_text(f"{ends:%d/%m/%Y}")
    expect(row).to_contain_text(f"{limit:%d/%m/%Y}")


def make_public(cast: Cast) -> str:
    """The head proposes words, the carrier agrees field by field, the head publishes; return the public address."""
    cast.refused("officer", "publication/")
    page = cast.see("head", "publication/")
    for name, words in WORDS.items():
        page.locator(f"main [name={name}]").fill(words)
    page.get_by_role("button", name="Demander l'accord du porteur").click()
    expect(page.locator("main")).to_contain_text("Le porteur est prévenu : son accord est demandé.")
    answers = cast.see("carrier", "publication/")
    for choice in answers.get_by_label("J'accepte que ce soit public").all():
        choice.check(force=True)
    answers.get_by_role("button", name="Enregistrer mes réponses").click()
    expect(answers.locator("main")).to_contain_text("Votre réponse est enregistrée")
    page = cast.see("head", "publication/")
    page.get_by_label("Portée du projet").select_option("regional")
    page.get_by_role("button", name="Publier").click()
    expect(page.locator("main")).to_contain_text("est au registre public.")
    assert cast.story.axe(page) == []
    address = f"/experimentations/{Publication.objects.get().experiment.slug}/"
    expect(read_public(cast, address).locator("main")).to_contain_text("Réseau des Plaies")
    return address


def read_public(cast: Cast, address: str) -> Page:
    """Open a public page as anybody."""
    page = cast.page("carrier")
    page.goto(address)
    assert cast.story.axe(page) == []
    return page


def evaluate(cast: Cast) -> None:
    """The head names somebody from outside, who reads the dossier and hands in the report once it is over."""
    cast.refused("evaluator", "")
    page = cast.see("head", "agences/")
    page.get_by_label("Adresse électronique de l'évaluateur").fill(cast.people["evaluator"].email)
    page.get_by_role("button", name="Désigner").click()
    expect(page.locator("main")).to_contain_text("L'évaluateur est prévenu : il lit désormais ce dossier.")
    expect(cast.see("evaluator").locator("main")).to_contain_text("Rien pour vous à cette étape.")
    cast.act("officer", "end-experiment", experiment_ended_on=f"{timezone.localdate() - timedelta(days=1)}")
    cast.act(
        "evaluator", "evaluation-report", evaluated_on=f"{timezone.localdate()}",
        evaluation_url="https://exemple.invalid/rapport",
    )  # fmt: skip
    expect(cast.see("evaluator").get_by_role("heading", level=1)).to_have_text(TITLE)


def open_the_transition(cast: Cast, address: str) -> None:
    """Both councils are favourable; the director opens the transition, and the register says so by itself."""
    page = cast.see("director")
    expect(page.locator("main")).to_contain_text("Les avis sur la suite doivent d'abord être consignés.")
    cast.act(
        "rapporteur", "exit-opinion", ctis_sense="favourable", csis_sense="favourable", usefulness="true",
        model_validated="true",
    )  # fmt: skip
    transition = "En transition vers le droit commun"
    expect(read_public(cast, address).locator("main")).not_to_contain_text(transition)
    cast.act(
        "director", "exit-transition", transition_starts_on=f"{timezone.localdate()}", transition_months="12",
    )  # fmt: skip
    expect(read_public(cast, address).locator("main")).to_contain_text(transition)


def read_the_journal(cast: Cast) -> None:
    """The legal service verifies that nothing was rewritten; another region's officer and the carrier see nothing."""
    page = cast.see("legal", "verifier/")
    expect(page.locator("main")).to_contain_text("Le journal est intact")
    assert verify(cast.dossier).is_whole
    for address in ("", "cahier-des-charges/", "geste/exit-transition/"):
        cast.refused("stranger", address)
    cast.refused("carrier", "")
    moves = cast.dossier.journal.filter(stage_version__isnull=False).order_by("seq")
    assert [one.move for one in moves][1:] == MOVES


def test_an_experiment_goes_from_its_letter_to_the_transition(cast):
    deposit_and_admit(cast)
    write_together(cast)
    hear_the_insurance(cast)
    go_before_the_committee(cast)
    decide(cast)
    run(cast)
    address = make_public(cast)
    evaluate(cast)
    open_the_transition(cast, address)
    read_the_journal(cast)
