"""The page's door: `python app.py` is `chukti serve` with its defaults."""

import sys

from assistant.cli import main

if __name__ == "__main__":
    sys.argv[1:1] = ["serve"]
    main()
