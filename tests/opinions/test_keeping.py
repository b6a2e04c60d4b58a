"""Opinions go with the dossier, and with an account what waits for it; a person takes away what they wrote."""

import json

from apist.clock import now
from apist.models import OutgoingMail
from projects.engine.people import THE_PORTAL
from projects.engine.recording import as_the_portal
from projects.engine.verifying import verify
from projects.models import Dossier, InterestDeclaration, JournalText, OpinionRequest, Participation
from projects.retention.accounts import close_account
from projects.retention.erasing import erase
from projects.retention.export import members_of
from tests.opinions.builders import ADDRESS, QUESTION, WORDS, as_user, link, opined, put


def rows() -> str:
    models = (OpinionRequest, InterestDeclaration, JournalText, OutgoingMail)
    return str([list(model.objects.values()) for model in models])


def test_an_erased_dossier_keeps_no_word_no_address_and_no_access(client, dossier, of_the_region, expert):
    opined(put(dossier, of_the_region, email=expert.email), as_user(expert))
    put(dossier, of_the_region)
    address = link()
    with as_the_portal(dossier.pk, now(), THE_PORTAL) as desk:
        entry = erase(desk, {"cause": "retention"})
    for words in (QUESTION, WORDS, ADDRESS):
        assert words not in rows()
    assert entry.data["counts"]["opinions"] == 1
    assert not Participation.objects.exists()
    assert client.get(address).status_code == 404
    assert verify(Dossier.objects.get()).is_whole
    assert OpinionRequest.objects.given().get().sense == "favourable"


def test_closing_an_account_ends_what_waits_for_it_and_keeps_what_was_given(dossier, of_the_region, expert):
    given = opined(put(dossier, of_the_region, email=expert.email), as_user(expert))
    waiting = put(dossier, of_the_region, email=expert.email)
    close_account(expert, now())
    given.refresh_from_db()
    waiting.refresh_from_db()
    assert (given.text, given.answered_by, str(given)) == (WORDS, None, "Personne effacée")
    assert (waiting.ending, waiting.user) == ("withdrawn", None)
    assert not OpinionRequest.objects.open().exists()


def test_a_person_takes_away_the_opinions_that_they_gave_and_not_the_words_of_others(dossier, of_the_region, expert):
    opined(put(dossier, of_the_region, email=expert.email), as_user(expert))
    files = {member.path: member.content for member in members_of(expert, now()) if member.path == "avis.json"}
    (row,) = json.loads(files["avis.json"])
    assert (row["dossier"], row["text"], row["sense"]) == (dossier.reference, WORDS, "favourable")
    assert QUESTION not in str(files)
