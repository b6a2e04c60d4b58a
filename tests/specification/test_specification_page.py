"""The page of the specification: who reads what, versions compared, comments, hostile text, a fixed cost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from actors.models import Body, Post
from apist.models import OutgoingMail
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.instruction.agencies import associate
from projects.models import JournalEntry, SpecificationComment
from projects.specification.commenting import About, comment
from projects.specification.reading import versions_of
from tests import factories
from tests.dossier_factories import NOW, drive, make_dossier, make_officer
from tests.instruction.conftest import text_of
from tests.people_factories import make_agency_body, make_body
from tests.specification_factories import before_the_committee, rewrite, sent, to_write

pytestmark = pytest.mark.django_db

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|'/c'!A1", "{{ 7*7 }}{% csrf_token %}"]


def signed_in(user) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def theirs(dossier, query: str = "") -> str:
    """The address for those who instruct."""
    return f"/instruction/{dossier.reference}/cahier-des-charges/{query}"


def ours(dossier, query: str = "") -> str:
    """The address for the applicant's side."""
    return f"/dossiers/{dossier.reference}/cahier-des-charges/{query}"


def test_each_side_has_its_page_and_nobody_else_has_any(dossier, applicant, agent, neighbour):
    assert signed_in(applicant).get(ours(dossier)).status_code == 200
    assert signed_in(agent).get(theirs(dossier)).status_code == 200
    for user, address in [
        (applicant, theirs(dossier)), (agent, ours(dossier)), (neighbour, theirs(dossier)), (neighbour, ours(dossier)),
        (factories.make_user(), ours(dossier)), (factories.make_user(), theirs(dossier)),
    ]:  # fmt: skip
        assert signed_in(user).get(address).status_code == 404, (user, address)
        assert signed_in(user).post(address, {"section": "terrain", "terrain-text": "x"}).status_code == 404
    assert not SpecificationComment.objects.exists()


def test_an_agency_that_is_associated_reads_and_comments(dossier, head, neighbour):
    associate(dossier.pk, make_agency_body("76"), actor_of(head, NOW), NOW)
    client = signed_in(neighbour)
    assert client.get(theirs(dossier)).status_code == 200
    answer = client.post(theirs(dossier), {"section": "terrain", "terrain-text": "Chez nous aussi"}, follow=True)
    assert "Chez nous aussi" in text_of(answer)
    assert "Ange Voisin (agence associée)" in text_of(answer)


def test_an_expert_reads_the_text_and_no_comment(dossier, agent):
    comment(dossier.pk, About("terrain"), "Entre nous deux", actor_of(agent, NOW), NOW)
    expert = factories.make_user()
    dossier.participations.create(capacity="expert", user=expert, since=NOW)
    page = text_of(signed_in(expert).get(theirs(dossier)))
    assert "Une seconde question" in page
    assert "Entre nous deux" not in page
    assert "Commenter «" not in page
    sent_all_the_same = signed_in(expert).post(
        theirs(dossier), {"section": "terrain", "terrain-text": "Non"}, follow=True
    )
    assert "pas le commenter" in text_of(sent_all_the_same)
    assert SpecificationComment.objects.count() == 1


def test_what_is_being_written_is_read_by_the_applicant_alone(dossier, applicant, agent):
    drive(dossier, "return-specification", agent)
    rewrite(dossier, "Un brouillon que personne d'autre ne lit")
    page = text_of(signed_in(applicant).get(ours(dossier)))
    assert "Un brouillon que personne d'autre ne lit" in page
    assert "Écrire « Le terrain et l'évaluation »" in page
    assert "brouillon que personne" not in text_of(signed_in(agent).get(theirs(dossier)))
    assert "brouillon que personne" not in text_of(signed_in(agent).get(theirs(dossier, "?version=0&avec=1")))


