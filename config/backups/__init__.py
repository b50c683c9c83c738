"""One file with everything a site holds: how it is made, how it is looked at, how it comes back."""
