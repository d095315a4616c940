# glob (Python 3.13 library reference) on the scenario's files.
import fnmatch
import os


def has_magic(s):
    return any(each in s for each in "*?[")


def escape(pathname):
    return "".join([f"[{c}]" if c in "*?[" else c for c in pathname])


def _below(folder):
    yield folder
    for name in sorted(os.listdir(folder or ".")):
        inner = os.path.join(folder, name)
        if os.path.isdir(inner) and not name.startswith("."):
            yield from _below(inner)


def _find(pathname, recursive):
    folder, name = os.path.split(pathname)
    if name == "**" and recursive:
        for base in _find(folder, recursive) if folder else [""]:
            for each in _below(base):
                yield each
                yield from [os.path.join(each, file) for file in os.listdir(each or ".")
                            if not file.startswith(".") and os.path.isfile(os.path.join(each, file))]
        return
    if not has_magic(pathname):
        if not name or os.path.exists(pathname):
            yield pathname
        return
    bases = _find(folder, recursive) if has_magic(folder) else [folder]
    for base in bases:
        if base and not os.path.isdir(base):
            continue
        for each in os.listdir(base or "."):
            if fnmatch.fnmatchcase(each, name) and (not each.startswith(".") or name.startswith(".")):
                yield os.path.join(base, each)


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    if root_dir is not None:
        root = os.path.join(root_dir, "")
        return iter([each[len(root):] for each in _find(root + pathname, recursive)])
    return _find(os.fspath(pathname), recursive)


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive))
