"""The pathway of a project: which levers serve at which stage of its maturity, and how they follow one another."""
