"""Preparing, signing and handing over decisions."""