def test_before_a_version_is_sent_there_is_nothing_to_read(applicant):
    dossier = to_write(applicant)
    page = text_of(signed_in(make_officer(dossier.body)).get(theirs(dossier)))
    assert "Aucune version n'est encore envoyée" in page
    assert "Au porteur d'agir." in page


def test_a_procedure_without_a_specification_has_no_such_page(applicant):
    dossier = make_dossier(applicant)
    assert signed_in(applicant).get(ours(dossier)).status_code == 404
    assert "Cahier des charges :" not in text_of(signed_in(applicant).get(f"/dossiers/{dossier.reference}/"))


def test_two_versions_are_compared_whichever_is_named_first(dossier, agent):
    client = signed_in(agent)
    for query in ("?version=2&avec=1", "?version=1&avec=2"):
        page = text_of(client.get(theirs(dossier, query)))
        assert "De « Version 1 » à « Version 2 »" in page
        assert '<del><span class="fr-sr-only">[retiré : </span>première<span' in page
        assert '<ins><span class="fr-sr-only">[ajouté : </span>seconde<span' in page
        assert "1 passage ajouté, 1 passage retiré." in page
    for query in ("?version=99&avec=x", "?version=2&avec=2", "?version=%00"):
        assert client.get(theirs(dossier, query)).status_code == 200


def test_the_version_of_the_committee_is_named_as_such_and_a_later_one_is_not(applicant):
    dossier = before_the_committee(applicant, "Une seconde question")
    versions = versions_of(dossier)
    assert [(one.rank, [kept.label for kept in one.kept]) for one in versions] == [
        (2, ["Version soumise au comité"]), (1, []),
    ]  # fmt: skip
    page = text_of(signed_in(make_officer(dossier.body)).get(theirs(dossier)))
    assert page.count("<strong>Version soumise au comité</strong>") == 1


def test_a_version_sent_after_it_went_back_to_the_agency_is_not_the_committee_s(applicant):
    rapporteur = make_officer(make_body(Body.Kind.RAPPORTEUR))
    dossier = sent(applicant)
    drive(dossier, "pass-to-national", make_officer(dossier.body))
    drive(dossier, "agencies-opinion", rapporteur)
    drive(dossier, "submit-to-committee-national", rapporteur)
    assert [[kept.label for kept in one.kept] for one in versions_of(dossier)] == [["Version soumise au comité"]]


def test_a_comment_is_read_by_both_sides_told_once_and_written_in_the_journal(dossier, applicant, agent):
    before = OutgoingMail.objects.count()
    writer, other = signed_in(agent), signed_in(applicant)
    for words in ("À préciser", "Et ceci"):
        given = {"section": "terrain", "terrain-question": "evaluation", "terrain-text": words}
        assert writer.post(theirs(dossier), given).status_code == 302
    page = text_of(other.get(ours(dossier)))
    assert "À préciser" in page
    assert "Dominique Instructeur (instructeur de l'agence)" in page
    assert "sur la version 2" in page
    assert "À propos de « Quelles questions l'évaluation doit-elle trancher ? »" in page
    assert "2 commentaires à régler" in page
    assert OutgoingMail.objects.count() == before + 1
    entries = dossier.journal.filter(kind=JournalEntry.Kind.COMMENTED)
    assert [entry.texts.get().text for entry in entries] == ["À préciser", "Et ceci"]
    assert "À préciser" not in str([entry.data for entry in entries])
    assert verify(dossier).is_whole


def test_a_comment_speaks_of_the_version_that_was_read(dossier, applicant, agent):
    last, first = versions_of(dossier)
    for client, address, rank, expected in (
        (signed_in(agent), theirs(dossier), "1", first.pk), (signed_in(agent), theirs(dossier), "x", last.pk),
        (signed_in(applicant), ours(dossier), "0", last.pk),
    ):  # fmt: skip
        client.post(address, {"section": "terrain", "version": rank, "terrain-text": f"Sur {rank} {address}"})
        assert SpecificationComment.objects.last().snapshot_id == expected
    assert "sur la version 1" in text_of(signed_in(agent).get(theirs(dossier)))


