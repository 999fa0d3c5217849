"""Start the web page; ``python search_app.py --help`` names the options."""

import sys

from app.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
