"""Clock and jobs."""


def start_embedded() -> None: ...
