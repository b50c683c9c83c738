"""`python -m tests.faults.around 10000`: so many comments around midnight, in the environment's
database, which is empty. Prints JSON: the faults.
"""

import json
import sys

if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    from tests.faults.midnight import DAYS, file_around
    from tests.world import World

    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(file_around(World(), DAYS, -(-int(sys.argv[1]) // len(DAYS)))))
