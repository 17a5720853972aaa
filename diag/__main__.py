"""`diag` and `python -m diag`.

The plain forms `diag lookup CODE` and `diag CODE` are answered here, before click is imported: that import alone takes longer than
everything else a look-up does. Only the reading of the arguments is separate; a test runs both ways and compares the bytes.
"""

import sys

from diag.ask import answer_plainly


def main() -> None:
    """Run the command line and exit with a status of `diag.errors`."""
    status = answer_plainly(sys.argv[1:])
    if status is None:
        from diag.cli.main import run

        status = run(sys.argv[1:])
    sys.exit(status)


if __name__ == "__main__":
    main()
