"""Somebody who opens pages, as in the tests of laveren.ui."""

from tests.ui.conftest import guest

__all__ = ["guest"]
