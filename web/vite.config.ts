import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// Everything is served from one origin by Kontor itself. While developing, the API is proxied to
// the address in KONTOR (default: where `./dev run` serves).
const api = process.env.KONTOR ?? "http://127.0.0.1:8080";
const paths = ["/shop", "/media", "/about", "/healthz", "/readyz", "/metrics", "/openapi.json"];

export default defineConfig({
    build: {
        target: "es2022",
        assetsDir: "assets",
        // Fonts stay files, so that a strict content security policy without data: holds.
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 1000,
        rollupOptions: {
            input: {
                index: fileURLToPath(new URL("./index.html", import.meta.url)),
                reference: fileURLToPath(new URL("./reference.html", import.meta.url)),
            },
        },
    },
    server: { proxy: Object.fromEntries(paths.map((path) => [path, api])) },
});
