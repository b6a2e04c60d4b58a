"""Calls (AAP, AMI, AAC, challenges): a base, and stages that a call may add to it as data. Pure."""
