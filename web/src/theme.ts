import { byId } from "./dom";

export type Theme = "light" | "dark";
const key = "kontor.theme";

const system = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
export const theme = (): Theme => (localStorage.getItem(key) as Theme | null) ?? system();

function apply() {
    document.documentElement.dataset.theme = theme();
}

/** Follows the system until the button is pressed; `changed` runs at once and with each change. */
export function startTheme(changed: (theme: Theme) => void = () => {}) {
    const update = () => {
        apply();
        changed(theme());
    };
    byId("theme").addEventListener("click", () => {
        localStorage.setItem(key, theme() === "dark" ? "light" : "dark");
        update();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update);
    update();
}
