from enum import IntEnum


class RdataClass(IntEnum):
    IN = 1
    CH = 3
    ANY = 255


IN, CH, ANY = RdataClass
