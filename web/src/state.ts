import type { About, Market } from "./api";

/** What the shopper has chosen; lives in the address, so that it can be shared and goes back. */
export interface View {
    market: string;
    language: string;
    q: string;
    sort: string;
    filters: [name: string, value: string][];
}

const fixed = new Set(["market", "language", "q", "sort"]);

export const view: View = { market: "de", language: "de", q: "", sort: "relevance", filters: [] };

export function readAddress() {
    const parameters = new URLSearchParams(location.search);
    view.market = parameters.get("market") ?? localStorage.getItem("kontor.market") ?? view.market;
    view.language = parameters.get("language") ?? "";
    view.q = parameters.get("q") ?? "";
    view.sort = parameters.get("sort") ?? "relevance";
    view.filters = [...parameters].filter(([name]) => !fixed.has(name));
}

export function writeAddress(push = true) {
    const parameters = new URLSearchParams({ market: view.market });
    if (view.language) parameters.set("language", view.language);
    if (view.q) parameters.set("q", view.q);
    if (view.sort !== "relevance") parameters.set("sort", view.sort);
    view.filters.forEach(([name, value]) => parameters.append(name, value));
    localStorage.setItem("kontor.market", view.market);
    const address = `${location.pathname}?${parameters}${location.hash}`;
    if (push) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
}

/** Keeps what was chosen within what the server has. */
export function settle(about: About): Market | undefined {
    const market = about.markets.find(({ code }) => code === view.market) ?? about.markets[0];
    if (!market) return undefined;
    view.market = market.code;
    if (!market.languages.includes(view.language)) view.language = market.languages[0] ?? "en";
    return market;
}

export const shopPath = (rest: string) => `/shop/${view.market}/${rest}`;
