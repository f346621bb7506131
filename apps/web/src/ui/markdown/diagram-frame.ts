import mermaid from "mermaid"

/** Runs alone in a sandboxed frame; hears one source, says its drawings for light and dark. */
async function draw(source: string, theme: "neutral" | "dark") {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    theme,
    htmlLabels: false,
    flowchart: { htmlLabels: false, useMaxWidth: false },
    maxTextSize: 20_000,
    maxEdges: 300,
    // What a source may not change by its own directives.
    secure: ["securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "theme", "htmlLabels"],
  })
  const { svg } = await mermaid.render(`diagram-${theme}`, source)
  return svg
}

addEventListener("message", async ({ data, source }) => {
  if (source !== parent || typeof data !== "string") return
  try {
    const light = await draw(data, "neutral")
    parent.postMessage({ light, dark: await draw(data, "dark") }, "*")
  } catch {
    parent.postMessage("failed", "*")
  }
})
parent.postMessage("ready", "*")
