import { access } from "node:fs/promises";

import { chromium } from "playwright-core";

/** Debian's Chromium, or the one that CHROMIUM names. */
export async function startBrowser() {
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    await access(executablePath).catch(() => {
        throw new Error(`no browser at ${executablePath}: apt-get install chromium, or set CHROMIUM`);
    });
    // As root there is no sandbox to enter; elsewhere Chromium keeps its own.
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    return chromium.launch({ executablePath, args });
}

/** A page that notes what must not happen: errors, and requests that leave the origin. */
export async function watchedPage(browser, origin, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
    const page = await context.newPage();
    const faults = [];
    page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
    page.on("request", (request) => {
        const url = new URL(request.url());
        if (!["data:", "blob:"].includes(url.protocol) && url.origin !== origin) faults.push(`left the origin: ${request.url()}`);
    });
    return { page, faults };
}
