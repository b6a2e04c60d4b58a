"""The page of a section: its form, what it says, what its script is answered."""

import json

import pytest
from django.urls import reverse

from projects.models import Section, SectionVersion, Share
from projects.procedures.project_sections import IDEA
from tests import factories
from tests.dossier_factories import drive, fill
from tests.pages.reading import read, visit

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Saves-By-Itself": "1"}


@pytest.fixture
def idea(dossier) -> str:
    return reverse("project-section", args=[dossier.project.public_id, "idea"])


@pytest.fixture
def meeting(dossier) -> str:
    return reverse("dossier-section", args=[dossier.reference, "meeting"])


def values(page) -> dict[str, str]:
    """Return what the form of a page would send, boxes and lists of choices apart."""
    form = page.one("form", id="section")
    texts = {one["name"]: one.text for one in form.all("textarea")}
    kinds = ("hidden", "text", "email", "url")
    return texts | {one["name"]: one.get("value") or "" for one in form.all("input") if one.get("type") in kinds}


def sent(client, address: str, **answers):
    return client.post(address, values(visit(client, address)) | answers, follow=True)


def test_every_question_of_the_section_is_there_with_its_help_and_its_example(mine, idea):
    page = visit(mine, idea)
    for question in IDEA.questions:
        assert page.all(id=f"id_{question.key}"), question.key
        assert question.help in page.text
        assert question.example in page.text


def test_the_page_says_that_it_is_a_draft_and_that_no_patient_is_named(mine, idea, meeting):
    for address in (idea, meeting):
        text = visit(mine, address).text
        assert "Ceci est un brouillon, rien n'est déposé." in text
        assert "N'écrivez rien sur un patient" in text


def test_what_is_written_is_saved_and_shown_again(mine, idea):
    page = read(sent(mine, idea, need="Des <b>plaies</b>\r\nmal soignées", scale="local"))
    assert Section.objects.get(key="idea").answers == {"need": "Des <b>plaies</b>\nmal soignées", "scale": "local"}
    assert page.one("textarea", id="id_need").text == "Des <b>plaies</b> mal soignées"
    assert "checked" in page.one("input", type="radio", value="local").attributes


def test_a_wrong_answer_is_saved_all_the_same_and_told(mine, dossier):
    address = reverse("project-section", args=[dossier.project.public_id, "means"])
    page = read(sent(mine, address, months="beaucoup", starts_on="32/13/2027"))
    assert Section.objects.get(key="means").answers == {"months": "beaucoup", "starts_on": "32/13/2027"}
    field = page.one("input", name="months")
    assert (field["value"], field["aria-invalid"]) == ("beaucoup", "true")
    assert "nombre entier" in page.one(id="id_months_error").text
    assert "date qui existe" in page.one(id="id_starts_on_error").text


def test_a_date_is_typed_and_shown_as_in_france_and_kept_for_machines(mine, dossier):
    address = reverse("project-section", args=[dossier.project.public_id, "means"])
    page = read(sent(mine, address, starts_on="1/9/2027"))
    assert Section.objects.get(key="means").answers == {"starts_on": "2027-09-01"}
    assert page.one("input", name="starts_on")["value"] == "01/09/2027"


def test_a_text_that_is_too_long_is_kept_whole_and_told(mine, idea):
    page = read(sent(mine, idea, need="a" * 6001))
    assert len(Section.objects.get(key="idea").answers["need"]) == 6001
    assert "6001 caractères : il en faut 6000 au plus" in page.one(id="id_need_error").text


def test_what_no_database_can_hold_is_taken_out(mine, idea):
    sent(mine, idea, need="a\x00b")
    assert Section.objects.get(key="idea").answers == {"need": "ab"}


def test_a_conditional_question_says_when_it_is_asked_and_a_script_may_hide_it(mine, idea):
    block = visit(mine, idea).one("div", data_when="digital_solution")
    assert block["data-values"] == "true"
    assert "Seulement si vous répondez « Oui » à « Le projet repose-t-il" in block.text
    assert block.one("select", name="trl")


def test_a_business_secret_is_marked_and_unmarked(mine, idea):
    sent(mine, idea, **{"secret-trl": "on"})
    assert Section.objects.get(key="idea").secrets == ["trl"]
    assert "checked" in visit(mine, idea).one("input", name="secret-trl").attributes
    sent(mine, idea)
    assert Section.objects.get(key="idea").secrets == []


def test_the_script_is_told_what_is_saved_and_what_others_changed(mine, idea):
    page = values(visit(mine, idea))
    sent(mine, idea, public="Résidents")
    answer = mine.post(idea, page | {"need": "Un besoin"}, headers=SCRIPT)
    told = answer.json()
    assert (told["version"], told["others"], told["aside"], told["panel"]) == (2, {"public": "Résidents"}, [], "")
    assert told["left"] == "Il manque 3 réponses dans cette partie."
    assert set(told["base"]) >= {"need", "public"}
    assert Section.objects.get(key="idea").answers == {"need": "Un besoin", "public": "Résidents"}


