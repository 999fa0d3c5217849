"""Start the web page; ``python search_app.py --help`` names the options."""

if __name__ == "__main__":
    from app.__main__ import start  # not by the processes that it starts, which import this file

    start()
