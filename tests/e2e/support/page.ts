import type { Page } from "playwright-core"

/** What a person does and sees, in the words of the page. */
export const composer = (page: Page) => page.getByRole("textbox", { name: "Message" })
export const answers = (page: Page) => page.getByRole("article", { name: "Answer" })
export const questions = (page: Page) => page.getByRole("article", { name: "You" })
export const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

export async function signInAs(page: Page, name: string, password: string) {
  await page.getByLabel("Name").fill(name)
  await page.getByLabel("Password", { exact: true }).fill(password)
  await page.getByLabel("Password", { exact: true }).press("Enter")
}

export async function chooseModel(page: Page, model: string) {
  await page.getByRole("button", { name: /^Model/ }).click()
  await page.getByRole("combobox").fill(model)
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: `Model: ${model}` }).waitFor()
}

export async function send(page: Page, text: string) {
  await composer(page).fill(text)
  await button(page, "Send").click()
}

/** Until the answer is complete: it has to be there first, for before it begins nothing can be stopped either. */
export async function finished(page: Page) {
  await answers(page).last().waitFor()
  await button(page, "Stop").waitFor({ state: "detached" })
}

/** Everything the page asked for from anywhere but its own server, and what broke on it. */
export function watch(page: Page, own: string) {
  const strangers: string[] = []
  const errors: string[] = []
  page.on("request", (request) => {
    const url = request.url()
    if (!url.startsWith(own) && !/^(?:data|blob):/.test(url)) strangers.push(url)
  })
  page.on("pageerror", (error) => errors.push(error.message))
  return { strangers, errors }
}
