"""Coderen: saying which themes an answer is about, one after the other."""

from laveren.ui.coding import page
from laveren.ui.session import need
from laveren.workshop.rights import Act

need(Act.CODE)
page()
