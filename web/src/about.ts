import { type About, ask, Problem } from "./api";
import { byId, h } from "./dom";
import { countText, marketName } from "./format";

/** What each service is for; one that isn't listed shows its name alone. */
const purposes: Record<string, string> = {
    catalog: "Products, variants, categories",
    pricing: "Prices and tax by market and day",
    inventory: "Stock, reservations",
    discovery: "Search, lists, facets, suggestions",
    stores: "Markets, stores, opening hours",
    carts: "Carts and their totals",
    orders: "Checkout and orders",
    payments: "Invoice and prepayment",
    customers: "Accounts and sign-in",
    gateway: "REST, limits, documents",
};

async function alive(path: string): Promise<boolean> {
    try {
        const response = await fetch(path, { headers: { Accept: "application/json" } });
        return response.ok;
    } catch {
        return false;
    }
}

function showState(live: boolean, ready: boolean) {
    const state = byId("state");
    state.className = `eyebrow ${ready ? "ready" : live ? "starting" : "down"}`;
    state.lastElementChild!.textContent = ready ? "Running and ready" : live ? "Running, not ready yet" : "Not answering";
}

function showServices(about: About) {
    byId("services").replaceChildren(
        ...about.services.map((name) => h("li", {}, h("span", { class: "dot ready" }), h("strong", {}, name), h("small", {}, purposes[name] ?? ""))),
    );
}

function showMarkets(about: About, choose: (market: string) => void) {
    byId("markets").replaceChildren(
        ...about.markets.map((market) =>
            h(
                "button",
                { type: "button", class: "market", onclick: () => choose(market.code) },
                h("b", {}, market.code.toUpperCase()),
                h("span", {}, marketName(market.code)),
                h("small", {}, `${market.currency} · ${market.languages.join(", ")}`),
            ),
        ),
    );
}

/** Asks what runs here and shows it. Without an answer to /about there is no shop to show. */
export async function readAbout(choose: (market: string) => void): Promise<About> {
    const [live, ready] = await Promise.all([alive("/healthz"), alive("/readyz")]);
    showState(live, ready);
    const about = await ask<About>("/about");
    if (!about.markets?.length) throw new Problem(0, "No markets", "This server has no market yet: fill it with `kontor seed`.");
    const counts = [
        about.products && countText(about.products, "product", "products"),
        about.stores && countText(about.stores, "store", "stores"),
        countText(about.markets.length, "market", "markets"),
    ].filter(Boolean);
    byId("lead").textContent = `${new Intl.ListFormat("en").format(counts as string[])} behind one API: catalogue, prices, stock, search, carts and orders.`;
    byId("version").textContent = `${about.name} ${about.version}`;
    showServices(about);
    showMarkets(about, choose);
    return about;
}
