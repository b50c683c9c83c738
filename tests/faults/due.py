"""`python -m tests.faults.due fill N` or `count`: on the database of the environment."""

import json
import sys

if __name__ == "__main__":
    import django

    django.setup()
    from tests.faults.unseen import count, fill

    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps(count()))
