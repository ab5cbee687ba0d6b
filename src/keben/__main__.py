"""``python -m keben``."""

from keben.cli import main

main()
