import "./style/base.css";
import "./style/page.css";
import "./style/sheets.css";

import { readAbout } from "./about";
import { type About, ask, type Product, type Suggestion } from "./api";
import { readCart } from "./cart";
import { addToCart, startCheckout } from "./checkout";
import { byId, h } from "./dom";
import { marketName, pictureOf } from "./format";
import { load, startListing } from "./listing";
import { problemCard } from "./problem";
import { openProduct } from "./product";
import { showSamples, startWire } from "./samples";
import { startSearch } from "./search";
import { readAddress, settle, shopPath, view, writeAddress } from "./state";
import { startTheme } from "./theme";

const examples = ["akkubohrschrauber", "wandfarbe", "laminat eiche", "nym", "gartenschlauch"];
const collage_size = 9;
let about: About;

const open = (product: Product) => void openProduct(product, { add: addToCart });

function changed() {
    writeAddress();
    void load();
}

function search(text: string, filters: [string, string][] = []) {
    view.q = text;
    view.filters = filters;
    view.sort = "relevance";
    byId<HTMLInputElement>("query").value = text;
    changed();
    byId("results").scrollIntoView({ block: "start" });
}

async function choose(suggestion: Suggestion) {
    if (suggestion.kind === "product" && suggestion.slug) {
        return open(await ask<Product>(shopPath(`products/${suggestion.slug}`), { language: view.language }));
    }
    if (suggestion.kind === "product") return search(suggestion.text);
    search("", [[suggestion.kind, suggestion.slug ?? suggestion.text]]);
}

function showChoices() {
    const market = settle(about);
    const language = byId<HTMLSelectElement>("language");
    byId<HTMLSelectElement>("market").value = view.market;
    language.replaceChildren(...(market?.languages ?? []).map((code) => h("option", { value: code }, code.toUpperCase())));
    language.value = view.language;
    document.querySelectorAll<HTMLElement>(".market").forEach((button) => {
        button.setAttribute("aria-pressed", String(button.querySelector("b")?.textContent === view.market.toUpperCase()));
    });
}

/** Everything that depends on the market, anew. */
async function showMarket(code: string) {
    view.market = code;
    view.filters = [];
    showChoices();
    showSamples();
    writeAddress();
    await Promise.all([load(), readCart()]);
}

async function showCollage() {
    const list = await ask<{ items: Product[] }>(shopPath(`products?limit=${collage_size}`), { language: view.language });
    const pictures = list.items.map((product) => pictureOf(product)).filter((picture) => picture !== undefined);
    byId("collage").replaceChildren(...pictures.slice(0, collage_size).map((picture) => h("img", { src: picture, alt: "", width: 160, height: 160 })));
}

function startChoices() {
    const market = byId<HTMLSelectElement>("market");
    market.replaceChildren(...about.markets.map(({ code }) => h("option", { value: code }, marketName(code))));
    market.addEventListener("change", () => void showMarket(market.value));
    byId<HTMLSelectElement>("language").addEventListener("change", (event) => {
        view.language = (event.target as HTMLSelectElement).value;
        changed();
    });
    byId("hints").replaceChildren(
        "For example ",
        ...examples.map((text) => h("button", { type: "button", class: "link", onclick: () => search(text) }, text)),
    );
    addEventListener("popstate", () => {
        readAddress();
        showChoices();
        byId<HTMLInputElement>("query").value = view.q;
        void load();
    });
}

async function start() {
    startTheme();
    startWire();
    readAddress();
    try {
        about = await readAbout((code) => {
            void showMarket(code);
            byId("results").scrollIntoView({ block: "start" });
        });
    } catch (error) {
        byId("list-problem").replaceChildren(problemCard(error, () => location.reload()));
        return;
    }
    startListing({ open, changed });
    startSearch(search, (suggestion) => void choose(suggestion));
    startCheckout();
    startChoices();
    showChoices();
    byId<HTMLInputElement>("query").value = view.q;
    showSamples();
    writeAddress(false);
    await Promise.all([load(), readCart(), showCollage().catch(() => {})]);
    document.body.dataset.ready = "true";
}

void start();
