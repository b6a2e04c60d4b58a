"""The pages of organisations in every state, for the style sheet (see ``states.py``)."""

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client

from actors.models import ActorType, Region, User
from apist.clock import now
from tests.people_factories import make_invitation, make_membership, make_organisation

LIST = "/compte/organismes/"


def organisation_pages(member: Client, user: User, other: User) -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    yield "organisations, none", member.get(LIST)
    kind, region = ActorType.objects.get(slug="ehpad"), Region.objects.get(code="76")
    own = make_organisation(user, actor_type=kind, region=region, name="Résidence des Tilleuls")
    alone = make_organisation(user, actor_type=kind, region=region, status="person", finess="310000001")
    colleague = make_membership(own, other, may_manage=False, may_deposit=False, mandate="")
    page = f"{LIST}{own.pk}/"
    yield "organisation, no invitation", member.get(page)
    make_invitation(own, user.email, token="etats", expires_at=now() + timedelta(days=1))
    make_invitation(own, "autre@exemple.invalid", token="ailleurs", expires_at=now() + timedelta(days=1))
    make_invitation(own, token="expire")
    for name in ("", "nouveau/", "nouveau/organisme/", "nouveau/seul/", "invitation/etats/"):
        yield f"organisations {name}", member.get(f"{LIST}{name}")
    for token in ("ailleurs", "expire", "inconnu"):
        yield f"invitation {token}", member.get(f"{LIST}invitation/{token}/")
    rights = f"membres/{colleague.pk}/"
    for name in ("", "modifier/", "inviter/", "quitter/", rights, f"{rights}retirer/"):
        yield f"organisation {name}", member.get(f"{page}{name}")
    yield "organisation alone", member.get(f"{LIST}{alone.pk}/")
    for name in ("nouveau/organisme/", "nouveau/seul/", f"{own.pk}/modifier/", f"{own.pk}/inviter/"):
        yield f"organisations {name}, wrong", member.post(f"{LIST}{name}", {})
    yield "organisation, last manager", member.post(f"{page}quitter/", follow=True)
    for row in (own, alone):
        row.delete()
