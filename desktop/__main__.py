"""The program's door: without a command the window, with one the command line."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window when no command is given (`--database FILE` and `--smoke` are the window's too)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if _is_for_window(given):
        from desktop.views import binding

        binding.load()
        from desktop import app

        return app.main(given)
    from desktop import cli

    return cli.main(given)


def _is_for_window(given: list[str]) -> bool:
    rest = [word for word in given if word != "--smoke"]
    if rest and rest[0] == "--database":
        rest = rest[2:]
    return not rest or (len(rest) == 1 and rest[0].startswith("--database="))


if __name__ == "__main__":
    sys.exit(main())
