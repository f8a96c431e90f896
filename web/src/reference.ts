import "rapidoc/dist/rapidoc-min.js";
import "./style/base.css";
import "./style/reference.css";

import { byId } from "./dom";
import { startTheme, type Theme } from "./theme";

const colours: Record<Theme, Record<string, string>> = {
    light: { "bg-color": "#fbfaf7", "text-color": "#1c2027", "nav-bg-color": "#f3f0ea", "nav-text-color": "#3c424d", "nav-hover-bg-color": "#e8e2d8" },
    dark: { "bg-color": "#14171c", "text-color": "#e8e6e1", "nav-bg-color": "#1a1e25", "nav-text-color": "#b9bec8", "nav-hover-bg-color": "#262c36" },
};

// `load-fonts` off: the component would fetch its fonts from another server.
const settings: Record<string, string> = {
    "spec-url": "/openapi.json",
    "load-fonts": "false",
    "regular-font": "'Inter Variable', system-ui, sans-serif",
    "mono-font": "ui-monospace, 'Cascadia Code', 'DejaVu Sans Mono', monospace",
    "primary-color": "#e2521d",
    "render-style": "focused",
    "schema-style": "table",
    "show-header": "false",
    "allow-spec-url-load": "false",
    "allow-spec-file-load": "false",
    "allow-spec-file-download": "false",
    "allow-server-selection": "false",
    "show-method-in-nav-bar": "as-colored-text",
    "use-path-in-nav-bar": "true",
    "nav-item-spacing": "compact",
    "sort-tags": "false",
    "persist-auth": "false",
};

function start() {
    const reference = document.createElement("rapi-doc");
    const set = (values: Record<string, string>) => Object.entries(values).forEach(([name, value]) => reference.setAttribute(name, value));
    set(settings);
    startTheme((theme) => set({ ...colours[theme], theme }));
    reference.addEventListener("spec-loaded", () => (document.body.dataset.ready = "true"));
    byId("reference").append(reference);
}

start();
