/** Links below it are buttons, each of which sends a message. */
const buttons = "https://chatnio.virtual"

/** Signs that would end the address early. */
const inLink = (url: string) => new URL(url).href.replace(/[()]/g, (sign) => escapes[sign] ?? sign)
const escapes: Readonly<Record<string, string>> = { "(": "%28", ")": "%29" }

export const picture = (url: string) => `![image](${inLink(url)})`

/** What can be done with the four pictures of a task: three rows of buttons. */
export function actionsOn(taskId: string, model: string): string {
  const row = (label: string, command: string) =>
    [1, 2, 3, 4]
      .map((index) => button(`${label}${index}`, [command, taskId, String(index)], model))
      .join(" ")
  return [
    row("U", "UPSCALE"),
    row("V", "VARIATION"),
    button("REROLL", ["REROLL", taskId], model),
  ].join("\n\n")
}

/** Dashes stand for blanks, so those of a word are written otherwise. */
const button = (label: string, words: readonly string[], model: string) =>
  `[${label}](${buttons}/${words.map(inWord).join("-")}::${encodeURIComponent(model)})`

const inWord = (word: string) => encodeURIComponent(word).replaceAll("-", "%2D")
