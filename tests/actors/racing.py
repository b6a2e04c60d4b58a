"""Several people at once, each with a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from time import sleep

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection


def race(*actions: Callable) -> list[str]:
    """Start every action at once; return what each was answered: « ok », or why it was refused."""
    start, answers = Barrier(len(actions)), [""] * len(actions)

    def run(rank: int) -> None:
        start.wait()
        try:
            insist(actions[rank])
            answers[rank] = "ok"
        except ValidationError as error:
            answers[rank] = " ".join(error.messages)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[rank]) for rank in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def insist(action: Callable):
    """Do it again until it is done: the tests' SQLite, in memory, refuses where one in a file waits its turn."""
    while True:
        try:
            return action()
        except OperationalError:
            sleep(0.005)
