"""``python -m crisiswire``."""

from crisiswire.commands import main

if __name__ == "__main__":
    main()
