"""The signing folder: what waits for me, in few queries; signed one by one, each with its own result."""

import re

import pytest
from django.urls import reverse

from actors.models import Post
from projects.deciding.waiting import awaits_signature, places, signing_move
from projects.models import Dossier, Recusal
from projects.procedures.catalogue import LATEST, PROCEDURES
from projects.procedures.vocabulary import Party
from tests.deciding.builders import checked, fir_dossier, proposed, signed
from tests.dossier_factories import NOW, drive
from tests.people_factories import make_agency_body, make_post

FOLDER = reverse("instruction-signing")


def text_of(answer) -> str:
    return answer.content.decode().replace("&#x27;", "'")


def tokens(answer) -> list[str]:
    return re.findall(r'name="confirme" value="([^"]+)"', answer.content.decode())


def pick(client, *dossiers: Dossier):
    return client.post(FOLDER, {"dossier": [one.reference for one in dossiers]})


@pytest.mark.parametrize(
    ("party", "stage", "move"),
    [
        (Party.LEGAL, "proposed", "check"),
        (Party.DIRECTOR, "checked", "sign"),
        (Party.DELEGATE, "checked", "sign"),
        (Party.DIRECTOR, "proposed", None),
        (Party.LEGAL, "checked", None),
        (Party.OFFICER, "signed", None),
        (Party.DIRECTOR, "countersign", "sign-agreement"),
        (Party.DIRECTOR, "amendment", "sign-amendment"),
        (Party.DIRECTOR, "granted", None),
    ],
)
def test_what_waits_for_whom_in_a_dossier_of_the_regional_fund(party, stage, move):
    found = signing_move(LATEST["fir"], stage, {party})
    assert (found.key if found else None) == move


@pytest.mark.parametrize("stage", ["received", "admissibility", "review", "signed", "settled", "to-complete"])
def test_a_stage_in_which_an_officer_goes_on_waits_for_no_signature(stage):
    assert not awaits_signature(LATEST["fir"], stage)


def test_a_folder_looks_at_stages_that_exist():
    stages = {(one.key, one.version, stage.key) for one in PROCEDURES for stage in one.stages}
    assert set(places(PROCEDURES)) <= stages
    assert ("fir", 1, "checked") in places(PROCEDURES)


@pytest.mark.parametrize(
    ("role", "status"), [("director", 200), ("legal", 200), ("officer", 404), ("head", 404), ("curator", 404)]
)
def test_who_has_a_folder(role, status, client, agency, people):
    client.force_login(people.get(role) or make_post(Post.Role.CURATOR, agency).user)
    assert client.get(FOLDER).status_code == status


def test_a_delegate_has_one_too_and_sees_why_something_is_not_theirs(client, fir, people, delegation):
    delegation(ceiling="10")
    checked(fir, people)
    client.force_login(people["head"])
    page = text_of(client.get(FOLDER))
    assert fir.project.title in page
    assert "dépasse la limite de la délégation" in page
    assert f'value="{fir.reference}"' not in page


def test_it_holds_what_waits_and_nothing_else(client, fir, people):
    client.force_login(people["director"])
    assert fir.reference not in text_of(client.get(FOLDER))
    proposed(fir, people)
    assert fir.reference not in re.sub(r"<nav.*?</nav>", "", text_of(client.get(FOLDER)), flags=re.S).split("<ul")[0]
    drive(fir, "check", people["legal"])
    page = text_of(client.get(FOLDER))
    assert "Accorder, 12" in page
    assert "Signer la décision" in page
    drive(fir, "sign", people["director"])
    assert fir.reference not in text_of(client.get(FOLDER))


@pytest.mark.parametrize("who", ["elsewhere", "recused"])
def test_it_holds_nothing_of_another_agency_nor_of_what_one_stepped_back_from(who, client, fir, people):
    checked(fir, people)
    user = people["director"]
    if who == "elsewhere":
        user = make_post(Post.Role.DIRECTOR, make_agency_body("76")).user
    else:
        Recusal.objects.create(dossier=fir, user=user, since=NOW)
    client.force_login(user)
    assert fir.reference not in text_of(client.get(FOLDER))
    assert "n'attend plus votre signature" in text_of(pick(client, fir))


