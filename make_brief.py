"""Make a briefing from the documents in corpus/: `python make_brief.py --help`."""

import sys

from digest.cli import main

if __name__ == "__main__":
    sys.exit(main())
