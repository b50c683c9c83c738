"""A word of its own in every personal field of every person: who finds which of them?"""
