"""What the invented levers are called and which of them are drafts: known without the database."""

from collections.abc import Iterator

SLUG = "essai-{:06d}"
DRAFT_EVERY = 20


def is_draft(number: int) -> bool:
    """Tell whether an invented lever is a draft: one in twenty."""
    return number % DRAFT_EVERY == DRAFT_EVERY - 1


def published_slugs(how_many: int) -> Iterator[str]:
    """Yield the names of the published ones among so many invented levers."""
    return (SLUG.format(number) for number in range(how_many) if not is_draft(number))
