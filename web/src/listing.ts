import { ask, type Facet, type Product, type ProductList } from "./api";
import { byId, h } from "./dom";
import { countText, labelOf, moneyText, pictureOf, unitPriceText } from "./format";
import { problemCard } from "./problem";
import { shopPath, view } from "./state";

const page = 24;
const facet_values_shown = 8;
const facets_wanted = "category,brand,price";

interface Actions {
    open: (product: Product) => void;
    changed: () => void;
}
let actions: Actions;
let next: string | undefined;
let loading: AbortController | undefined;

export function startListing(wanted: Actions) {
    actions = wanted;
    byId("more").addEventListener("click", () => void load(true));
    byId<HTMLSelectElement>("sort").addEventListener("change", (event) => {
        view.sort = (event.target as HTMLSelectElement).value;
        actions.changed();
    });
}

export function toggleFilter(name: string, value: string) {
    const had = view.filters.some(([n, v]) => n === name && v === value);
    // A category or a price range replaces the one before; brands and attributes add up.
    const single = name === "category" || name === "price";
    view.filters = view.filters.filter(([n, v]) => (single ? n !== name : n !== name || v !== value));
    if (!had) view.filters.push([name, value]);
    actions.changed();
}

/** Values of one filter are alternatives and go as one parameter, separated by commas. */
export function listParameters(): URLSearchParams {
    const parameters = new URLSearchParams();
    if (view.q) parameters.set("q", view.q);
    for (const [name, value] of view.filters) {
        const before = parameters.get(name);
        parameters.set(name, before ? `${before},${value}` : value);
    }
    if (view.sort !== "relevance") parameters.set("sort", view.sort);
    return parameters;
}

function fact(product: Product): string {
    const count = product.variants.length;
    if (count > 1) return countText(count, "variant", "variants");
    return unitPriceText(product.variants[0], view.language);
}

function availabilityText(product: Product): [text: string, css: string] {
    const all = product.variants.map(({ availability }) => availability).filter((known) => known !== undefined);
    const stores = Math.max(0, ...all.map(({ stores }) => stores));
    const online = all.some((known) => known.online);
    if (!online && stores === 0) return ["Sold out", "out"];
    const places = stores > 0 ? `in ${countText(stores, "store", "stores")}` : "";
    return [[online ? "Online" : "", places].filter(Boolean).join(" and "), "in"];
}

function card(product: Product): HTMLElement {
    const prices = product.variants.map(({ price }) => price).filter((price) => price !== undefined);
    const lowest = prices.length ? prices.reduce((a, b) => (Number(a.amount) <= Number(b.amount) ? a : b)) : undefined;
    const [stock, css] = availabilityText(product);
    const picture = pictureOf(product);
    const differ = prices.some(({ amount }) => amount !== lowest?.amount);
    return h(
        "li",
        {},
        h(
            "button",
            { type: "button", class: "card", onclick: () => actions.open(product) },
            h("span", { class: "shot" }, picture ? h("img", { src: picture, alt: "", loading: "lazy", width: 240, height: 240 }) : null),
            product.brand && !product.name.startsWith(product.brand) && h("span", { class: "maker" }, product.brand),
            h("span", { class: "title", lang: view.language }, product.name),
            h("span", { class: "fact" }, fact(product)),
            h("span", { class: "price" }, differ ? h("small", {}, "from ") : null, moneyText(lowest, view.language)),
            h("span", { class: `stock ${css}` }, stock),
        ),
    );
}

function valueText(facet: Facet, value: string, label?: string): string {
    if (facet.name !== "price" || label) return label ?? labelOf(value);
    const [low, high] = value.split("..");
    return high ? `${low} to ${high}` : `from ${low}`;
}

function facetGroup(facet: Facet): HTMLElement | null {
    const values = facet.values.filter(({ count }) => count > 0);
    if (values.length === 0) return null;
    const row = ({ value, label, count }: Facet["values"][number]) => {
        const on = view.filters.some(([name, chosen]) => name === facet.name && chosen === value);
        return h(
            "li",
            {},
            h(
                "button",
                { type: "button", "aria-pressed": String(on), onclick: () => toggleFilter(facet.name, value) },
                h("span", {}, valueText(facet, value, label)),
                h("small", {}, new Intl.NumberFormat("en").format(count)),
            ),
        );
    };
    const rest = values.slice(facet_values_shown);
    return h(
        "section",
        {},
        h("h3", {}, labelOf(facet.name, facet.label)),
        h("ul", {}, ...values.slice(0, facet_values_shown).map(row)),
        rest.length > 0 && h("details", {}, h("summary", {}, `${rest.length} more`), h("ul", {}, ...rest.map(row))),
    );
}

function showChips() {
    const chip = (text: string, remove: () => void) =>
        h("button", { type: "button", class: "chip", "aria-label": `Remove ${text}`, onclick: remove }, text);
    byId("chips").replaceChildren(
        ...(view.q ? [chip(`“${view.q}”`, () => ((view.q = ""), (byId<HTMLInputElement>("query").value = ""), actions.changed()))] : []),
        ...view.filters.map(([name, value]) => chip(`${labelOf(name)}: ${labelOf(value)}`, () => toggleFilter(name, value))),
    );
}

/** What was searched, where it isn't quite what was asked. */
function noteText(list: ProductList): string {
    if (list.corrected_to) return `Searched for “${list.corrected_to}”.`;
    return list.relaxed ? "Nothing has all these words; these have most of them." : "";
}

function showHead(list: ProductList) {
    const what = view.q ? ` for “${view.q}”` : "";
    byId("found-title").textContent = list.total === 0 ? `Nothing found${what}` : `${countText(list.total, "product", "products")}${what}`;
    byId("found-note").textContent = noteText(list);
    const groups = (list.facets ?? []).map(facetGroup).filter((group) => group !== null);
    byId("facets").replaceChildren(...groups);
    byId("facets").hidden = groups.length === 0;
}

/** Loads the list that the view asks for, or its next page. */
export async function load(further = false) {
    loading?.abort();
    loading = new AbortController();
    const grid = byId("grid");
    const slot = byId("list-problem");
    const parameters = listParameters();
    parameters.set("facets", facets_wanted);
    parameters.set("limit", String(page));
    if (further && next) parameters.set("cursor", next);
    byId<HTMLSelectElement>("sort").value = view.sort;
    grid.classList.toggle("busy", !further);
    grid.setAttribute("aria-busy", "true");
    if (!further) showChips();
    try {
        const list = await ask<ProductList>(shopPath(`products?${parameters}`), { language: view.language, signal: loading.signal });
        slot.replaceChildren();
        next = list.next;
        if (further) {
            grid.append(...list.items.map(card));
        } else {
            grid.replaceChildren(...list.items.map(card));
            showHead(list);
        }
        byId("more").hidden = !next;
    } catch (error) {
        if ((error as Error).name === "AbortError") return;
        slot.replaceChildren(problemCard(error, () => void load(further)));
    }
    grid.classList.remove("busy");
    grid.setAttribute("aria-busy", "false");
}
