"""`python -m tests.bench.reporting_gather FOLDER`: answers the comments of the scene, and gathers.

The description of the report goes to the folder; what it cost is printed as JSON.
"""

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    import django

    django.setup()
    from tests.bench.reporting_scene import answer_all, gather

    answer_all()
    sys.stdout.write(json.dumps(gather(Path(sys.argv[1]))))
