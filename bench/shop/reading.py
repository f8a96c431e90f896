"""What shoppers look at: product pages, lists and search."""
import shutil
import urllib.parse

from bench.shop.queries import queries
from bench.shop.report import Result, say
from bench.shop.server import Api, Broken
from bench.shop.middle import median_of, median_round

FACETS = "facets=" + urllib.parse.quote("brand,price,category,attr[voltage]")


def product_page(site):
    """Beside nginx with the same bytes, in turns."""
    paths, root = site.folder / "product.paths", site.folder / "static"
    with site.shop(core=site.server_core) as shop:
        _save_pages(Api(shop), root, paths)
        with site.nginx(root) as nginx:
            for port in (shop, nginx):
                site.wrk(port, paths, 0, seconds=1)
            pairs = []
            for turn in range(1, site.rounds + 1):
                # Each goes first every other time: what the first warms up, the second enjoys.
                order = ("shop", "nginx") if turn % 2 else ("nginx", "shop")
                ports = {"shop": shop, "nginx": nginx}
                pairs.append({who: site.wrk(ports[who], paths, turn) for who in order})
                say(f"  round {turn}: {pairs[-1]['shop']['rate']:,.0f}/s, "
                    f"nginx {pairs[-1]['nginx']['rate']:,.0f}/s")
    ours = median_round([pair["shop"] for pair in pairs])
    theirs = median_round([pair["nginx"] for pair in pairs])
    faster = median_of(pair["shop"]["rate"] / pair["nginx"]["rate"] for pair in pairs)
    slower = median_of(pair["shop"]["p99"] / pair["nginx"]["p99"] for pair in pairs)
    return [
        Result("product page", f"{faster:.2f} x nginx ({_rate(ours)} to {_rate(theirs)})",
               ">= 1.00 x nginx", faster >= 1.0, pairs),
        Result("product page p99", f"{slower:.2f} x nginx ({_times(ours)} to {_times(theirs)})",
               "<= 1.50 x nginx", slower <= 1.5),
    ]


def list_page(site):
    with site.shop(core=site.server_core) as shop:
        api = Api(shop)
        paths = [f"/shop/de/products?category={urllib.parse.quote(item['code'])}&{FACETS}&limit=24"
                 for item in api.json("/shop/de/categories")["items"]]
        full = [path for path in paths if _is_whole_list(api.json(path))]
        if len(full) < 5:
            raise Broken(f"only {len(full)} of {len(paths)} categories have 24 products")
        rounds = _rounds(site, shop, "list", full)
    return _judge(f"list of 24, 4 facets, {len(full)} categories", rounds, 5000, 15)


def search(site):
    with site.shop(core=site.server_core) as shop:
        api = Api(shop)
        words = queries([item["name"] for item in api.products()], count=200, seed=42)
        (site.folder / "queries.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        paths = [f"/shop/de/products?q={urllib.parse.quote(word)}&limit=24" for word in words]
        found = sum(bool(api.json(path)["items"]) for path in paths)
        rounds = _rounds(site, shop, "search", paths)
    share = 100 * found / len(words)
    return _judge("search", rounds, 2000, 25) + [
        Result("search finds something", f"{share:.0f} % of {len(words)} queries", ">= 80 %",
               share >= 80)]


def _save_pages(api, root, paths):
    """Every product's page as a file under its own path, and the list of the paths."""
    shutil.rmtree(root, ignore_errors=True)
    urls = [f"/shop/de/products/{product['slug']}" for product in api.products()]
    for url in urls:
        file = root / url.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(api.bytes(url))
    paths.write_text("\n".join(urls) + "\n", encoding="utf-8")


def _is_whole_list(page):
    return len(page["items"]) == 24 and len(page["facets"]) == 4


def _rounds(site, port, name, paths):
    file = site.folder / f"{name}.paths"
    file.write_text("\n".join(paths) + "\n", encoding="utf-8")
    site.wrk(port, file, 0, seconds=1)
    rounds = []
    for turn in range(1, site.rounds + 1):
        rounds.append(site.wrk(port, file, turn))
        say(f"  round {turn}: {_rate(rounds[-1])}, p99 {rounds[-1]['p99']:.1f} ms")
    return rounds


def _judge(name, rounds, rate, p99):
    middle = median_round(rounds)
    return [
        Result(name, f"{_rate(middle)}, {middle['bytes'] / 1024:.1f} KB", f">= {rate:,}/s",
               middle["rate"] >= rate, rounds),
        Result(name.split(",")[0] + " p99", _times(middle), f"<= {p99} ms", middle["p99"] <= p99),
    ]


def _rate(measured):
    return f"{measured['rate']:,.0f}/s"


def _times(measured):
    return f"p50 {measured['p50']:.2f}, p99 {measured['p99']:.2f} ms"
