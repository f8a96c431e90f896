type Child = Node | string | number | null | undefined | false;

/** Makes an element. Attributes that start with `on` are listeners, `false` and null are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Record<string, unknown> = {},
    ...children: Child[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === false || value === null || value === undefined) continue;
        if (name.startsWith("on")) {
            element.addEventListener(name.slice(2), value as EventListener);
        } else {
            element.setAttribute(name, value === true ? "" : String(value));
        }
    }
    element.append(...children.filter((child) => child || child === 0).map(asNode));
    return element;
}

const asNode = (child: Child): Node | string => (child instanceof Node ? child : String(child));

/** The element of that id, which the page is known to have. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
    const element = document.getElementById(id);
    if (!element) throw new Error(`the page has no #${id}`);
    return element as T;
}

/** Waits until `pause_ms` have passed without another call; only the last call runs. */
export function debounced<A extends unknown[]>(run: (...args: A) => void, pause_ms: number) {
    let timer = 0;
    return (...args: A) => {
        clearTimeout(timer);
        timer = window.setTimeout(() => run(...args), pause_ms);
    };
}

/** Opens a sheet as a modal; a click beside it closes it. */
export function openSheet(sheet: HTMLDialogElement) {
    if (!sheet.open) sheet.showModal();
    sheet.onclick = (event) => {
        if (event.target === sheet) sheet.close();
    };
}

export const closeButton = (sheet: HTMLDialogElement) =>
    h("button", { class: "icon close", type: "button", "aria-label": "Close", onclick: () => sheet.close() });
