import { onCall } from "./api";
import { byId, h } from "./dom";
import { placesOf } from "./product";
import { view } from "./state";

const calls_kept = 12;

function samples(): [title: string, path: string, command: string][] {
    const shop = `${location.origin}/shop/${view.market}`;
    const near = placesOf(view.market)[0][1];
    const get = (path: string) => `curl '${shop}/${path}'`;
    const search = `products?q=akkubohrschrauber&facets=brand,price&limit=3`;
    return [
        ["Search, with facets", search, get(search)],
        ["A typo is forgiven", "products?q=bohrhamer&limit=3", get("products?q=bohrhamer&limit=3")],
        ["Suggest while typing", "suggestions?q=wandf", get("suggestions?q=wandf")],
        ["Stores near a place", `stores?near=${near}&limit=3`, get(`stores?near=${near}&limit=3`)],
        ["The category tree", "categories", get("categories")],
        [
            "Open a cart",
            "",
            `curl -X POST '${shop}/carts' \\\n  -H 'Content-Type: application/json' \\\n  -H 'Idempotency-Key: 1f0c2b3a-5d6e-4f70-8a91-b2c3d4e5f607' \\\n  -d '{"lines":[{"sku":"1000001-01","quantity":"2"}]}'`,
        ],
    ];
}

async function copy(button: HTMLButtonElement, text: string) {
    try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
    } catch {
        button.textContent = "Select it";
    }
    setTimeout(() => (button.textContent = "Copy"), 1500);
}

export function showSamples() {
    byId("samples").replaceChildren(
        ...samples().map(([title, path, command]) => {
            const button = h("button", { type: "button", class: "link", "aria-label": `Copy: ${title}` }, "Copy");
            button.addEventListener("click", () => void copy(button, command));
            return h(
                "article",
                { class: "sample" },
                h("header", {}, h("h3", {}, title), path && h("a", { href: `/shop/${view.market}/${path}` }, "Open"), button),
                h("pre", { tabindex: "0", "aria-label": title }, h("code", {}, command)),
            );
        }),
    );
}

/** Lists the page's own requests, the latest first. */
export function startWire() {
    const list = byId("wire");
    onCall(({ method, path, status, took_ms }) => {
        list.prepend(
            h("li", { class: status < 400 ? "" : "bad" }, h("b", {}, method), h("code", {}, decodeURIComponent(path)), h("span", {}, `${status} · ${took_ms.toFixed(0)} ms`)),
        );
        while (list.children.length > calls_kept) list.lastElementChild?.remove();
    });
}
