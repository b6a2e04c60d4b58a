"""The pages of those who signed in, in every state that changes what they look like.

``static/dsfr/workspace.css`` is made from these and from the public ones (``tests/pages/states.py``). What they add
to the base stays there: the tool has a base of its own, a test undoes everything.
"""

from collections.abc import Iterator

from django.test import Client

from actors.models import Body
from tests import factories
from tests.pages.deciding_states import deciding_pages
from tests.pages.desk_states import desk_pages
from tests.pages.instruction_states import instruction_pages
from tests.pages.jury_states import jury_pages
from tests.pages.list_states import list_pages
from tests.pages.money_states import money_pages
from tests.pages.opinion_states import opinion_pages
from tests.pages.organisation_states import organisation_pages
from tests.pages.paper_states import paper_pages
from tests.pages.preparing_states import preparing_pages
from tests.pages.receiving_states import receiving_pages
from tests.pages.specification_states import specification_pages
from tests.pages.states import body
from tests.pages.states_depositing import render_depositing
from tests.pages.steering_states import steering_pages


def pages_of_steering() -> Iterator[tuple[str, object]]:
    """Yield the pages of steering of the agency of the other pages."""
    return steering_pages(Body.objects.get(agency__region__code="76"))


OF_THE_INSTRUCTION = (
    instruction_pages,
    receiving_pages,
    list_pages,
    specification_pages,
    desk_pages,
    opinion_pages,
    paper_pages,
    jury_pages,
    money_pages,
    deciding_pages,
    pages_of_steering,
)


def render_private_states() -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of every private state. The base holds the real content."""
    user = factories.make_user("etats-prives@exemple.invalid", full_name="Dominique Visite")
    other = factories.make_user("etats-2@exemple.invalid", full_name="Ange Visite")
    member = Client()
    member.force_login(user)
    for name, answer in organisation_pages(member, user, other):
        yield name, answer.content.decode()
    for address in ("/compte/", "/compte/donnees/", "/compte/donnees/supprimer/"):
        yield address, member.get(address).content.decode()
    yield from render_depositing(body)
    for name, answer in preparing_pages(member, user, other):
        yield name, answer.content.decode()
    for pages in OF_THE_INSTRUCTION:
        for name, answer in pages():
            yield name, answer.content.decode()
