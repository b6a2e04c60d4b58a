"""Steering: counts made at a moment, what they say to those who instruct, and what of them may be public."""
