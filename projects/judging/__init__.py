"""Judging: grids filled by those who instruct, juries with sealed marks, ranking against an envelope."""
