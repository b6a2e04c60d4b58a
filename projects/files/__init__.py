"""Files that people send: what they are, what they are called, whether a scanner found something, where they are kept.

Nothing here knows a dossier. ``inspection.inspect`` decides on what came in, ``scanner.scan`` asks ClamAV,
``storage`` keeps. docs/decisions/0013-attachments.md says why.
"""
