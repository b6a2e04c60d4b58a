"""What a page costs a visitor: bytes by kind, requests, elements, as Chromium receives them."""

import gzip
from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page

from tests.journeys.ecoindex import ecoindex

#: Bytes of a byte budget are counted in thousands, as EcoIndex and the browsers do.
KILO = 1000
ELEMENTS = "document.querySelectorAll('*').length - document.querySelectorAll('svg *').length"


@dataclass
class Cost:
    """What one visit of one page cost."""

    bytes_of: Counter = field(default_factory=Counter)
    requests: int = 0
    elements: int = 0
    compressed: bool = True

    @property
    def kilobytes(self) -> float:
        """Everything that came over the network."""
        return sum(self.bytes_of.values()) / KILO

    @property
    def score(self) -> float:
        """The EcoIndex of the visit."""
        return ecoindex(self.elements, self.requests, self.kilobytes)

    def __str__(self) -> str:
        """Sum up in one line; says when the HTML is counted as gzip would send it and not as it was sent."""
        kinds = ", ".join(f"{kind} {size / KILO:.1f}" for kind, size in self.bytes_of.most_common())
        doubt = "" if self.compressed else " (HTML counted as gzip would send it)"
        return (
            f"{self.kilobytes:.1f} KB [{kinds}]{doubt}, {self.requests} requests, "
            f"{self.elements} elements, EcoIndex {self.score:.0f}"
        )


class Meter:
    """Follows a tab; ``visit`` opens a page and returns what that visit cost, the cache being what it is."""

    def __init__(self, context: BrowserContext):
        self.page: Page = context.new_page()
        self._network = context.new_cdp_session(self.page)
        self._network.send("Network.enable")
        self._kinds: dict[str, str] = {}
        self._cost = Cost()
        self._document: dict = {}
        self._network.on("Network.responseReceived", self._received)
        self._network.on("Network.loadingFinished", self._finished)

    def _received(self, event: dict) -> None:
        self._kinds[event["requestId"]] = event["type"]
        if event["type"] == "Document":
            self._document = event["response"]

    def _finished(self, event: dict) -> None:
        received = int(event["encodedDataLength"])
        if received:  # nothing is received of what the cache holds
            self._cost.requests += 1
            self._cost.bytes_of[self._kinds.get(event["requestId"], "Other")] += received

    def visit(self, address: str) -> Cost:
        """Open an address and wait until nothing more comes."""
        self._cost = Cost()
        answer = self.page.goto(address, wait_until="networkidle")
        cost = self._cost
        cost.elements = self.page.evaluate(ELEMENTS)
        cost.compressed = "content-encoding" in answer.headers
        if not cost.compressed:
            body = answer.body()
            cost.bytes_of["Document"] += len(gzip.compress(body, 6)) - len(body)
        return cost
