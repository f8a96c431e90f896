"""The dependency rule: app -> services -> platform -> base, never upward.

Between services only api.hpp and events.hpp; a service's edge/ sees of the services only its own
api.hpp; and no service reaches Boost.Asio or Boost.Beast through any chain of includes, which keeps
contracts and services quick to compile and free to run in the simulation.
"""

import re

from source import files, line_of, read, run_guard

RANK = {"base": 0, "platform": 1, "services": 2, "app": 3}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
NETWORK = ("boost/asio", "boost/beast")


def includes(text):
    """(line, name, is_own) of each include."""
    for match in INCLUDE.finditer(text):
        yield line_of(text, match.start()), match[1] or match[2], match[1] is not None


def owner(name):
    """("services", "carts") for services/carts/api.hpp; ("platform", "") for the rest of a layer."""
    parts = name.split("/")
    return parts[0], parts[1] if parts[0] == "services" and len(parts) > 2 else ""


def objection(user, used):
    """Why the file `user` may not include `used` (both relative to src/), or None."""
    layer, service = owner(user)
    used_layer, used_service = owner(used)
    if used_layer not in RANK or layer not in RANK:
        return None
    if RANK[used_layer] > RANK[layer]:
        return f"{layer} must not include {used}: the dependency rule points the other way"
    if layer != "services" or not used_service:
        return None
    rest = used.split("/")[2:]
    if used_service != service and rest not in (["api.hpp"], ["events.hpp"]):
        return f"{service or 'services'} must not include {used}: other services offer only api.hpp and events.hpp"
    if "/edge/" in user and rest[0] != "edge" and (used_service != service or rest != ["api.hpp"]):
        return f"edge/ must not include {used}: it sees only its own service's api.hpp"
    return None


def network_chain(name, graph, seen):
    """The chain of includes from `name` to a network header, or None."""
    if name in seen:
        return None
    seen.add(name)
    for used in graph.get(name, ()):
        if used.startswith(NETWORK):
            return [name, used]
        chain = network_chain(used, graph, seen)
        if chain:
            return [name] + chain
    return None


def find(root):
    sources = {name.removeprefix("src/"): read(root, name)
               for name in files(root, ".cpp", ".hpp") if name.startswith("src/")}
    graph = {}
    for name, text in sources.items():
        folder = name.rsplit("/", 1)[0]
        for line, used, is_own in includes(text):
            target = f"{folder}/{used}" if is_own and f"{folder}/{used}" in sources else used
            graph.setdefault(name, []).append(target)
            why = objection(name, target)
            if why:
                yield f"src/{name}", line, why
    for name in sources:
        chain = network_chain(name, graph, set()) if name.startswith("services/") else None
        if chain:
            yield f"src/{name}", 0, "a service must not reach the network library: " + " -> ".join(chain)


if __name__ == "__main__":
    run_guard(__doc__.splitlines()[0], find)
