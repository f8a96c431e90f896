// Checks the built pages against the stand-in server, and that the check can fail.
import assert from "node:assert/strict";

import { startMock } from "../dev/mock.mjs";
import { products } from "../dev/products.mjs";
import { check } from "./check.mjs";

async function failuresWith(options, patience_ms) {
    const mock = await startMock(options);
    try {
        return await check(mock.origin, patience_ms);
    } finally {
        mock.stop();
    }
}

assert.deepEqual(await failuresWith({}), []);

const leaking = products.map((product) => ({
    ...product,
    variants: product.variants.map((variant) => ({ ...variant, picture: "//pictures.invalid/drill.svg" })),
}));
const caught = await failuresWith({ products: leaking }, 10_000);
assert.ok(caught.some((failure) => failure.includes("left the origin")), "a picture from elsewhere went unnoticed");
console.log("the pages hold, and a picture from elsewhere is caught");
