"""The pages of those who signed in, in every state that changes what they look like.

``static/dsfr/workspace.css`` is made from these and from the public ones (``tests/pages/states.py``).
"""

from collections.abc import Iterator

from tests.pages.instruction_states import instruction_pages


def render_private_states() -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of every private state; what is added to the base is undone by the caller."""
    yield from ((name, answer.content.decode()) for name, answer in instruction_pages())
