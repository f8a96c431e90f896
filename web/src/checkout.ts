import { ask, type CartLine, type Order, type Totals, uuid } from "./api";
import { addToCart, cartToken, currentCart, forgetCart, putAddresses, putDelivery, putPayment, removeLine, setQuantity } from "./cart";
import { byId, closeButton, h, openSheet } from "./dom";
import { labelOf, moneyText } from "./format";
import { problemCard } from "./problem";
import { placesOf } from "./product";
import { shopPath, view } from "./state";

export { addToCart };

/** An invented buyer, so that the flow can be tried without typing. */
const buyer = () => ({
    given_name: "Kim",
    family_name: "Beispiel",
    street: "Werkstraße 7",
    postal_code: "68159",
    city: placesOf(view.market)[0][0],
    email: "kim@example.org",
});
const labels: Record<string, string> = {
    given_name: "Given name", family_name: "Family name", street: "Street", postal_code: "Postal code", city: "City", email: "E-mail",
};
const autocomplete: Record<string, string> = {
    given_name: "given-name", family_name: "family-name", street: "street-address", postal_code: "postal-code", city: "address-level2", email: "email",
};

const sheet = () => byId<HTMLDialogElement>("cart");
const note = h("div", { "aria-live": "polite" });

/** Runs a change of the cart, then shows the cart anew or what was refused. */
async function run(change: () => Promise<unknown>) {
    try {
        await change();
        note.replaceChildren();
        showCart();
    } catch (error) {
        note.replaceChildren(problemCard(error));
    }
}

function lineRow(line: CartLine): HTMLElement {
    const input = h("input", { type: "number", min: "0", step: "any", value: line.quantity, "aria-label": `Quantity of ${line.name}` });
    input.addEventListener("change", () => void run(() => setQuantity(line.id, input.value)));
    return h(
        "li",
        {},
        h("span", { class: "what" }, h("strong", { lang: view.language }, line.name), h("small", {}, line.sku)),
        input,
        h("span", { class: "sum" }, moneyText(line.total, view.language)),
        h("button", { type: "button", class: "icon remove", "aria-label": `Remove ${line.name}`, onclick: () => void run(() => removeLine(line.id)) }),
    );
}

function totals(total: Totals): HTMLElement {
    const row = (name: string, text: string, css = "") => h("div", { class: css }, h("dt", {}, name), h("dd", {}, text));
    const taxes = total.taxes.map(({ rate, amount }) =>
        row(`VAT ${new Intl.NumberFormat(view.language, { maximumFractionDigits: 2 }).format(Number(rate))} %`, moneyText(amount, view.language)),
    );
    return h("dl", { class: "totals" }, row("Net", moneyText(total.net, view.language)), ...taxes, row("Total", moneyText(total.gross, view.language), "all"));
}

async function place(form: HTMLFormElement, key: string) {
    const data = new FormData(form);
    const entries = Object.keys(labels).map((name) => [name, String(data.get(name) ?? "")]);
    const address = { ...Object.fromEntries(entries), country: view.market.toUpperCase() };
    await putAddresses({ shipping: address, billing: address });
    await putDelivery("standard");
    const ready = await putPayment(String(data.get("payment")));
    const body = { cart_id: ready.id, cart_version: ready.version };
    const order = await ask<Order>(shopPath("orders"), { method: "POST", body, token: cartToken(), key });
    const token = cartToken();
    forgetCart();
    showOrder(await ask<Order>(shopPath(`orders/${order.id}`), { token }));
}

function checkoutForm(): HTMLElement {
    // One key for this attempt: pressing again after a lost answer can't order twice.
    const key = uuid();
    const fields = Object.entries(buyer()).map(([name, value]) =>
        h("label", { class: name }, h("span", {}, labels[name]), h("input", { name, value, required: true, type: name === "email" ? "email" : "text", autocomplete: autocomplete[name] })),
    );
    const button = h("button", { type: "submit", class: "primary" }, "Place order");
    const form = h(
        "form",
        { class: "checkout" },
        h("h3", {}, "Deliver to"),
        h("div", { class: "fields" }, ...fields),
        h(
            "fieldset",
            {},
            h("legend", {}, "Pay by"),
            h("label", {}, h("input", { type: "radio", name: "payment", value: "prepayment", checked: true }), " Prepayment"),
            h("label", {}, h("input", { type: "radio", name: "payment", value: "invoice" }), " Invoice"),
        ),
        button,
    );
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        button.disabled = true;
        try {
            await place(form, key);
        } catch (error) {
            note.replaceChildren(problemCard(error));
        }
        button.disabled = false;
    });
    return form;
}

function showOrder(order: Order) {
    sheet().replaceChildren(
        closeButton(sheet()),
        h(
            "div",
            { class: "ordered" },
            h("span", { class: "tick", "aria-hidden": "true" }),
            h("h2", {}, "Ordered."),
            h("p", { class: "number", id: "order-number" }, order.number),
            h("p", { class: "quiet" }, `${labelOf(order.status)}${order.payment?.reference ? `. Reference for the transfer: ${order.payment.reference}` : ""}`),
            totals(order.total),
            h("p", { class: "quiet" }, "Stock was reserved all or none, the order placed once under its idempotency key."),
            h("button", { type: "button", class: "primary", onclick: () => sheet().close() }, "Back to the shop"),
        ),
    );
}

function showCart() {
    const cart = currentCart();
    const lines = cart?.lines ?? [];
    const empty = h("p", { class: "quiet" }, "Nothing in it yet. Open a product and add it.");
    sheet().replaceChildren(
        closeButton(sheet()),
        h("h2", {}, "Cart"),
        ...(cart && lines.length > 0 ? [h("ul", { class: "lines" }, ...lines.map(lineRow)), totals(cart.total), note, checkoutForm()] : [empty, note]),
    );
}

export function startCheckout() {
    byId("cart-open").addEventListener("click", () => {
        note.replaceChildren();
        showCart();
        openSheet(sheet());
    });
}
