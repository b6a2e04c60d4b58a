"""Filters of templates: how documents are called and signed, when something was."""
