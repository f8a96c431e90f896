import { ask, type Product, type StoreStock, type Variant } from "./api";
import { byId, closeButton, h, openSheet } from "./dom";
import { attributeText, distanceText, labelOf, moneyText, pictureOf, unitPriceText, unitText } from "./format";
import { problemCard } from "./problem";
import { shopPath, view } from "./state";

/** Where a shopper may stand, a city in every market. */
const places: Record<string, [name: string, position: string][]> = {
    de: [["Mannheim", "49.49,8.47"], ["Berlin", "52.52,13.40"], ["Hamburg", "53.55,9.99"], ["München", "48.14,11.58"]],
    at: [["Wien", "48.21,16.37"], ["Graz", "47.07,15.44"]],
    ch: [["Zürich", "47.38,8.54"], ["Genève", "46.20,6.14"]],
    it: [["Milano", "45.46,9.19"], ["Roma", "41.90,12.50"]],
    fr: [["Paris", "48.86,2.35"], ["Lyon", "45.76,4.84"]],
    es: [["Madrid", "40.42,-3.70"], ["Barcelona", "41.39,2.17"]],
    pt: [["Lisboa", "38.72,-9.14"]],
    nl: [["Amsterdam", "52.37,4.89"], ["Utrecht", "52.09,5.12"]],
    be: [["Bruxelles", "50.85,4.35"]],
    lu: [["Luxembourg", "49.61,6.13"]],
    dk: [["København", "55.68,12.57"]],
    se: [["Stockholm", "59.33,18.07"], ["Göteborg", "57.71,11.97"]],
    no: [["Oslo", "59.91,10.75"]],
    fi: [["Helsinki", "60.17,24.94"]],
    is: [["Reykjavík", "64.15,-21.94"]],
    pl: [["Warszawa", "52.23,21.01"]],
    cz: [["Praha", "50.08,14.44"]],
    sk: [["Bratislava", "48.15,17.11"]],
    hu: [["Budapest", "47.50,19.04"]],
};
export const placesOf = (market: string) => places[market] ?? places.de;

interface Actions {
    add: (variant: Variant, quantity: string) => Promise<void>;
}

function storeRow({ store, available }: StoreStock): HTMLElement {
    const left = Number(available);
    return h(
        "li",
        {},
        h("span", { class: `pin ${left > 0 ? "in" : "out"}` }),
        h(
            "span",
            { class: "where" },
            h("strong", {}, store.name),
            h("small", {}, [distanceText(store.distance_m, "en"), store.opening_hours].filter(Boolean).join(" · ")),
        ),
        h("span", { class: "left" }, left > 0 ? `${new Intl.NumberFormat("en").format(left)} there` : "none left"),
    );
}

function nearestStores(product: Product, variant: () => Variant) {
    const list = h("ul", { class: "stores" });
    const select = h("select", { "aria-label": "Near" }, ...placesOf(view.market).map(([name, position]) => h("option", { value: position }, name)));
    const refresh = async () => {
        const parameters = new URLSearchParams({ near: select.value, sku: variant().sku, limit: "5" });
        try {
            const path = shopPath(`products/${encodeURIComponent(product.id)}/availability?${parameters}`);
            const answer = await ask<{ items: StoreStock[] }>(path);
            list.replaceChildren(...answer.items.slice(0, 5).map(storeRow));
            if (answer.items.length === 0) list.replaceChildren(h("li", { class: "quiet" }, "No store near here has it."));
        } catch (error) {
            list.replaceChildren(h("li", {}, problemCard(error, () => void refresh())));
        }
    };
    const here = h(
        "button",
        {
            type: "button",
            class: "link",
            onclick: () =>
                navigator.geolocation?.getCurrentPosition(({ coords }) => {
                    const position = `${coords.latitude.toFixed(4)},${coords.longitude.toFixed(4)}`;
                    select.append(h("option", { value: position, selected: true }, "My place"));
                    void refresh();
                }),
        },
        "use my place",
    );
    select.addEventListener("change", () => void refresh());
    const box = h("section", { class: "near" }, h("h3", {}, "Where it lies, near ", select, " ", here), list);
    return { box, refresh };
}

function variantText(variant: Variant): string {
    const texts = (variant.attributes ?? []).map(attributeText);
    return texts.join(", ") || variant.sku;
}

