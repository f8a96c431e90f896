import { ask, type Cart, type Variant } from "./api";
import { byId } from "./dom";
import { shopPath, view } from "./state";

/** What opens the cart of a market again after the page was closed. */
interface Held {
    id: string;
    token: string;
}
const key = () => `kontor.cart.${view.market}`;
const held = (): Held | undefined => JSON.parse(localStorage.getItem(key()) ?? "null") ?? undefined;

let cart: Cart | undefined;
export const currentCart = () => cart;
export const cartToken = () => held()?.token ?? "";

function keep(answer: Cart): Cart {
    if (answer.token) localStorage.setItem(key(), JSON.stringify({ id: answer.id, token: answer.token }));
    cart = answer;
    showCount();
    return answer;
}

export function forgetCart() {
    localStorage.removeItem(key());
    cart = undefined;
    showCount();
}

function showCount() {
    byId("cart-count").textContent = String(cart?.lines.length ?? 0);
}

const change = async (method: string, rest: string, body?: unknown) =>
    keep(await ask<Cart>(shopPath(`carts/${held()?.id}${rest}`), { method, body, token: cartToken(), language: view.language }));

/** Reads the cart of this market; one that is gone is forgotten. */
export async function readCart() {
    cart = undefined;
    showCount();
    if (!held()) return;
    try {
        await change("GET", "");
    } catch {
        forgetCart();
    }
}

export async function addToCart(variant: Variant, quantity: string) {
    const line = { sku: variant.sku, quantity };
    if (held()) {
        await change("POST", "/lines", line);
    } else {
        keep(await ask<Cart>(shopPath("carts"), { method: "POST", body: { lines: [line] }, language: view.language }));
    }
}

export const setQuantity = (line: string, quantity: string) => change("PATCH", `/lines/${line}`, { quantity });
export const removeLine = async (line: string) => {
    const answer = await ask<Cart | undefined>(shopPath(`carts/${held()?.id}/lines/${line}`), { method: "DELETE", token: cartToken(), language: view.language });
    if (answer) keep(answer);
    else await change("GET", "");
};
export const putAddresses = (addresses: unknown) => change("PUT", "/addresses", addresses);
export const putDelivery = (method: string) => change("PUT", "/delivery", { method });
export const putPayment = (method: string) => change("PUT", "/payment", { method });
