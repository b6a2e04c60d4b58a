"""What goes of the opinions on a dossier when it is erased: the words and the addresses, with every access."""

from projects.models import Dossier
from projects.opinions.access import take_back
from projects.opinions.letters import forget


def erase_opinions(dossier: Dossier) -> None:
    """Erase questions, answers and addresses; that somebody was asked, when, and in which sense they answered stays."""
    for request in dossier.opinion_requests.all():
        forget(request)
        take_back(request)
    dossier.opinion_requests.update(question="", text="", email="")
