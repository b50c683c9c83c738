"""The register of every channel: late or in time, left without consideration, sheets."""
