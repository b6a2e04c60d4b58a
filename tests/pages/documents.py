"""Read a PDF as a reading aid would: its title, its language, its tags in order, its words, its links."""

from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NumberObject


@dataclass(frozen=True)
class Tag:
    """A tag of the tree, and how deep it stands."""

    name: str
    depth: int
    title: str


class Pdf:
    """A document read back."""

    def __init__(self, data: bytes):
        self.reader = PdfReader(BytesIO(data))
        self.root = self.reader.trailer["/Root"]

    @property
    def title(self) -> str:
        return self.reader.metadata.title

    @property
    def xmp(self) -> str:
        """What the file says of itself, as XML."""
        return self.root["/Metadata"].get_object().get_data().decode()

    @property
    def text(self) -> str:
        """All the words, page after page, on one line; what stands at the foot of pages included."""
        return " ".join(" ".join(page.extract_text() for page in self.reader.pages).split())

    @property
    def tags(self) -> list[Tag]:
        """Every tag, in the order in which it is read."""
        return list(self._walk(self.root["/StructTreeRoot"], 0))

    def names(self) -> list[str]:
        """The names of the tags, in order."""
        return [tag.name for tag in self.tags]

    def headings(self) -> list[tuple[int, str]]:
        """The level and the words of every heading."""
        return [(int(tag.name[1:]), tag.title) for tag in self.tags if tag.name[:1] == "H" and tag.name[1:].isdecimal()]

    def links(self) -> list[tuple[str, str]]:
        """Where each link leads, and what a reading aid says of it."""
        notes = [note.get_object() for page in self.reader.pages for note in page.get("/Annots", [])]
        return [(str(note["/A"]["/URI"]), str(note.get("/Contents", ""))) for note in notes]

    def untagged(self) -> list[int]:
        """The pages that the tree of tags does not know."""
        return [number for number, page in enumerate(self.reader.pages) if "/StructParents" not in page]

    def _walk(self, node, depth: int):
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for child in node:
                yield from self._walk(child, depth)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield Tag(str(node["/S"])[1:], depth, str(node.get("/T", "")))
            if "/K" in node and not isinstance(node["/K"], NumberObject):
                yield from self._walk(node["/K"], depth + 1)
