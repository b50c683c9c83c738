"""Walks: any sequence of acts, by anybody, at any moment, leaves one truth in three places."""
