"""Erasing a person: what goes, what stays, and what refuses anything else."""
