"""A decided dossier enters the public register: by an explicit act, field by field with consent, and follows itself."""

from datetime import date

import pytest

from actors.models import Post
from projects.engine.amended import Amended
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.engine.reading import records
from projects.following.amending import prepare_amendment
from projects.models import Adoption, Experiment, PublicWording
from projects.procedures.project_sections import SCALES
from projects.publishing.acts import answer, propose, publish, take_back
from projects.publishing.rules import REACHES, reach_of
from tests.dossier_factories import DOSSIERS_BEGAN, NOW, drive, fill, make_dossier, make_officer
from tests.people_factories import make_organisation

pytestmark = pytest.mark.django_db

WORDS = {
    "title": "Suivre à domicile <b>les</b> patients", "summary": "Un suivi à distance.", "text": "Des infirmiers suivent.",
    "organisation": "Hôpital d'essai", "population": "Les personnes âgées",
}  # fmt: skip


@pytest.fixture
def dossier(applicant):
    Adoption.objects.create(procedure_key="fir", channel="portal", valid_from=DOSSIERS_BEGAN.date())
    return fill(make_dossier(applicant, "fir", organisation=make_organisation(applicant)))


@pytest.fixture
def head(dossier):
    return make_officer(dossier.body, Post.Role.HEAD)


@pytest.fixture
def granted(dossier, applicant, head):
    director, legal = make_officer(dossier.body, Post.Role.DIRECTOR), make_officer(dossier.body, Post.Role.LEGAL)
    drive(dossier, "deposit", applicant)
    drive(dossier, "acknowledge", head)
    drive(dossier, "admit", head)
    drive(
        dossier,
        "qualify",
        head,
        qualified_as="subsidy",
        service_ordered=False,
        initiated_by_carrier=True,
        state_aid="none",
    )
    drive(
        dossier,
        "propose",
        head,
        outcome="grant",
        amount_granted="20000",
        amount_per_year="20000",
        exercise_ends_on="2027-12-31",
    )
    drive(dossier, "check", legal)
    drive(dossier, "sign", director)
    drive(dossier, "notify-grant", head)
    return dossier


def agreed(dossier, head, applicant, **answers):
    propose(dossier.pk, WORDS, actor_of(head, NOW), NOW)
    answer(dossier.pk, dict.fromkeys(WORDS, True) | answers, actor_of(applicant, NOW), NOW)


def published(dossier, head) -> Experiment:
    return publish(dossier.pk, "local", actor_of(head, NOW), NOW)


def test_what_is_agreed_and_nothing_else_is_public(client, granted, head, applicant):
    agreed(granted, head, applicant, population=False)
    entry = published(granted, head)
    page = client.get(f"/experimentations/{entry.slug}/").content.decode()
    assert "Suivre à domicile &lt;b&gt;les&lt;/b&gt; patients" in page
    assert "Hôpital d'essai" in page.replace("&#x27;", "'")
    assert "Les personnes âgées" not in page


def test_nothing_is_published_before_its_words_are_agreed(granted, head, applicant):
    propose(granted.pk, WORDS, actor_of(head, NOW), NOW)
    with pytest.raises(Refused) as refused:
        published(granted, head)
    assert [reason.key for reason in refused.value.reasons] == ["not-agreed"]
    assert not Experiment.objects.filter(publication_of__dossier=granted).exists()


def test_the_words_are_kept_in_the_register_alone_once_published(granted, head, applicant):
    agreed(granted, head, applicant)
    published(granted, head)
    assert set(PublicWording.objects.filter(state="agreed").values_list("text", flat=True)) == {""}


def test_taking_back_a_consent_hides_the_field_at_once(client, granted, head, applicant):
    agreed(granted, head, applicant)
    entry = published(granted, head)
    answer(granted.pk, {"organisation": False}, actor_of(applicant, NOW), NOW)
    page = client.get(f"/experimentations/{entry.slug}/")
    assert page.status_code == 200
    assert "Hôpital d&#x27;essai" not in page.content.decode()


def test_taking_back_the_consent_to_the_title_hides_the_entry(client, granted, head, applicant):
    agreed(granted, head, applicant)
    entry = published(granted, head)
    answer(granted.pk, {"title": False}, actor_of(applicant, NOW), NOW)
    assert client.get(f"/experimentations/{entry.slug}/").status_code == 404


def test_new_words_ask_for_a_new_consent_and_the_old_ones_stay_meanwhile(granted, head, applicant):
    agreed(granted, head, applicant)
    entry = published(granted, head)
    propose(granted.pk, {"summary": "Une autre phrase."}, actor_of(head, NOW), NOW)
    with pytest.raises(Refused):
        published(granted, head)
    entry.refresh_from_db()
    assert entry.summary == "Un suivi à distance."
    answer(granted.pk, {"summary": True}, actor_of(applicant, NOW), NOW)
    assert published(granted, head).summary == "Une autre phrase."


def test_the_entry_follows_the_dossier(granted, head, applicant):
    agreed(granted, head, applicant)
    entry = published(granted, head)
    assert str(entry.phases.get().ends_on) == "2027-12-31"
    assert entry.outcome == "experiment"
    director = make_officer(granted.body, Post.Role.DIRECTOR)
    drive(granted, "start", head)
    drive(granted, "ask-amendment", applicant)
    said = records(granted.procedure, granted.journal.order_by("seq").prefetch_related("texts"))
    amount, per_year = said["amount_granted"], said["amount_per_year"]
    wanted = Amended(amount, per_year, date(2028, 6, 30), "Plus de temps.")
    prepare_amendment(granted.pk, wanted, (0, 0), actor_of(head, NOW), NOW)
    drive(granted, "sign-amendment", director)
    assert str(entry.phases.get().ends_on) == "2028-06-30"


