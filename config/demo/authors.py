"""Short names for those who comment in the demonstration."""

from typing import Final

from config.demo.cast import CITIZENS, ORGANISATIONS

(
    PODWORKA,
    OGON,
    DOM_POMOCY,
    DORZECZE,
    KUCHNIA,
    KULTURA,
    PRZYKLADOWIANKA,
    MOSTY,
) = (organisation.name for organisation in ORGANISATIONS)
HALINA: Final = CITIZENS[0].email
WOJCIECH: Final = CITIZENS[1].email
