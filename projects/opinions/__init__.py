"""Opinions: asked for, given once interests are declared, left to others, withdrawn; what each opens and closes."""
