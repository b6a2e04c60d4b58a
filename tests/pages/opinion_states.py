"""The pages of opinions in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client

from actors.models import Agency, Body, Post
from apist.clock import now
from projects.engine.people import actor_of
from projects.opinions.asking import Asked, ask, draw_link
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.factories import make_user
from tests.people_factories import make_body, make_organisation, make_post

NONE = {"act": "declare", "interets-interest": "none"}
OPINION = {"act": "answer", "avis-says_yes": "yes", "avis-sense": "reserved", "avis-text": "Un avis"}


def opinion_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    agency = Agency.objects.get(region__code="76")
    body = Body.objects.filter(agency=agency).first() or make_body(Body.Kind.AGENCY, agency=agency)
    officer, expert, owner = make_officer(body), make_user(), make_user()
    member = make_post(Post.Role.OFFICER, make_body(Body.Kind.INSURANCE, region=body.region)).user
    clerk, asked_one, colleague, carrier, nobody = (Client() for _ in range(5))
    clerk.force_login(officer)
    asked_one.force_login(expert)
    colleague.force_login(member)
    carrier.force_login(owner)
    dossier = fill(make_dossier(owner, body=body, organisation=make_organisation(), at=now() - timedelta(days=9)))
    drive(dossier, "deposit", owner, now() - timedelta(days=8))
    tab, mine = f"/instruction/{dossier.reference}/avis/", "/instruction/avis/"
    yield "opinions, none", clerk.get(tab)
    yield "opinions, wrong", clerk.post(tab, {"act": "ask"})
    yield "opinions of mine, none", asked_one.get(mine)
    day = (now() + timedelta(days=20)).date()
    for whom in ({"email": expert.email}, {"email": "lien@exemple.invalid"}, {"body": member.posts.get().body}):
        wanted = Asked("Est-ce utile ?", day, expects="yes-no", confidential=not whom.get("email"), **whom)
        request = ask(dossier.pk, wanted, actor_of(officer, now()), now())
        if whom.get("email") == expert.email:
            page = f"{tab}{request.pk}/"
    yield "opinions of mine", colleague.get(mine)
    yield "opinion, interests", asked_one.get(page)
    asked_one.post(page, NONE)
    yield "opinion, wrong", asked_one.post(page, {"act": "answer"})
    yield "opinion, delegation wrong", asked_one.post(page, {"act": "delegate"})
    asked_one.post(page, OPINION)
    yield "opinion, given", asked_one.get(page)
    yield "opinions", clerk.get(tab)
    yield "applicant, opinions", carrier.get(f"/dossiers/{dossier.reference}/")
    by_link = dossier.opinion_requests.get(email="lien@exemple.invalid")
    address = f"/avis/{draw_link(by_link, now())}/"
    by_link.save()
    yield "link, interests", nobody.get(address)
    nobody.post(address, NONE)
    yield "link", nobody.get(address)
