"""The command line: arguments to a service, its answer to JSON; decides nothing."""

from desktop.cli.main import main

__all__ = ["main"]
