import { openOldSocket } from "../../support/compat.ts"
import type { Scene } from "./scene.ts"

/** What somebody without an account sees: a share, and a model that is open to everyone. */
export const visitors: Scene = async ({ server, operator }) => {
  const rule = { type: "free", models: ["open-1"], input: 0, output: 0, anonymous: true }
  await operator.mutate("price.save", { rule })
  const [channel] = await operator.query("channel.list")
  const models = [...channel.models, "open-1"]
  await operator.mutate("channel.update", { id: channel.id, edit: { models } })

  const { key } = await operator.mutate("apiKey.create", { name: "an old client" })
  const socket = await openOldSocket(server.url, { token: key, id: -1 })
  const { conversation } = await socket.ask("What does a heron eat?", { model: "prose-1" })
  socket.close()
  const shared = await fetch(`${server.url}/api/conversation/share`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ id: conversation, refs: [-1] }),
  })
  const { data: hash } = (await shared.json()) as { data: string }

  return [
    { name: "share", path: `/share/${hash}`, signedOut: true },
    { name: "share-gone", path: `/share/${"0".repeat(hash.length)}`, signedOut: true },
    { name: "visit", path: "/visit", signedOut: true },
    {
      name: "visit-sign-in",
      path: "/",
      signedOut: true,
    },
  ]
}
