"""`python -m sidelines` is the command `sidelines`."""

from sidelines.cli import main

if __name__ == "__main__":
    main()
