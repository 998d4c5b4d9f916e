"""Thema's: what keeps coming back over all workshops."""

from laveren.ui.session import need
from laveren.ui.themes.page import page
from laveren.workshop.rights import Act

need(Act.READ_TOGETHER)
page()
