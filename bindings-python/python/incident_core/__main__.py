"""The command `incident-core`: the same program in every language."""

import signal
import sys

from ._native import command


def main() -> int:
    # The program itself has no loop of Python's that would see an interrupt.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return command(["incident-core", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
