"""`python -m laveren`."""

from laveren.cli import main

main(prog_name="python -m laveren")
