# ipaddress (Python 3.13 library reference). An address is its 32-bit words: one of IPv4, four of IPv6.
import _unknowns


class AddressValueError(ValueError):
    pass


class NetmaskValueError(ValueError):
    pass


def _mask(prefix, count):
    return tuple([0xFFFFFFFF ^ (0xFFFFFFFF >> min(max(prefix - 32 * i, 0), 32)) for i in range(count)])


def _parse4(text):
    octets = text.split(".")
    if len(octets) != 4:
        raise AddressValueError(f"Expected 4 octets in {text!r}")
    value = 0
    for octet in octets:
        if not octet:
            raise AddressValueError(f"Empty octet not permitted in {text!r}")
        if not (octet.isascii() and octet.isdigit()):
            raise AddressValueError(f"Only decimal digits permitted in {octet!r} in {text!r}")
        if len(octet) > 3:
            raise AddressValueError(f"At most 3 characters permitted in {octet!r} in {text!r}")
        if octet != "0" and octet[0] == "0":
            raise AddressValueError(f"Leading zeros are not permitted in {octet!r} in {text!r}")
        if int(octet) > 255:
            raise AddressValueError(f"Octet {int(octet)} (> 255) not permitted in {text!r}")
        value = value * 256 + int(octet)
    return (value,)


