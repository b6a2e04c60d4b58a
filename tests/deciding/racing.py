"""Many signatures and notifications at once, on a real database: a program of its own (``tests/dossiers/races.py``)."""

import argparse
import json
import random
from collections import Counter

from apist.models import OutgoingMail
from projects.engine.door import Refused, Stale
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.models import Decision, DecisionCounter, JournalEntry
from tests import factories
from tests.deciding.builders import ROLES, checked, fir_dossier, make_agent, notified, signed
from tests.dossier_factories import NOW, drive
from tests.dossiers.races import asked, at_once
from tests.people_factories import make_agency_body, make_organisation, make_post

MOST = 5


class Cast:
    """One agency, one applicant; the people who decide."""

    def __init__(self):
        self.body = make_agency_body("01")
        self.people = {role: make_agent(role, self.body) for role in ROLES}
        self.directors = [self.people["director"], make_agent("director", self.body)]
        self.owner = factories.make_user()
        self.organisation = make_organisation(self.owner)

    def dossier(self):
        """Return a dossier under review."""
        return fir_dossier(self.owner, self.organisation, self.body, self.people)


def numbers(cast: Cast, found: Counter) -> None:
    """Sign several dossiers at once: every number is given once, none is left out."""
    dossiers = [checked(cast.dossier(), cast.people) for _ in range(random.randint(2, MOST))]
    before = ranks()
    results = at_once([asked(one, "sign", actor_of(random.choice(cast.directors), NOW)) for one in dossiers])
    busy = [one for one in results if isinstance(one, Stale)]
    assert all(one.busy for one in busy), results
    assert len(ranks()) - len(before) == len(dossiers) - len(busy)
    assert ranks() == list(range(1, len(ranks()) + 1)), ranks()
    assert DecisionCounter.objects.get().last == len(ranks())
    assert all(verify(one).is_whole for one in dossiers)
    found.update({"signed": len(dossiers) - len(busy)})


def ranks() -> list[int]:
    """Return every rank that was given, in order."""
    return sorted(Decision.objects.signed().values_list("rank", flat=True))


def signatures(cast: Cast, found: Counter) -> None:
    """Sign one dossier several times at once: one decision."""
    dossier = checked(cast.dossier(), cast.people)
    results = at_once([asked(dossier, "sign", actor_of(random.choice(cast.directors), NOW)) for _ in range(MOST)])
    assert len([one for one in results if isinstance(one, JournalEntry)]) == 1, results
    assert dossier.decisions.decided().count() == 1
    assert ranks() == list(range(1, len(ranks()) + 1))
    found.update({"signed": 1})


def notices(cast: Cast, found: Counter) -> None:
    """Notify one decision several times at once: one notification, one mail."""
    dossier = cast.dossier()
    signed(dossier, cast.people)
    results = at_once([asked(dossier, "notify-grant", actor_of(cast.people["officer"], NOW)) for _ in range(MOST)])
    won = [one for one in results if isinstance(one, JournalEntry)]
    assert len(won) == 1, results
    assert dossier.decisions.notified().decided().count() == 1
    told = OutgoingMail.objects.filter(cause__startswith=f"dossier-{dossier.reference}-{won[0].seq}-")
    assert [one.to for one in told] == [cast.owner.email]
    found.update({"notified": 1})


def two_hats(cast: Cast, found: Counter) -> None:
    """Check and sign at once by somebody with both posts: never both."""
    both = make_agent("legal", cast.body)
    make_post("director", cast.body, both)
    dossier = cast.dossier()
    checked(dossier, cast.people | {"legal": both})
    actor, version = actor_of(both, NOW), dossier.version

    def tries():
        request = asked(dossier, "sign", actor)
        try:
            return request()
        except Refused as refused:
            return refused

    results = at_once([tries] * MOST)
    assert {type(one) for one in results} <= {Refused, Stale}, results
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.version) == ("checked", version)
    found.update({"refused": len(results)})


def agreements(cast: Cast, found: Counter) -> None:
    """Sign an agreement, and take it back, several times at once: one agreement at most, one mail, its own number."""
    dossier = cast.dossier()
    notified(dossier, cast.people)
    drive(dossier, "send-agreement", cast.people["officer"])
    drive(dossier, "sign-as-carrier", cast.owner)
    before = len(ranks())
    signing = [asked(dossier, "sign-agreement", actor_of(random.choice(cast.directors), NOW)) for _ in range(MOST - 1)]
    back = asked(dossier, "take-back-agreement", actor_of(cast.people["officer"], NOW))
    results = at_once([*signing, back])
    won = [one for one in results if isinstance(one, JournalEntry)]
    assert len(won) == 1, results
    made = dossier.decisions.filter(key="agreement")
    assert made.count() == (won[0].move == "sign-agreement") == len(ranks()) - before
    assert ranks() == list(range(1, len(ranks()) + 1)), ranks()
    told = OutgoingMail.objects.filter(cause__startswith=f"dossier-{dossier.reference}-{won[0].seq}-")
    assert [one.to for one in told if one.to == cast.owner.email] == [cast.owner.email] * made.count()
    assert verify(dossier).is_whole
    found.update({"settled": 1})


RACES = {
    "numbers": numbers,
    "signatures": signatures,
    "notices": notices,
    "two_hats": two_hats,
    "agreements": agreements,
}
PROGRAM = "import django; django.setup(); from tests.deciding import racing; racing.main()"


def main() -> None:
    """Run the rounds, the races in turn, and print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    cast, found = Cast(), {name: Counter() for name in RACES}
    for rank in range(options.rounds):
        name = list(RACES)[rank % len(RACES)]
        RACES[name](cast, found[name])
        found[name].update({"rounds": 1})
    print(json.dumps(found))
