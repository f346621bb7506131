import tailwindcss from "@tailwindcss/vite"
import { tanstackRouter } from "@tanstack/router-plugin/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { VitePWA } from "vite-plugin-pwa"

/** What the server answers itself; the shell must never stand in for it. */
const serverPaths = [
  "trpc",
  "api",
  "chat",
  "files",
  "account/export",
  "v1",
  "healthz",
  "readyz",
  "oidc",
]
const server = process.env.API_URL ?? "http://127.0.0.1:8094"

/** Sonner writes its styles into the page, where our policy refuses them; `toast.tsx` loads them as a file. */
const withoutInjectedStyles = {
  name: "without-injected-styles",
  transform: (code: string, id: string) =>
    /\/sonner\/dist\//.test(id) ? code.replace(/^__insertCSS\(.*\);?$/m, "") : undefined,
}

export default defineConfig({
  root: import.meta.dirname,
  build: {
    target: "es2023",
    cssTarget: ["chrome123", "safari17.5", "firefox120"],
    rolldownOptions: {
      input: [`${import.meta.dirname}/index.html`, `${import.meta.dirname}/diagram.html`],
      // What each route says of itself is known from the start; thirty small files are larger than one.
      output: {
        codeSplitting: { groups: [{ name: "routes", test: /\/src\/routes\/[^?]+\.tsx$/ }] },
      },
    },
  },
  worker: { format: "es" },
  server: {
    proxy: Object.fromEntries(
      serverPaths.map((path) => [`^/${path}(?:[/?]|$)`, { target: server, ws: path === "chat" }]),
    ),
  },
  resolve: {
    alias: { "react-style-singleton": `${import.meta.dirname}/src/lib/style-singleton.ts` },
  },
  plugins: [
    withoutInjectedStyles,
    // Before react(): it splits the routes, which react() then compiles.
    tanstackRouter({ target: "react", autoCodeSplitting: true, quoteStyle: "double" }),
    react(),
    tailwindcss(),
    VitePWA({
      registerType: "prompt",
      manifest: {
        name: "Chat Nio",
        short_name: "Chat Nio",
        description: "One place to talk to every model.",
        start_url: "/",
        display: "standalone",
        theme_color: "#f7f6f3",
        background_color: "#f7f6f3",
        icons: [
          { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
          {
            src: "/icon-maskable-512.png",
            sizes: "512x512",
            type: "image/png",
            purpose: "maskable",
          },
        ],
      },
      workbox: {
        // The shell only. What else a page needs is kept from its first use on.
        globPatterns: ["index.html", "theme.js", "icon.svg", "assets/{index,routes}-*.{js,css}"],
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [
          new RegExp(`^/(?:${serverPaths.join("|")})(?:[/?]|$)`),
          /^\/diagram\.html$/,
        ],
        runtimeCaching: [
          {
            urlPattern: /\/assets\/.+-[\w-]{8}\.\w+$/,
            handler: "CacheFirst",
            options: { cacheName: "assets", expiration: { maxEntries: 200 } },
          },
        ],
      },
    }),
  ],
})