def _parse6(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(":")
    if len(parts) < 3:
        raise AddressValueError(f"At least 3 parts expected in {text!r}")
    if "." in parts[-1]:
        try:
            value = _parse4(parts.pop())[0]
        except AddressValueError as exc:
            raise AddressValueError(f"{exc} in {text!r}") from None
        parts += [f"{value >> 16:x}", f"{value & 0xFFFF:x}"]
    if len(parts) > 9:
        raise AddressValueError(f"At most 8 colons permitted in {text!r}")
    gaps = [i for i in range(1, len(parts) - 1) if not parts[i]]
    if len(gaps) > 1:
        raise AddressValueError(f"At most one '::' permitted in {text!r}")
    if gaps:
        high, low = parts[:gaps[0]], parts[gaps[0] + 1:]
        if not high[0]:
            high = high[1:]
            if high:
                raise AddressValueError(f"Leading ':' only permitted as part of '::' in {text!r}")
        if not low[-1]:
            low = low[:-1]
            if low:
                raise AddressValueError(f"Trailing ':' only permitted as part of '::' in {text!r}")
        if len(high) + len(low) > 7:
            raise AddressValueError(f"Expected at most 7 other parts with '::' in {text!r}")
        parts = high + ["0"] * (8 - len(high) - len(low)) + low
    elif len(parts) != 8:
        raise AddressValueError(f"Exactly 8 parts expected without '::' in {text!r}")
    groups = []
    for part in parts:
        if not part:
            end = "Leading" if not groups else "Trailing"
            raise AddressValueError(f"{end} ':' only permitted as part of '::' in {text!r}")
        if any(c not in "0123456789abcdefABCDEF" for c in part):
            raise AddressValueError(f"Only hex digits permitted in {part!r} in {text!r}")
        if len(part) > 4:
            raise AddressValueError(f"At most 4 characters permitted in {part!r} in {text!r}")
        groups.append(int(part, 16))
    return tuple([groups[i] << 16 | groups[i + 1] for i in (0, 2, 4, 6)])


def _text(words):
    if len(words) == 1:
        return ".".join([str(words[0] >> shift & 255) for shift in (24, 16, 8, 0)])
    groups = [f"{word >> shift & 0xFFFF:x}" for word in words for shift in (16, 0)]
    best, start = 1, -1
    for i in range(8):
        run = 0
        while i + run < 8 and groups[i + run] == "0":
            run += 1
        if run > best:
            best, start = run, i
    if start < 0:
        return ":".join(groups)
    return ":".join(groups[:start]) + "::" + ":".join(groups[start + best:])


def _words(value, version, name):
    count = 1 if version == 4 else 4
    if isinstance(value, int):
        if value < 0 or version == 4 and value > 0xFFFFFFFF:
            raise AddressValueError(f"{value} (< 0) is not permitted as an IPv{version} address")
        return tuple([value >> 32 * (count - 1 - i) & 0xFFFFFFFF for i in range(count)])
    if isinstance(value, bytes):
        if len(value) != 4 * count:
            raise AddressValueError(f"{value!r} (len {len(value)} != {4 * count}) is not permitted as an IPv{version} address")
        return tuple([int.from_bytes(value[4 * i:4 * i + 4], "big") for i in range(count)])
    text = str(value)
    if "/" in text:
        raise AddressValueError(f"Unexpected '/' in {text!r}")
    return _parse4(text) if version == 4 else _parse6(text)


def _added(words, n):
    made, carry = [], n
    for word in reversed(words):
        carry += word
        made.insert(0, carry & 0xFFFFFFFF)
        carry >>= 32
    if carry:
        raise AddressValueError(f"{n} beyond the addresses")
    return tuple(made)


class _Address:
    def __init__(self, address):
        self._scope_id = None
        if self.version == 6 and isinstance(address, str) and "%" in address:
            address, _, self._scope_id = address.partition("%")
        self._value = _words(address, self.version, type(self).__name__)

    @classmethod
    def _of(cls, words):
        made = object.__new__(cls)
        made._value, made._scope_id = words, None
        return made

    @property
    def max_prefixlen(self):
        return 32 * len(self._value)

    @property
    def packed(self):
        return b"".join([word.to_bytes(4, "big") for word in self._value])

    @property
    def compressed(self):
        return str(self)

    @property
    def exploded(self):
        if self.version == 4:
            return str(self)
        return ":".join([f"{word >> shift & 0xFFFF:04x}" for word in self._value for shift in (16, 0)])

    @property
    def reverse_pointer(self):
        if self.version == 4:
            return ".".join(reversed(str(self).split("."))) + ".in-addr.arpa"
        return ".".join(reversed(self.exploded.replace(":", ""))) + ".ip6.arpa"

    def __int__(self):
        total = 0
        for word in self._value:
            total = total << 32 | word
        return total

    def __str__(self):
        return _text(self._value) + (f"%{self._scope_id}" if self._scope_id else "")

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._value)

    def __eq__(self, other):
        return isinstance(other, _Address) and (self._value, self._scope_id) == (other._value, other._scope_id)

    def _ordered(self, other):
        if not isinstance(other, _Address):
            return False
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same version")
        return True

    def __lt__(self, other):
        return self._value < other._value if self._ordered(other) else NotImplemented

    def __le__(self, other):
        return self._value <= other._value if self._ordered(other) else NotImplemented

    def __gt__(self, other):
        return self._value > other._value if self._ordered(other) else NotImplemented

    def __ge__(self, other):
        return self._value >= other._value if self._ordered(other) else NotImplemented

    def __add__(self, other):
        return self._of(_added(self._value, other)) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return self + -other if isinstance(other, int) else NotImplemented

    def _within(self, name):
        return any(self in ip_network(each) for each in _KNOWN[self.version][name].split())

    @property
    def is_loopback(self):
        mapped = self.version == 6 and self.ipv4_mapped
        return mapped.is_loopback if mapped else self._within("loopback")

    @property
    def is_private(self):
        mapped = self.version == 6 and self.ipv4_mapped
        if mapped:
            return mapped.is_private
        return self._within("private") and not self._within("public")

    @property
    def is_global(self):
        mapped = self.version == 6 and self.ipv4_mapped
        if mapped:
            return mapped.is_global
        return not self.is_private and not (self.version == 4 and self in ip_network("100.64.0.0/10"))

    @property
    def is_link_local(self):
        mapped = self.version == 6 and self.ipv4_mapped
        return mapped.is_link_local if mapped else self._within("link_local")

    @property
    def is_multicast(self):
        mapped = self.version == 6 and self.ipv4_mapped
        return mapped.is_multicast if mapped else self._within("multicast")

    @property
    def is_reserved(self):
        mapped = self.version == 6 and self.ipv4_mapped
        return mapped.is_reserved if mapped else self._within("reserved")

    @property
    def is_unspecified(self):
        mapped = self.version == 6 and self.ipv4_mapped
        return mapped.is_unspecified if mapped else not any(self._value)


# IANA's special-purpose registries as CPython 3.13 takes them (gh-113171).
_KNOWN = {
    4: {"loopback": "127.0.0.0/8", "link_local": "169.254.0.0/16", "multicast": "224.0.0.0/4",
        "reserved": "240.0.0.0/4", "public": "192.0.0.9/32 192.0.0.10/32",
        "private": "0.0.0.0/8 10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
                   "192.0.0.170/31 192.0.2.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 "
                   "203.0.113.0/24 240.0.0.0/4 255.255.255.255/32"},
    6: {"loopback": "::1/128", "link_local": "fe80::/10", "multicast": "ff00::/8",
        "reserved": "::/8 100::/8 200::/7 400::/6 800::/5 1000::/4 4000::/3 6000::/3 8000::/3 "
                    "a000::/3 c000::/3 e000::/4 f000::/5 f800::/6 fe00::/9",
        "public": "2001:1::1/128 2001:1::2/128 2001:3::/32 2001:4:112::/48 2001:20::/28 2001:30::/28",
        "private": "::1/128 ::/128 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 "
                   "2002::/16 3fff::/20 fc00::/7 fe80::/10"},
}


