import { ask, type Suggestion } from "./api";
import { byId, debounced, h } from "./dom";
import { shopPath, view } from "./state";

const kinds = { product: "Product", category: "Category", brand: "Brand" };

/** The search box with its suggestions: a combobox as the ARIA Authoring Practices describe it. */
export function startSearch(search: (text: string) => void, choose: (suggestion: Suggestion) => void) {
    const input = byId<HTMLInputElement>("query");
    const list = byId("suggestions");
    let items: Suggestion[] = [];
    let active = -1;
    let typing = false;
    let pending: AbortController | undefined;

    const close = () => {
        pending?.abort();
        typing = false;
        list.hidden = true;
        active = -1;
        input.setAttribute("aria-expanded", "false");
        input.removeAttribute("aria-activedescendant");
    };
    const pick = (suggestion: Suggestion) => {
        close();
        choose(suggestion);
    };
    const mark = (index: number) => {
        active = index;
        list.querySelectorAll("li").forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
        if (index >= 0) input.setAttribute("aria-activedescendant", `suggestion-${index}`);
    };
    const show = () => {
        list.replaceChildren(
            ...items.map((item, index) =>
                h(
                    "li",
                    { id: `suggestion-${index}`, role: "option", "aria-selected": "false", onmousedown: (event: Event) => event.preventDefault(), onclick: () => pick(item) },
                    h("span", {}, item.text),
                    h("small", {}, kinds[item.kind]),
                ),
            ),
        );
        list.hidden = items.length === 0;
        input.setAttribute("aria-expanded", String(items.length > 0));
    };
    const suggest = debounced(async (text: string) => {
        if (!typing) return;
        pending?.abort();
        pending = new AbortController();
        if (text.trim().length < 2) return close();
        try {
            const path = shopPath(`suggestions?${new URLSearchParams({ q: text })}`);
            const answer = await ask<{ items: Suggestion[] }>(path, { language: view.language, signal: pending.signal });
            items = answer.items.slice(0, 8);
            active = -1;
            show();
        } catch {
            close(); // Suggestions are a courtesy: the search itself says what is wrong.
        }
    }, 90);

    input.addEventListener("input", () => {
        typing = true;
        suggest(input.value);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
        if (event.key === "Escape") return close();
        if (list.hidden || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
        event.preventDefault();
        mark((active + (event.key === "ArrowDown" ? 1 : items.length) + (active < 0 && event.key === "ArrowUp" ? 1 : 0)) % items.length);
    });
    byId("search").addEventListener("submit", (event) => {
        event.preventDefault();
        if (active >= 0 && items[active]) return pick(items[active]);
        close();
        search(input.value.trim());
    });
}