function facts(product: Product, variant: Variant): HTMLElement {
    const rows = [...(product.attributes ?? []), ...(variant.attributes ?? [])].map((attribute) =>
        h("div", {}, h("dt", { lang: view.language }, labelOf(attribute.name, attribute.label)), h("dd", { lang: view.language }, attributeText(attribute))),
    );
    if (product.brand) rows.unshift(h("div", {}, h("dt", {}, "Brand"), h("dd", {}, product.brand)));
    rows.push(h("div", {}, h("dt", {}, "SKU"), h("dd", {}, variant.sku)));
    if (variant.gtin) rows.push(h("div", {}, h("dt", {}, "GTIN"), h("dd", {}, variant.gtin)));
    return h("dl", {}, ...rows);
}

/** One variant's price and the way into the cart. */
function buyBox(variant: Variant, add: Actions["add"]): HTMLElement {
    const step = variant.step ?? "1";
    const quantity = h("input", { type: "number", min: variant.minimum ?? step, step, value: variant.minimum ?? "1", "aria-label": "Quantity", inputmode: "decimal" });
    const answer = h("div", { class: "answer", "aria-live": "polite" });
    const button = h("button", { type: "submit", class: "primary" }, "Add to cart");
    const unit = variant.sales_unit && variant.sales_unit !== "C62" ? unitText(variant.sales_unit) : "";
    const submit = async (event: Event) => {
        event.preventDefault();
        button.disabled = true;
        try {
            await add(variant, quantity.value);
            answer.replaceChildren(h("p", { class: "done" }, "In the cart."));
        } catch (error) {
            answer.replaceChildren(problemCard(error));
        }
        button.disabled = false;
    };
    return h(
        "form",
        { class: "buy", onsubmit: submit },
        h(
            "p",
            { class: "price" },
            moneyText(variant.price, view.language),
            unit && h("small", {}, ` per ${unit}`),
            variant.list_price && h("s", {}, moneyText(variant.list_price, view.language)),
            h("small", { class: "unit" }, unitPriceText(variant, view.language)),
            // Directive (EU) 2019/2161: a reduction names the lowest price of the 30 days before it.
            variant.lowest_30_days && h("small", { class: "unit" }, `Lowest in 30 days: ${moneyText(variant.lowest_30_days, view.language)}`),
        ),
        h("div", { class: "row" }, quantity, unit && h("span", {}, unit), button),
        answer,
    );
}

/** Shows a product; what the list already knows at once, the rest when it has come. */
export async function openProduct(known: Product, actions: Actions) {
    const sheet = byId<HTMLDialogElement>("product");
    let product = known;
    let chosen = known.variants[0];
    const stores = nearestStores(known, () => chosen);
    const show = () => {
        const picture = pictureOf(product, chosen);
        const path = (product.category_path ?? []).map(({ name }) => name);
        const pick = (variant: Variant) => {
            chosen = variant;
            show();
            void stores.refresh();
        };
        const options = product.variants.map((variant) =>
            h("button", { type: "button", "aria-pressed": String(variant.sku === chosen.sku), lang: view.language, onclick: () => pick(variant) }, variantText(variant)),
        );
        sheet.replaceChildren(
            closeButton(sheet),
            h("div", { class: "product-grid" },
                h("div", { class: "product-side" },
                    h("div", { class: "shot large" }, picture ? h("img", { src: picture, alt: product.name, width: 480, height: 480 }) : null),
                    stores.box,
                ),
                h("div", { class: "product-main" },
                    h("p", { class: "crumbs", lang: view.language }, path.join(" / ")),
                    h("h2", { lang: view.language }, product.name),
                    options.length > 1 && h("div", { class: "options", role: "group", "aria-label": "Variants" }, ...options),
                    chosen && buyBox(chosen, actions.add),
                    h("section", { class: "about-product" },
                        h("h3", {}, "Details"),
                        product.description ? h("p", { lang: view.language }, product.description) : null,
                        chosen && facts(product, chosen),
                        h("p", { class: "quiet" }, h("a", { href: shopPath(`products/${product.slug}`) }, "This product as JSON")),
                    ),
                ),
            ),
        );
    };
    show();
    openSheet(sheet);
    void stores.refresh();
    try {
        product = await ask<Product>(shopPath(`products/${encodeURIComponent(known.id)}`), { language: view.language });
        chosen = product.variants.find(({ sku }) => sku === chosen?.sku) ?? product.variants[0];
        show();
    } catch (error) {
        sheet.append(problemCard(error));
    }
}
