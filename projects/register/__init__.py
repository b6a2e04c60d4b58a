"""The register read and told: schedules, who may join, cards, search, the map and the timeline."""