def test_one_ticks_confirms_and_reads_the_result_of_each(client, fir, people, applicant, organisation, agency):
    second = fir_dossier(applicant, organisation, agency, people)
    for one in (fir, second):
        checked(one, people)
    client.force_login(people["director"])
    confirm = pick(client, fir, second)
    assert "Vous décidez" in text_of(confirm)
    found = tokens(confirm)
    assert len(found) == 2
    drive(second, "send-back", people["legal"])
    page = text_of(client.post(FOLDER, {"confirme": found}))
    fir.refresh_from_db()
    second.refresh_from_db()
    assert (fir.stage, second.stage) == ("signed", "review")
    assert "C'est fait : décision n° ARS-01-2026-0001." in page
    assert "Il n'attend plus votre signature." in page
    assert "avenant" not in page
    again = text_of(client.post(FOLDER, {"confirme": found}))
    assert "C'était déjà fait." in again
    assert fir.decisions.decided().count() == 1


def test_what_changed_since_the_confirmation_is_not_signed(client, fir, people):
    checked(fir, people)
    client.force_login(people["director"])
    found = tokens(pick(client, fir))
    drive(fir, "send-back", people["legal"])
    checked(fir, people)
    assert "Quelqu'un l'a modifié entre-temps" in text_of(client.post(FOLDER, {"confirme": found}))
    fir.refresh_from_db()
    assert fir.stage == "checked"


@pytest.mark.parametrize(
    "token", ["", "x", "A:1", "ABCDEFGH:un:deux:trois", "ABCDEFGH:1:not-a-uuid:x", "<b>:1:2:3", "\x00"]
)
def test_what_the_page_never_wrote_signs_nothing(token, client, fir, people):
    checked(fir, people)
    client.force_login(people["director"])
    assert client.post(FOLDER, {"confirme": token}).status_code == 200
    fir.refresh_from_db()
    assert fir.stage == "checked"


def test_nothing_ticked_is_answered_in_words(client, people):
    client.force_login(people["director"])
    assert "Cochez au moins un dossier." in text_of(client.post(FOLDER, {}))


def test_the_lawyer_attests_from_the_folder(client, fir, people):
    proposed(fir, people)
    client.force_login(people["legal"])
    client.post(FOLDER, {"confirme": tokens(pick(client, fir))})
    fir.refresh_from_db()
    assert fir.stage == "checked"


def many(count, applicant, organisation, agency, people):
    for _ in range(count):
        checked(fir_dossier(applicant, organisation, agency, people), people)


@pytest.mark.parametrize("count", [1, 30])
def test_it_is_read_in_as_many_queries_at_any_size(
    count, client, applicant, organisation, agency, people, delegation, django_assert_num_queries
):
    many(count, applicant, organisation, agency, people)
    delegation()
    client.force_login(people["head"])
    client.get(FOLDER)
    with django_assert_num_queries(QUERIES):
        page = text_of(client.get(FOLDER))
    assert page.count('class="portal-folder__item"') == count


QUERIES = 17


def test_it_reads_on_a_telephone(client, fir, people):
    checked(fir, people)
    client.force_login(people["director"])
    for address in (FOLDER, reverse("instruction-one-page", args=[fir.reference])):
        page = text_of(client.get(address))
        assert "<table" not in page
        assert '<meta name="viewport" content="width=device-width' in page
        assert " style=" not in page
    page = text_of(client.get(FOLDER))
    assert f'<label class="fr-label" for="d-{fir.reference}">' in page


def test_the_desk_leads_to_the_folder_only_for_whoever_has_one(client, people, agency):
    for role, there in (("director", True), ("legal", True), ("officer", False)):
        client.force_login(people[role])
        assert (FOLDER in text_of(client.get("/instruction/"))) == there


def test_markup_in_a_title_comes_out_as_text(client, fir, people):
    fir.project.title = "<script>alert(1)</script>"
    fir.project.save()
    checked(fir, people)
    client.force_login(people["director"])
    for answer in (
        client.get(FOLDER),
        pick(client, fir),
        client.get(reverse("instruction-one-page", args=[fir.reference])),
    ):
        assert b"<script>alert" not in answer.content


def test_a_decision_is_signed_alone_too(fir, people):
    assert signed(fir, people).number


@pytest.mark.parametrize(
    ("key", "stage", "waits"),
    [("fir", "countersign", True), ("fir", "checked", True), ("fir", "review", False), ("fir", "agreement", False)],
)
def test_what_can_only_go_on_by_a_signature_waits_in_the_folder_though_it_may_be_taken_back(key, stage, waits):
    assert awaits_signature(LATEST[key], stage) is waits
