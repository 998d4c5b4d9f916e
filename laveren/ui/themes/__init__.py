"""The page Thema's: what is looked at, the pictures of it, the quotes behind each mark, and what one takes away."""
