// Walks the pages of a running Kontor as a shopper does: npm run check -- http://127.0.0.1:8080
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

import { startBrowser, watchedPage } from "./browser.mjs";

// Long, for machines that are busy with other tests.
const default_patience_ms = 60_000;
const ready = "body[data-ready=true]";

/** Waits until `holds`, run in the page, is true. Asked from outside again and again, since what waits
 * inside the page would need the eval that its Content-Security-Policy forbids. */
async function until(page, holds) {
    const end = Date.now() + default_patience_ms;
    while (!(await page.evaluate(holds))) {
        if (Date.now() > end) throw new Error(`never held: ${holds}`);
        await new Promise((resume) => setTimeout(resume, 20));
    }
}

const steps = {
    async "the start page shows services, markets and products with pictures"(page, origin) {
        await page.goto(`${origin}/`);
        await page.waitForSelector(ready);
        assert.match(await page.textContent("#state"), /ready/);
        assert.ok((await page.locator("#services li").count()) > 0, "no service is listed");
        assert.ok((await page.locator("#markets button").count()) > 0, "no market is listed");
        await page.waitForSelector("#grid li");
        const shown = await page.locator("#grid img").first();
        await shown.scrollIntoViewIfNeeded();
        await until(page, () => document.querySelector("#grid img")?.naturalWidth > 0);
    },
    async "suggestions come while typing, and a search finds products"(page) {
        await page.fill("#query", "bohr");
        await page.waitForSelector("#suggestions li");
        await page.fill("#query", "akkubohrschrauber");
        await page.press("#query", "Enter");
        await until(page, () => /akkubohrschrauber/.test(document.querySelector("#found-title").textContent));
        assert.match(await page.textContent("#found-title"), /^[\d,]+ products? for/);
        assert.match(await page.textContent("#grid .title >> nth=0"), /bohrschrauber/i);
    },
    async "a facet narrows the list and its chip widens it again"(page) {
        const total = () => page.$eval("#found-title", (title) => Number(title.textContent.match(/^[\d,]+/)[0].replaceAll(",", "")));
        await page.click("#chips .chip");
        await until(page, () => document.querySelectorAll("#facets section").length > 0);
        await page.waitForSelector("#grid[aria-busy=false]");
        const before = await total();
        await page.click("#facets section:last-of-type li button");
        await page.waitForSelector("#chips .chip");
        await page.waitForSelector("#grid[aria-busy=false]");
        const narrowed = await total();
        assert.ok(narrowed > 0 && narrowed <= before, `${narrowed} of ${before}`);
        await page.click("#chips .chip");
        await page.waitForSelector("#grid[aria-busy=false]");
    },
    async "a product shows its price and the nearest stores that have it"(page) {
        await page.click("#grid .card >> nth=0");
        await page.waitForSelector("#product[open] .buy .price");
        await page.waitForSelector("#product .stores .where");
        assert.match(await page.textContent("#product .buy .price"), /\d/);
        assert.match(await page.textContent("#product .stores .where small"), /k?m/);
    },
    async "what is refused is said in the server's words"(page) {
        await page.evaluate(() => document.querySelector("#product .buy").setAttribute("novalidate", ""));
        await page.fill("#product .buy input", "1000000");
        await page.click("#product .buy .primary");
        await page.waitForSelector("#product .problem .status");
        const text = await page.textContent("#product .problem");
        assert.match(text, /4\d\d/);
    },
    async "the cart is filled and ordered"(page) {
        const minimum = await page.getAttribute("#product .buy input", "min");
        await page.fill("#product .buy input", minimum);
        await page.click("#product .buy .primary");
        await page.waitForSelector("#product .done");
        await page.click("#product .close");
        assert.equal((await page.textContent("#cart-count")).trim(), "1");
        await page.click("#cart-open");
        await page.waitForSelector("#cart .lines li");
        assert.match(await page.textContent("#cart .totals"), /Net.*Total/s);
        await page.click("#cart .checkout .primary");
        await page.waitForSelector("#order-number");
        assert.match(await page.textContent("#order-number"), /\d/);
        await page.click("#cart .ordered .primary");
        assert.equal((await page.textContent("#cart-count")).trim(), "0");
    },
    async "the API reference shows the operations"(page, origin) {
        await page.goto(`${origin}/reference`);
        await page.waitForSelector(ready);
        const text = await page.$eval("rapi-doc", (reference) => reference.shadowRoot.textContent);
        assert.match(text, /products/);
    },
};

/** Runs every step; answers what went wrong. A refusal provoked on purpose is no fault. */
export async function check(origin, patience_ms = default_patience_ms) {
    const browser = await startBrowser();
    const failures = [];
    try {
        const { page, faults } = await watchedPage(browser, origin);
        page.setDefaultTimeout(patience_ms);
        for (const [name, step] of Object.entries(steps)) {
            const before = faults.length;
            await step(page, origin).catch((error) => failures.push(`${name}: ${error.message}`));
            const provoked = name.startsWith("what is refused") ? /status of 4\d\d/ : /$^/;
            failures.push(...faults.slice(before).filter((fault) => !provoked.test(fault)).map((fault) => `${name}: ${fault}`));
            console.log(`${failures.some((failure) => failure.startsWith(name)) ? "FAILED" : "ok    "} ${name}`);
        }
    } finally {
        await browser.close();
    }
    return failures;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const origin = process.argv[2];
    if (!origin) {
        console.error("usage: npm run check -- http://127.0.0.1:8080");
        process.exit(2);
    }
    const failures = await check(new URL(origin).origin);
    failures.forEach((failure) => console.error(failure));
    process.exit(failures.length ? 1 : 0);
}