def test_two_texts_for_one_answer_are_both_shown_with_a_choice(mine, idea, client):
    page = values(visit(mine, idea))
    sent(mine, idea, need="Le premier texte")
    shown = read(mine.post(idea, page | {"need": "Le second texte"}, follow=True))
    assert "Deux textes pour la même réponse" in shown.text
    quotes = [one.text for one in shown.all("blockquote")]
    assert quotes == ["Le premier texte", "Le second texte"]
    form = shown.one("input", name="settle")
    seen = shown.one("input", name="seen-need")["value"]
    choice = {"settle": form["value"], "seen-need": seen, "keep-need": "mine"}
    after = read(mine.post(idea, choice, follow=True))
    assert after.one("textarea", name="need").text == "Le second texte"
    assert after.all("blockquote") == []


def test_the_panel_of_the_script_holds_both_texts(mine, idea):
    page = values(visit(mine, idea))
    sent(mine, idea, need="Le premier texte")
    told = mine.post(idea, page | {"need": "Le second texte"}, headers=SCRIPT).json()
    assert told["aside"] == ["need"]
    assert "Le premier texte" in told["panel"]
    assert "Le second texte" in told["panel"]


@pytest.mark.parametrize("base", ["", "{", "[1]", '{"need": 3}', "null"])
def test_a_page_whose_memory_is_spoilt_overwrites_nothing(base, mine, idea):
    sent(mine, idea, need="Le premier texte")
    mine.post(idea, {"need": "Le second texte", "base": base, "page": "jamais", "base-secrets": base})
    assert Section.objects.get(key="idea").answers == {"need": "Le premier texte"}
    assert SectionVersion.objects.get(kept_aside=True).answers == {"need": "Le second texte"}


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "0"])
def test_a_choice_about_nothing_changes_nothing(number, mine, idea):
    assert mine.post(idea, {"settle": number}).status_code in (302, 404)


def test_a_deposited_dossier_says_so_and_keeps_the_text_aside(mine, dossier, meeting, applicant):
    page = values(visit(mine, meeting))
    drive(fill(dossier), "deposit", applicant)
    answer = mine.post(meeting, page | {"availability": "Trop tard"}, headers=SCRIPT)
    assert (answer.status_code, answer.json()["closed"]) == (409, True)
    shown = read(mine.post(meeting, page | {"availability": "Trop tard"}, follow=True))
    assert "n'est plus un brouillon" in shown.text
    assert "Trop tard" in shown.text
    assert shown.all("form", id="section") == []
    assert SectionVersion.objects.filter(kept_aside=True).count() == 1


def test_a_reader_reads_the_answers_and_has_no_form(dossier, mine, idea, client, stranger):
    sent(mine, idea, need="Un besoin")
    share(dossier, stranger, Share.Level.READER)
    client.force_login(stranger)
    page = visit(client, idea)
    assert "Un besoin" in page.text
    assert page.all("form", id="section") == []
    assert client.post(idea, {"need": "Autre"}).status_code == 404


def share(dossier, user, level):
    return Share.objects.create(
        project=dossier.project, email=user.email, user=user, level=level, token_digest=str(factories.number()),
        sent_at=dossier.opened_at, expires_at=dossier.opened_at, accepted_at=dossier.opened_at,
    )  # fmt: skip


def test_the_project_s_section_has_one_address(mine, dossier, idea):
    answer = mine.get(reverse("dossier-section", args=[dossier.reference, "idea"]))
    assert answer.headers["Location"] == idea


def test_a_section_that_does_not_exist_is_nowhere(mine, dossier):
    for name, where in (("project-section", dossier.project.public_id), ("dossier-section", dossier.reference)):
        assert mine.get(reverse(name, args=[where, "jamais"])).status_code == 404


def test_nothing_of_it_is_kept_by_a_cache(mine, idea):
    assert "no-store" in mine.get(idea).headers["Cache-Control"]


def test_a_section_asks_the_same_questions_of_the_base_whatever_is_written(
    mine, idea, django_assert_num_queries, dossier
):
    mine.get(idea)
    with django_assert_num_queries(11):
        mine.get(idea)
    for text in range(30):
        sent(mine, idea, need=f"Version {text}")
    SectionVersion.objects.all()
    with django_assert_num_queries(12):  # what was kept aside is looked for once something is written
        mine.get(idea)


def test_the_base_of_the_page_is_json(mine, idea):
    assert set(json.loads(visit(mine, idea).one("input", name="base")["value"])) == {one.key for one in IDEA.questions}
