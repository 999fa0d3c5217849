"""Start the web page; ``python search_app.py --help`` names the options."""

from app.__main__ import start

if __name__ == "__main__":
    start()
