"""Levers side by side: which ones an address asks for, and what each says on every point."""
