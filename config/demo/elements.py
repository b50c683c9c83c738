"""Where the demonstration programme for 2027 carries each mandatory element (art. 5a ust. 4)."""

from typing import Final

# Numbers are those of art. 5a ust. 4 pkt 1-11 of the Act of 24 April 2003.
ELEMENTS: Final[dict[int, str]] = {
    1: "§ 3",  # main goal; the specific goals follow in § 4
    2: "§ 5",  # principles
    3: "§ 6",  # subject matter
    4: "§ 7",  # forms: financial here, others in § 8 and § 9
    5: "§ 10",  # priority public tasks
    6: "§ 11",  # period
    7: "§ 12",  # way of carrying out, up to § 16
    8: "§ 17",  # funds
    9: "§ 21",  # way of evaluating, with § 22
    10: "§ 23",  # how the programme was made; the consultation in § 24
    11: "§ 18",  # competition commissions, up to § 20
}