class IPv4Address(_Address):
    version = 4

    @property
    def ipv6_mapped(self):
        return IPv6Address._of((0, 0, 0xFFFF, self._value[0]))


class IPv6Address(_Address):
    version = 6

    @property
    def scope_id(self):
        return self._scope_id

    @property
    def ipv4_mapped(self):
        return IPv4Address._of(self._value[3:]) if self._value[:3] == (0, 0, 0xFFFF) else None

    @property
    def is_site_local(self):
        return self in ip_network("fec0::/10")


class _Network:
    def __init__(self, address, strict=True):
        count = 1 if self.version == 4 else 4
        prefix = 32 * count
        if isinstance(address, tuple):
            address, prefix = address[0], self._prefix(str(address[1]), count)
        elif isinstance(address, str) and "/" in address:
            pieces = address.split("/")
            if len(pieces) != 2:
                raise AddressValueError(f"Only one '/' permitted in {address!r}")
            address, prefix = pieces[0], self._prefix(pieces[1], count)
        words = self._address_class(address)._value
        mask = _mask(prefix, count)
        base = tuple([a & m for a, m in zip(words, mask)])
        if strict and base != words:
            raise ValueError(f"{self._address_class._of(words)}/{prefix} has host bits set")
        self._base, self._mask_words, self.prefixlen = base, mask, prefix

    def _prefix(self, text, count):
        if text.isascii() and text.isdigit():
            if int(text) > 32 * count:
                raise NetmaskValueError(f"{text!r} is not a valid netmask")
            return int(text)
        if count == 1:
            try:
                value = _parse4(text)
            except AddressValueError:
                value = None
            for prefix in range(33):
                if value in (_mask(prefix, 1), (_mask(prefix, 1)[0] ^ 0xFFFFFFFF,)):
                    return prefix
        raise NetmaskValueError(f"{text!r} is not a valid netmask")

    @classmethod
    def _of(cls, words, prefix):
        return cls((_text(words), prefix), strict=False)

    def _last(self):
        return tuple([b | m ^ 0xFFFFFFFF for b, m in zip(self._base, self._mask_words)])

    @property
    def network_address(self):
        return self._address_class._of(self._base)

    @property
    def broadcast_address(self):
        return self._address_class._of(self._last())

    @property
    def netmask(self):
        return self._address_class._of(self._mask_words)

    @property
    def hostmask(self):
        return self._address_class._of(tuple([m ^ 0xFFFFFFFF for m in self._mask_words]))

    @property
    def max_prefixlen(self):
        return 32 * len(self._base)

    @property
    def num_addresses(self):
        return 2 ** (self.max_prefixlen - self.prefixlen)

    @property
    def with_prefixlen(self):
        return f"{self.network_address}/{self.prefixlen}"

    compressed = with_prefixlen

    @property
    def with_netmask(self):
        return f"{self.network_address}/{self.netmask}"

    def __str__(self):
        return self.with_prefixlen

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def __eq__(self, other):
        return isinstance(other, _Network) and (self._base, self.prefixlen) == (other._base, other.prefixlen)

    def __hash__(self):
        return hash((self._base, self.prefixlen))

    def __lt__(self, other):
        return (self._base, self.prefixlen) < (other._base, other.prefixlen)

    def __contains__(self, other):
        if _unknowns.is_unknown(other):
            return _unknowns.part(other, "in_network", bool)
        if isinstance(other, _Network) or self.version != other.version:
            return False
        return all(a & m == b for a, m, b in zip(other._value, self._mask_words, self._base))

    def __iter__(self):
        at, last = self._base, self._last()
        while at <= last:
            yield self._address_class._of(at)
            if at == last:
                return
            at = _added(at, 1)

    def __getitem__(self, n):
        if n < 0:
            return self._address_class._of(_added(self._last(), n + 1))
        found = self._address_class._of(_added(self._base, n))
        if found not in self:
            raise IndexError("address out of range")
        return found

    def hosts(self):
        left = self.max_prefixlen - self.prefixlen
        for address in self:
            if left > 1 and (address._value == self._base or self.version == 4 and address._value == self._last()):
                continue
            yield address

    def overlaps(self, other):
        return (other.network_address in self or other.broadcast_address in self
                or self.network_address in other or self.broadcast_address in other)

    def subnet_of(self, other):
        if self.version != other.version:
            raise TypeError(f"{self} and {other} are not of the same version")
        return other._base <= self._base and other._last() >= self._last()

    def supernet_of(self, other):
        return other.subnet_of(self)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        prefix = self.prefixlen + prefixlen_diff if new_prefix is None else new_prefix
        if prefix < self.prefixlen:
            raise ValueError("new prefix must be longer")
        at = self._base
        while at <= self._last():
            made = self._of(at, prefix)
            yield made
            if made._last() >= self._last():
                return
            at = _added(made._last(), 1)

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        prefix = self.prefixlen - prefixlen_diff if new_prefix is None else new_prefix
        return self._of(self._base, prefix)

    def _both(self, name):
        return getattr(self.network_address, name) and getattr(self.broadcast_address, name)

    is_private = property(lambda self: self._both("is_private"))
    is_global = property(lambda self: self._both("is_global"))
    is_loopback = property(lambda self: self._both("is_loopback"))
    is_link_local = property(lambda self: self._both("is_link_local"))
    is_multicast = property(lambda self: self._both("is_multicast"))
    is_reserved = property(lambda self: self._both("is_reserved"))
    is_unspecified = property(lambda self: self._both("is_unspecified"))


