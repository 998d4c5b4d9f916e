"""Themes, recurrence, hiding, true sentences: data frames in, data frames out; it knows no store and no screen."""
