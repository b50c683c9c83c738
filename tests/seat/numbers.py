"""Numbers that fit their check digits and belong to nobody who filed a comment."""

KRS, NIP, REGON, REGON_14 = "0099900100", "1234563218", "123456785", "12345678512347"