def test_the_same_comment_sent_twice_is_one(dossier, agent):
    actor = actor_of(agent, NOW)
    first = comment(dossier.pk, About("terrain"), "Une fois", actor, NOW)
    assert comment(dossier.pk, About("terrain"), "Une fois", actor, NOW + timedelta(seconds=1)) == first
    assert dossier.journal.filter(kind=JournalEntry.Kind.COMMENTED).count() == 1


def test_a_comment_is_settled_by_either_side_once(dossier, applicant, agent):
    row = comment(dossier.pk, About("model"), "Le forfait est haut", actor_of(agent, NOW), NOW)
    client = signed_in(applicant)
    for _ in range(2):
        assert client.post(ours(dossier), {"settle": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.resolved_by == applicant
    assert "Aucun commentaire à régler" in text_of(client.get(ours(dossier)))
    assert dossier.journal.filter(kind=JournalEntry.Kind.COMMENTED).count() == 2


def test_a_comment_that_is_not_of_this_dossier_is_not_settled(dossier, agent):
    client = signed_in(agent)
    for number in ("abc", "9" * 30, "-1", "0", "²"):
        assert "Rien n'est enregistré" in text_of(client.post(theirs(dossier), {"settle": number}, follow=True))


def test_a_wrong_comment_comes_back_with_what_was_typed(dossier, agent):
    client = signed_in(agent)
    for text, question in ((" ", ""), ("x" * 4001, ""), ("Gardé", "inconnue")):
        given = {"section": "terrain", "terrain-text": text, "terrain-question": question}
        page = text_of(client.post(theirs(dossier), given))
        assert "Erreur : Cahier des charges" in page
        assert text.strip() in page
    assert not SpecificationComment.objects.exists()


def test_a_part_that_the_specification_does_not_have_takes_no_comment(dossier, agent):
    for section in ("letter", "", "x" * 300):
        answer = signed_in(agent).post(theirs(dossier), {"section": section, "letter-text": "x"}, follow=True)
        assert "Rien n'est enregistré" in text_of(answer)


def test_no_text_of_anybody_reaches_the_page_unescaped(applicant):
    hostile = " ".join(HOSTILE)
    dossier = sent(applicant, hostile)
    agent = make_officer(dossier.body)
    comment(dossier.pk, About("terrain"), hostile, actor_of(agent, NOW), NOW)
    for client, address in (
        (signed_in(agent), theirs(dossier, "?version=2")),
        (signed_in(agent), theirs(dossier, "?version=2&avec=1")),
        (signed_in(applicant), ours(dossier)),
    ):
        raw = client.get(address).content.decode()
        assert escape(hostile) in raw
        assert "<script>alert" not in raw
        assert "<img src=x" not in raw


def test_the_page_costs_the_same_with_thirty_comments(dossier, agent, django_assert_num_queries):
    client = signed_in(agent)
    actor = actor_of(agent, NOW)
    comment(dossier.pk, About("terrain"), "Un", actor, NOW)
    with django_assert_num_queries(13):
        client.get(theirs(dossier, "?version=2&avec=1"))
    for rank in range(29):
        comment(dossier.pk, About("terrain"), f"Encore {rank}", actor_of(make_officer(dossier.body), NOW), NOW)
    with django_assert_num_queries(13):
        client.get(theirs(dossier, "?version=2&avec=1"))


def test_the_tab_is_there_for_such_procedures_alone(dossier, agent):
    page = text_of(signed_in(agent).get(f"/instruction/{dossier.reference}/"))
    assert f'href="{theirs(dossier)}"' in page
    lawyer = make_officer(dossier.body, Post.Role.LEGAL)
    assert "Commenter «" not in text_of(signed_in(lawyer).get(theirs(dossier)))
