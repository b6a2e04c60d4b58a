"""Consent to a publication given on paper: entered by an agent, field by field, with its day and the paper itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apist.models import OutgoingMail
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.engine.received import Received
from projects.engine.verifying import verify
from projects.models import Dossier, JournalEntry, Paper, PublicWording
from projects.papers.joining import stored
from projects.procedures.vocabulary import Party
from projects.publishing.acts import answer, propose
from projects.publishing.on_paper import answer_on_paper, said_on_paper
from tests.dossier_factories import make_officer
from tests.instruction.conftest import text_of
from tests.papers.builders import PDF, bytes_of, files_in, looked, sent
from tests.papers.conftest import own_storage  # noqa: F401 (fixture)
from tests.people_factories import make_membership
from tests.publishing.test_publication import WORDS, dossier, granted, head, published  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db
State = PublicWording.State


@pytest.fixture
def today():
    """The day on which things are entered: pages read the real clock."""
    return timezone.now()


@pytest.fixture
def proposed(granted, head, today) -> Dossier:  # noqa: F811 (fixtures)
    """Words were proposed four days ago."""
    at = today - timedelta(days=4)
    propose(granted.pk, WORDS, actor_of(head, at), at)
    OutgoingMail.objects.all().delete()
    return granted


@pytest.fixture
def agent(proposed):
    """An officer, who publishes nothing."""
    return make_officer(proposed.body)


def on_paper(dossier: Dossier, by, at, *, days_ago: int = 2, **answers) -> JournalEntry:  # noqa: F811
    received = Received(timezone.localtime(at).date() - timedelta(days=days_ago), "letter", "Camille Porteur")
    with stored([looked("accord.pdf")]) as files:
        return answer_on_paper(dossier.pk, answers, received, files[0], actor_of(by, at), at)


def states(dossier: Dossier) -> dict[str, str]:  # noqa: F811
    return dict(dossier.public_wordings.values_list("field", "state"))


def address(dossier: Dossier) -> str:  # noqa: F811
    return reverse("instruction-received-consent", args=[dossier.reference])


def test_it_counts_as_the_applicant_s_answer_field_by_field(proposed, agent, head, today):  # noqa: F811
    yes = dict.fromkeys(("title", "summary", "text", "organisation"), True)
    entry = on_paper(proposed, agent, today, **yes, population=False)
    assert states(proposed) == dict.fromkeys(yes, State.AGREED) | {"population": State.REFUSED}
    assert (entry.kind, entry.party, entry.actor) == ("consented", Party.ENTERER, agent.pseudonym)
    assert entry.data["received"]["way"] == "letter"
    assert "Camille" not in str(entry.data)
    assert entry.texts.get().text == "Camille Porteur"
    assert verify(proposed).is_whole
    assert published(proposed, head).publication == "published"


def test_what_the_paper_does_not_say_stays_as_it_was(proposed, agent, today):
    on_paper(proposed, agent, today, title=True)
    assert {field for field, state in states(proposed).items() if state == State.WAITING} == set(WORDS) - {"title"}
    assert set(said_on_paper(proposed)) == {"title"}


def test_the_paper_is_joined_shown_and_the_applicant_is_told(client, proposed, agent, applicant, today):
    entry = on_paper(proposed, agent, today, title=True)
    paper = Paper.objects.get(entry=entry)
    assert (paper.shown, paper.sort, paper.name) == (True, Paper.Sort.LETTER, "accord.pdf")
    assert OutgoingMail.objects.filter(to=applicant.email, subject__contains="publication est saisie").exists()
    client.force_login(applicant)
    page = text_of(client.get(f"/dossiers/{proposed.reference}/"))
    for words in ("Saisi par l'agence", "reçu par courrier le", "Camille Porteur", "accord.pdf"):
        assert words in page
    page = text_of(client.get(f"/dossiers/{proposed.reference}/publication/"))
    assert f"{said_on_paper(proposed)['title']} : accepté." in page
    address = reverse("dossier-paper", args=[proposed.reference, paper.public_id])
    assert bytes_of(client.get(f"{address}?ouvrir=oui")) == PDF


def test_the_applicant_changes_it_and_no_older_paper_undoes_what_they_said(proposed, agent, applicant, today):
    on_paper(proposed, agent, today, title=True)
    answer(proposed.pk, {"title": False}, actor_of(applicant, today), today)
    assert (states(proposed)["title"], said_on_paper(proposed)) == (State.REFUSED, {})
    with pytest.raises(Refused) as refused:
        on_paper(proposed, agent, today, days_ago=1, title=True)
    assert [one.key for one in refused.value.reasons] == ["received-before"]
    assert states(proposed)["title"] == State.REFUSED


def test_a_paper_takes_a_consent_back_and_the_register_loses_it_at_once(client, proposed, agent, head, today):  # noqa: F811
    on_paper(proposed, agent, today, **dict.fromkeys(WORDS, True))
    entry = published(proposed, head)
    on_paper(proposed, agent, today, days_ago=0, title=False)
    assert client.get(f"/experimentations/{entry.slug}/").status_code == 404


@pytest.mark.parametrize(("days_ago", "key"), [(5, "received-before"), (-1, "received")])
def test_a_day_that_cannot_be_right_is_refused_and_keeps_no_file(proposed, agent, today, own_storage, days_ago, key):  # noqa: F811
    with pytest.raises(Refused) as refused:
        on_paper(proposed, agent, today, days_ago=days_ago, title=True)
    assert [one.key for one in refused.value.reasons] == [key]
    assert files_in(own_storage) == []
    assert states(proposed)["title"] == State.WAITING


def test_the_same_answer_twice_is_refused_in_words(proposed, agent, today):
    on_paper(proposed, agent, today, title=True)
    with pytest.raises(Refused, match="Rien ne change"):
        on_paper(proposed, agent, today, days_ago=1, title=True)
    assert Paper.objects.count() == 1


def test_the_applicant_a_director_and_a_stranger_enter_nothing(client, proposed, applicant, stranger, today):
    director = make_officer(proposed.body, "director")
    for who in (applicant, director, stranger):
        with pytest.raises(NotAllowed):
            on_paper(proposed, who, today, title=True)
        client.force_login(who)
        assert client.get(address(proposed)).status_code == 404
        assert client.post(address(proposed), {}).status_code == 404


def test_an_agent_of_the_organisation_does_not_consent_for_it_as_the_agency(client, proposed, agent, today):
    make_membership(proposed.organisation, agent)
    with pytest.raises(NotAllowed):
        on_paper(proposed, agent, today, title=True)
    client.force_login(agent)
    assert client.get(address(proposed)).status_code == 404


def test_from_the_page_with_what_is_wrong_said(client, proposed, agent, today):
    client.force_login(agent)
    assert address(proposed) in text_of(client.get(f"/instruction/{proposed.reference}/recu/"))
    page = text_of(client.get(address(proposed)))
    assert "Suivre à domicile" in page
    day = timezone.localtime(today).date().isoformat()
    given = {"received_on": day, "received_way": "letter", "received_from": "Camille Porteur", "title": "yes"}
    for wrong, field in (
        ({"received_on": "hier"}, "received_on"),
        ({"received_way": "pigeon"}, "received_way"),
        ({"received_from": " "}, "received_from"),
        ({"title": "peut-être"}, "title"),
        ({"title": ""}, "__all__"),
        ({"files": ""}, "files"),
    ):
        answer_ = client.post(address(proposed), given | {"files": sent()} | wrong)
        assert answer_.status_code == 200, field
        assert field in answer_.context["form"].errors, field
    assert client.post(address(proposed), given | {"files": sent("virus.exe")}).context["form"].errors["files"]
    done = client.post(address(proposed), given | {"files": sent()})
    assert done["Location"] == f"/instruction/{proposed.reference}/recu/"
    assert states(proposed)["title"] == State.AGREED


def test_where_nothing_is_proposed_there_is_no_such_page(client, granted):  # noqa: F811
    client.force_login(make_officer(granted.body))
    assert client.get(address(granted)).status_code == 404
    assert address(granted) not in text_of(client.get(f"/instruction/{granted.reference}/recu/"))
