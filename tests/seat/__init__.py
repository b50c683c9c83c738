"""Organisations as actors: mandates, signing, their pages."""