def test_a_dossier_that_is_not_granted_is_not_public(dossier, head, applicant):
    drive(dossier, "deposit", applicant)
    with pytest.raises(Refused) as refused:
        propose(dossier.pk, WORDS, actor_of(head, NOW), NOW)
    assert [reason.key for reason in refused.value.reasons] == ["not-granted"]


def test_a_confidential_dossier_never_is(applicant, head):
    Adoption.objects.create(procedure_key="cpom", channel="portal", valid_from=DOSSIERS_BEGAN.date())
    dossier = fill(make_dossier(applicant, "cpom", organisation=make_organisation(applicant)))
    move = dossier.procedure.deposits[0].key
    drive(dossier, move, applicant)
    with pytest.raises(Refused) as refused:
        propose(dossier.pk, WORDS, actor_of(head, NOW), NOW)
    assert [reason.key for reason in refused.value.reasons] == ["confidential"]


@pytest.mark.parametrize("role", [Post.Role.OFFICER, Post.Role.LEGAL])
def test_an_officer_prepares_and_does_not_publish(granted, role):
    somebody = make_officer(granted.body, role)
    with pytest.raises(NotAllowed):
        propose(granted.pk, WORDS, actor_of(somebody, NOW), NOW)


def test_the_admin_cannot_publish_what_comes_from_a_dossier(client, granted, head, applicant, admin_user):
    agreed(granted, head, applicant)
    entry = published(granted, head)
    take_back(granted.pk, actor_of(head, NOW), NOW)
    client.force_login(admin_user)
    data = {"action": "publish", "_selected_action": [entry.pk]}
    answer_ = client.post("/admin/projects/experiment/", data, follow=True)
    assert "vient d&#x27;un dossier" in answer_.content.decode()
    entry.refresh_from_db()
    assert entry.publication == "draft"


def test_both_pages_lead_from_a_proposal_to_the_register(client, granted, head, applicant):
    agency, own = f"/instruction/{granted.reference}/publication/", f"/dossiers/{granted.reference}/publication/"
    client.force_login(head)
    assert "Demander l'accord du porteur" in client.get(agency).content.decode().replace("&#x27;", "'")
    assert client.post(agency, {"do": "propose", **WORDS}).status_code == 302
    client.force_login(applicant)
    page = client.get(own).content.decode()
    assert "Suivre à domicile &lt;b&gt;les&lt;/b&gt; patients" in page
    assert client.post(own, dict.fromkeys(WORDS, "yes")).status_code == 302
    client.force_login(head)
    assert client.post(agency, {"do": "publish", "reach": "local"}, follow=True).status_code == 200
    assert Experiment.objects.get(publication_of__dossier=granted).publication == "published"


@pytest.mark.parametrize(
    ("said", "reach"),
    [({"idea": {"scale": "departmental"}}, "local"), ({"a": {}, "b": {"scale": "interregional"}}, "interregional"),
     ({"idea": {"scale": "lunaire"}}, ""), ({"idea": {"scale": ["local"]}}, ""), ({}, "")],
)  # fmt: skip
def test_how_far_a_project_goes_is_what_its_carrier_answered(said, reach):
    assert reach_of(said) == reach
    assert {choice.value for choice in SCALES} == set(REACHES)
    assert set(REACHES.values()) <= set(Experiment.Reach.values)


def test_the_page_proposes_it_then_what_the_register_says(client, granted, head, applicant):
    assert granted.snapshots.first().content["answers"]["idea"]["scale"] == "local"
    agreed(granted, head, applicant)
    client.force_login(head)
    page = f"/instruction/{granted.reference}/publication/"
    assert client.get(page).context["reach"]["reach"].value() == "local"
    publish(granted.pk, "national", actor_of(head, NOW), NOW)
    assert client.get(page).context["reach"]["reach"].value() == "national"


def test_a_text_too_long_for_the_register_keeps_what_was_typed(client, granted, head):
    client.force_login(head)
    page = client.post(f"/instruction/{granted.reference}/publication/", {"do": "propose", "title": "x" * 300})
    assert page.status_code == 200
    assert "Au plus 200 caractères" in page.content.decode()
    assert "x" * 300 in page.content.decode()


def test_a_stranger_sees_neither_page(client, granted, stranger):
    client.force_login(stranger)
    assert client.get(f"/instruction/{granted.reference}/publication/").status_code == 404
    assert client.get(f"/dossiers/{granted.reference}/publication/").status_code == 404


def test_the_applicant_is_led_from_the_dossier_to_what_is_proposed(client, granted, head, applicant):
    client.force_login(applicant)
    asked = "propose de rendre public une partie de ce projet"
    page = f"/dossiers/{granted.reference}/"
    assert asked not in client.get(page).content.decode()
    propose(granted.pk, WORDS, actor_of(head, NOW), NOW)
    assert asked in client.get(page).content.decode()
    answer(granted.pk, dict.fromkeys(WORDS, False), actor_of(applicant, NOW), NOW)
    assert asked not in client.get(page).content.decode()


def test_the_agency_reads_whose_turn_it_is_and_what_is_still_needed(client, granted, head, applicant):
    client.force_login(head)
    page = f"/instruction/{granted.reference}/publication/"
    assert "proposez un texte au porteur" in client.get(page).content.decode()
    propose(granted.pk, WORDS, actor_of(head, NOW), NOW)
    assert "La réponse du porteur est attendue." in client.get(page).content.decode()
    answer(granted.pk, dict.fromkeys(WORDS, True) | {"summary": False}, actor_of(applicant, NOW), NOW)
    assert "il faut encore son accord sur : en une phrase." in client.get(page).content.decode()
    answer(granted.pk, {"summary": True}, actor_of(applicant, NOW), NOW)
    assert "vous pouvez publier" in client.get(page).content.decode()
