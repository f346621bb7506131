import type { Page } from "playwright-core"
import { question } from "../../support/browser.ts"
import type { Scene } from "./scene.ts"

const composer = (page: Page) => page.locator("main textarea")

export const chat: Scene = async ({ operator }) => {
  async function converse(model: string, text: string): Promise<string> {
    const socket = await operator.socket()
    socket.send(question({ model, text, requestId: crypto.randomUUID() }))
    const { conversationId } = await socket.next("accepted")
    await socket.next("done", 30_000)
    socket.close()
    return conversationId
  }

  const prose = await converse("prose-1", "What does it mean that a coin is fair?")
  const diagram = await converse("diagram-1", "Draw the way of a request.")
  const broken = await converse("broken-1", "Say something.")
  const attack = await converse("attack-1", "Attack me.")
  for (const title of [
    "Plan a week in Lisbon with two children",
    "日本語の敬語について",
    "Почему небо голубое?",
  ])
    await converse("diagram-1", title)
  return [
    { name: "new-chat", path: "/" },
    {
      name: "model-picker",
      path: "/",
      act: (page) => page.getByRole("button", { name: /^Model/ }).click(),
    },
    { name: "answer", path: `/c/${prose}`, act: (page) => page.getByText("proof").waitFor() },
    {
      name: "answer-top",
      path: `/c/${prose}`,
      async act(page) {
        await page.getByText("proof").waitFor()
        await page.waitForTimeout(500)
        await page.getByRole("region", { name: "Conversation" }).evaluate((it) => it.scrollTo(0, 0))
        await page.getByRole("button", { name: "Thoughts" }).click()
      },
    },
    {
      name: "streaming",
      path: "/",
      async act(page) {
        await page.getByRole("button", { name: /^Model/ }).click()
        await page.getByRole("option", { name: /slow-1/ }).click()
        await composer(page).fill("Go on for a while.")
        await page.getByRole("button", { name: "Send", exact: true }).click()
        await page.getByRole("button", { name: "Stop" }).waitFor()
        await page.waitForTimeout(2_500)
      },
    },
    { name: "diagram", path: `/c/${diagram}`, act: (page) => page.waitForTimeout(4_000) },
    { name: "broken", path: `/c/${broken}`, act: (page) => page.getByRole("alert").waitFor() },
    { name: "attack", path: `/c/${attack}`, act: (page) => page.waitForTimeout(2_500) },
    { name: "not-found-chat", path: "/c/nothing" },
    { name: "not-found", path: "/nowhere" },
    { name: "account", path: "/account" },
    {
      name: "shortcuts",
      path: "/account",
      act: (page) => page.keyboard.press("?"),
    },
    {
      name: "drawer",
      path: "/",
      size: "phone",
      act: (page) => page.getByRole("button", { name: "Show sidebar" }).click(),
    },
  ]
}
