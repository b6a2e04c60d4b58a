"""The page of a link, without an account: what it opens, when it opens nothing, and what it never tells."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from apist.clock import now
from projects.engine.people import actor_of
from projects.models import Attachment, JournalEntry, OpinionRequest, Recusal, Snapshot
from projects.opinions.asking import digest_of, withdraw
from tests.factories import make_user
from tests.instruction.conftest import SECRET, TITLE, text_of
from tests.opinions.builders import ADDRESS, HOSTILE, QUESTION, WORDS, decide, link, put, token_of
from tests.pages.reading import read

NONE = {"act": "declare", "interets-interest": "none"}
SOME = {"act": "declare", "interets-interest": "some", "interets-words": "Je conseille un concurrent Q55102"}
OPINION = {"act": "answer", "avis-sense": "unfavourable", "avis-text": WORDS}


@pytest.fixture
def asked(dossier, of_the_region) -> OpinionRequest:
    """A request put to somebody without an account."""
    return put(dossier, of_the_region)


def gone_page(client) -> str:
    return client.get("/avis/jamais-donne/").content.decode()


def pieces_of(dossier, address: str) -> str:
    return f"{address}pieces/{dossier.attachments.get().public_id}/"


def test_before_interests_are_declared_nothing_of_the_deposit_is_read(client, dossier, asked):
    html = text_of(client.get(link()))
    assert all(words in html for words in (TITLE, "Organisme nommé Q48213", QUESTION, "Avant de lire"))
    assert "Ce qui a été déposé" not in html
    assert client.get(pieces_of(dossier, link())).status_code == 404
    assert client.post(link(), OPINION).status_code == 409


def test_without_interest_the_deposit_is_read_and_what_is_secret_is_not(client, asked):
    assert client.post(link(), NONE)["Location"] == link()
    html = text_of(client.get(link()))
    assert "Ce qui a été déposé" in html
    assert "12 500" in html.replace("\u202f", " ").replace("\xa0", " ")
    assert "Non communiqué" in html
    assert SECRET not in html


def test_what_is_secret_is_read_where_the_request_says_so(client, dossier, of_the_region):
    put(dossier, of_the_region, with_secrets=True)
    client.post(link(), NONE)
    assert SECRET in text_of(client.get(link()))


def test_neither_notes_nor_other_opinions_nor_the_journal_are_there(client, dossier, asked, of_the_region):
    address = link()
    other = put(dossier, of_the_region, email="autre@exemple.invalid", question="Autre question 33017")
    client.post(link("autre@exemple.invalid"), NONE)
    client.post(link("autre@exemple.invalid"), OPINION)
    assert OpinionRequest.objects.get(pk=other.pk).text == WORDS
    client.post(address, NONE)
    html = text_of(client.get(address))
    for words in (WORDS, "33017", "Dominique Instructeur", "autre@exemple.invalid"):
        assert words not in html


def test_an_opinion_is_given_once_and_the_link_dies_with_it(client, dossier, asked, head):
    address = link()
    client.post(address, NONE)
    assert client.post(address, OPINION)["Location"] == "/avis/merci/"
    assert "C'est enregistré" in text_of(client.get("/avis/merci/"))
    assert client.get(address).content.decode() == gone_page(client)
    assert client.post(address, OPINION).status_code == 404
    entry = dossier.journal.get(kind=JournalEntry.Kind.OPINED)
    assert (entry.actor, entry.party, entry.texts.get().text) == (None, "expert", WORDS)
    client.force_login(head)
    assert "Expert invité" in text_of(client.get(reverse("instruction-dossier", args=[dossier.reference])))


def altered(address: str) -> str:
    token = token_of(address)
    return f"/avis/{token[:-1]}{'A' if token[-1] != 'A' else 'B'}/"


def expired(asked) -> None:
    OpinionRequest.objects.update(expires_at=now() - timedelta(seconds=1))


def withdrawn(asked) -> None:
    withdraw(asked.pk, actor_of(asked.asked_by, now()), now())


def decided(asked) -> None:
    decide(asked.dossier)


def ended(asked) -> None:
    OpinionRequest.objects.update(ended_at=now(), ending="delegated")


@pytest.mark.parametrize("how", [expired, withdrawn, decided, ended])
def test_a_link_that_is_over_shows_the_page_of_one_that_never_was_and_opens_nothing(how, client, dossier, asked):
    address = link()
    client.post(address, NONE)
    piece = pieces_of(dossier, address)
    how(asked)
    acts = dossier.journal.count()
    for page in (address, piece):
        answer = client.get(page)
        assert (answer.status_code, answer.content.decode()) == (404, gone_page(client))
    for sent in (NONE, SOME, OPINION, {"act": "delegate", "autre-email": "x@exemple.invalid"}):
        assert client.post(address, sent).status_code == 404
    assert dossier.journal.count() == acts
    assert not OpinionRequest.objects.given().exists()


@pytest.mark.parametrize("address", ["/avis/x/", "/avis/%00/", "/avis/" + "A" * 5000 + "/", "/avis/é💥/", "/avis/../"])
def test_a_link_that_was_altered_opens_nothing(address, client, asked):
    assert client.get(address).status_code == 404
    assert client.get(altered(link())).content.decode() == gone_page(client)


def test_the_digest_that_the_base_holds_is_no_link(client, asked):
    assert asked.token_digest == digest_of(token_of(link()))
    assert client.get(f"/avis/{asked.token_digest}/").status_code == 404


def test_a_conflict_kills_the_link_at_once_even_for_a_page_that_is_still_open(client, dossier, asked, of_the_region):
    address = link()
    client.post(address, NONE)
    assert client.post(address, SOME)["Location"] == "/avis/merci/"
    assert client.get(address).status_code == 404
    assert client.post(address, OPINION).status_code == 404
    entry = dossier.journal.filter(data__step="declared", data__interest=True).get()
    assert (entry.texts.get().text, "Q55102" in str(entry.data)) == (SOME["interets-words"], False)
    client.force_login(of_the_region)
    page = reverse("instruction-opinions", args=[dossier.reference])
    html = text_of(client.get(page))
    assert ("Intérêt déclaré" in html, "Q55102" in html) == (True, False)
    day = (now() + timedelta(days=9)).date().isoformat()
    again = {"act": "ask", "question": "Encore", "expects": "free", "to": "", "email": ADDRESS, "due_on": day}
    assert "ne peut pas être consultée" in text_of(client.post(page, again))


def test_an_account_made_since_with_this_address_is_closed_too(client, dossier, asked):
    address = link()
    user = make_user(ADDRESS)
    client.post(address, SOME)
    assert Recusal.objects.get().user == user


def test_the_page_is_kept_by_nobody_and_its_address_is_told_to_nobody(client, asked):
    for address in (link(), "/avis/x/", "/avis/merci/"):
        answer = client.get(address)
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert 'name="robots" content="noindex"' in answer.content.decode()


def test_opening_a_link_changes_nothing(client, dossier, asked):
    before = dossier.journal.count()
    for _ in range(3):
        client.get(link())
        client.head(link())
    assert (dossier.journal.count(), asked.declarations.exists()) == (before, False)


def test_too_many_links_that_lead_nowhere_are_refused_even_the_right_one_for_a_while(client, asked):
    address = link()
    for number in range(20):
        assert client.get(f"/avis/essai-{number}/").status_code == 404
    answer = client.get(address)
    assert answer.status_code == 429
    assert read(answer).one("h1").text == "Trop d'essais de suite"
    assert client.get(address, REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize(
    ("scan", "status"),
    [("clean", 200), ("waiting", 404), ("infected", 404), ("unscanned", 404)],
)
def test_a_file_is_handed_over_once_examined_and_the_reading_is_written(client, dossier, asked, scan, status):
    row = dossier.attachments.get()
    row.file.save("x", ContentFile(b"%PDF-1.7 corps"), save=True)
    Attachment.objects.update(scan=scan)
    client.post(link(), NONE)
    answer = client.get(pieces_of(dossier, link()))
    assert answer.status_code == status
    written = dossier.journal.filter(kind=JournalEntry.Kind.DOWNLOADED)
    assert written.exists() == (status == 200)
    if status == 200:
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 corps"
        assert written.get().data["request"] == asked.pk
        assert "attachment" in answer["Content-Disposition"]
        assert answer["Referrer-Policy"] == "same-origin"


def test_a_secret_file_and_one_that_is_not_in_the_deposit_are_not_handed_over(client, dossier, asked):
    client.post(link(), NONE)
    mine = dossier.attachments.get()
    later = Attachment.objects.get(pk=mine.pk)
    later.pk, later.public_id, later.sha256, later.name = (
        None,
        "00000000-0000-4000-8000-000000000001",
        "f" * 64,
        "n.pdf",
    )
    later.save(force_insert=True)
    assert client.get(f"{link()}pieces/{later.public_id}/").status_code == 404
    content = Snapshot.objects.get().content
    assert [file["sha256"] for file in content["files"]] == [mine.sha256]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_for_the_holder_of_a_link(client, dossier, of_the_region, words):
    put(dossier, of_the_region, question=words)
    html = client.get(link()).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    client.post(link(), NONE)
    page = client.post(link(), OPINION | {"avis-sense": "", "avis-text": words}).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_what_was_typed_comes_back_with_what_is_wrong(client, asked):
    client.post(link(), NONE)
    html = text_of(client.post(link(), {"act": "answer", "avis-text": "Un avis déjà écrit"}))
    assert ("À remplir." in html, "Un avis déjà écrit" in html) == (True, True)


def test_the_answer_reaches_the_agency(client, dossier, asked, of_the_region):
    client.post(link(), NONE)
    client.post(link(), OPINION)
    client.force_login(of_the_region)
    html = text_of(client.get(reverse("instruction-opinions", args=[dossier.reference])))
    assert all(words in html for words in (WORDS, "Défavorable", ADDRESS))
