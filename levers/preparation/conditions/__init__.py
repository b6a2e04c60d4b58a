"""The six conditions of success of the guide, in its order. Pure: words and their sources, no decision."""

from levers.preparation.conditions.contact import CONTACT
from levers.preparation.conditions.elements import ELEMENTS
from levers.preparation.conditions.mistakes import MISTAKES
from levers.preparation.conditions.moment import MOMENT
from levers.preparation.conditions.project import PROJECT
from levers.preparation.conditions.way import WAY

CONDITIONS = (CONTACT, PROJECT, MOMENT, WAY, MISTAKES, ELEMENTS)
BY_SLUG = {condition.slug: condition for condition in CONDITIONS}
