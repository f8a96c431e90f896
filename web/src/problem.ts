import { Problem } from "./api";
import { h } from "./dom";

/** Shows what the server refused, in its own words. */
export function problemCard(error: unknown, retry?: () => void): HTMLElement {
    const problem = error instanceof Problem ? error : new Problem(0, "Something went wrong here", String(error));
    return h(
        "div",
        { class: "problem", role: "alert" },
        h("strong", {}, problem.title || "Not possible"),
        problem.status > 0 && h("span", { class: "status" }, problem.status),
        h("p", {}, problem.detail),
        problem.errors.length > 0 &&
            h("ul", {}, ...problem.errors.map((error) => h("li", {}, h("code", {}, error.pointer ?? ""), ` ${error.detail ?? ""}`))),
        retry && h("button", { type: "button", onclick: retry }, "Try again"),
    );
}
