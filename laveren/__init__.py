"""Laveren: casework reflection workshops, from the projector to the themes that keep coming back."""

__version__ = "0.1.0"
