from functools import lru_cache


class Store:
    def __init__(self):
        self._items = {f"AB-{n}": {"sku": f"AB-{n}", "price": n * 1.5, "secret": "s"} for n in range(1, 6)}

    def page(self, offset, size):
        return list(self._items.values())[offset:offset + size]

    def get(self, sku):
        return self._items[sku]

    def put(self, item):
        self._items[item["sku"]] = item

    def delete(self, sku):
        del self._items[sku]


@lru_cache(maxsize=1)
def get_store() -> Store:
    return Store()
