"""The procedures of the portal, as data; ``catalogue`` holds them all."""
