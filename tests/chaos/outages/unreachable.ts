import { blackHole } from "../../support/black-hole.ts"
import { makeCertificate } from "../../support/certificate.ts"
import { startHttpProxy, startSocksProxy } from "../../support/proxies.ts"
import { late, nowhere, patience, soon } from "./limits.ts"
import { raw, saying } from "./raw.ts"
import type { Member, Outage, Stage } from "./script.ts"

/** What no connection comes of. */
export const unreachable: Outage[] = [
  { name: "nobody listens", members: [{ at: nowhere }], addedMsMax: soon },
  { name: "DNS gone", members: [{ at: () => "http://gone.invalid" }], addedMsMax: late },
  {
    name: "TLS on a port without",
    members: [
      {
        at: async (stage) =>
          (await raw(stage, saying("HTTP/1.1 200 OK\r\n\r\n"))).replace("http:", "https:"),
      },
    ],
    addedMsMax: late,
    requests: 40,
  },
  {
    name: "a certificate nobody vouches for",
    members: [{ at: untrusted }],
    addedMsMax: soon,
  },
  {
    name: "connections neither made nor refused",
    members: [{ ...patience, firstByteSeconds: 30, at: hole }],
    addedMsMax: late,
    requests: 40,
  },
  {
    name: "connections reset at once",
    members: [{ at: (stage) => raw(stage, (socket) => socket.destroy()) }],
    addedMsMax: soon,
  },
  {
    name: "proxy gone",
    members: [
      { at: () => "http://upstream.test", proxy: { scheme: "http", host: "127.0.0.1", port: 1 } },
    ],
    addedMsMax: soon,
  },
  {
    name: "proxy does not know us",
    members: [strangerAt(startHttpProxy, "http")],
    addedMsMax: soon,
  },
  {
    name: "SOCKS does not know us",
    members: [strangerAt(startSocksProxy, "socks5")],
    addedMsMax: soon,
  },
]

async function untrusted(stage: Stage): Promise<string> {
  const tls = await makeCertificate("upstream.test")
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", tls, fetch: () => new Response("{}") })
  stage.keep({ close: () => server.stop(true) })
  return `https://127.0.0.1:${server.port}`
}

async function hole(stage: Stage): Promise<string> {
  const { port } = stage.keep(await blackHole())
  return `http://127.0.0.1:${port}`
}

/** A channel whose proxy wants another login than it has. */
function strangerAt(start: typeof startHttpProxy, scheme: "http" | "socks5"): Member {
  const proxy = { scheme, host: "127.0.0.1", port: 0, login: { username: "a", password: "wrong" } }
  return {
    proxy,
    async at(stage) {
      const made = stage.keep(await start(1, { username: "a", password: "right" }))
      proxy.port = made.port
      return "http://upstream.test"
    },
  }
}