class IPv4Network(_Network):
    version, _address_class = 4, IPv4Address


class IPv6Network(_Network):
    version, _address_class = 6, IPv6Address


class _Interface:
    def _fill(self, address):
        text = str(address)
        plain, _, prefix = text.partition("/")
        self._ip = self._plain_class(plain)
        self._value, self._scope_id = self._ip._value, None
        self.network = self._network_class(text if prefix else f"{text}/{self._ip.max_prefixlen}", strict=False)

    @property
    def ip(self):
        return self._ip

    @property
    def netmask(self):
        return self.network.netmask

    @property
    def with_prefixlen(self):
        return f"{self._ip}/{self.network.prefixlen}"

    def __str__(self):
        return self.with_prefixlen

    def __eq__(self, other):
        return isinstance(other, _Interface) and (self._value, self.network) == (other._value, other.network)

    def __hash__(self):
        return hash((self._value, self.network))


class IPv4Interface(_Interface, IPv4Address):
    _plain_class, _network_class = IPv4Address, IPv4Network

    def __init__(self, address):
        self._fill(address)


class IPv6Interface(_Interface, IPv6Address):
    _plain_class, _network_class = IPv6Address, IPv6Network

    def __init__(self, address):
        self._fill(address)


def _unknown(given, name):
    if not _unknowns.part(given, name, int):  # is it one? Asked once of each value
        raise ValueError(f"{given!r} does not appear to be an IPv4 or IPv6 {name[3:]}")
    return _unknowns.part(given, name)


def ip_address(address):
    if _unknowns.is_unknown(address):
        return _unknown(address, "ip_address")
    if isinstance(address, int) and address >= 2 ** 32:
        return IPv6Address(address)
    for kind in (IPv4Address, IPv6Address):
        try:
            return kind(address)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f"{address!r} does not appear to be an IPv4 or IPv6 address")


def ip_network(address, strict=True):
    if _unknowns.is_unknown(address):
        return _unknown(address, "ip_network")
    for kind in (IPv4Network, IPv6Network):
        try:
            return kind(address, strict)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f"{address!r} does not appear to be an IPv4 or IPv6 network")


def ip_interface(address):
    if _unknowns.is_unknown(address):
        return _unknown(address, "ip_interface")
    for kind in (IPv4Interface, IPv6Interface):
        try:
            return kind(address)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f"{address!r} does not appear to be an IPv4 or IPv6 interface")


def collapse_addresses(addresses):
    found = []
    for each in sorted([a if isinstance(a, _Network) else ip_network(str(a)) for a in addresses]):
        if found and each.subnet_of(found[-1]):
            continue
        found.append(each)
        while len(found) > 1 and found[-1].prefixlen == found[-2].prefixlen and found[-1].supernet() == found[-2].supernet():
            found[-2:] = [found[-1].supernet()]
    return iter(found)
