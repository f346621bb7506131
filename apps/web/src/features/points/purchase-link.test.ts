import { expect, test } from "bun:test"
import { purchaseLink } from "./purchase-link.ts"

test("the amount and the name go along, and what the operator had there stays", () => {
  const link = purchaseLink("https://shop.example/buy?from=chat#top", {
    points: 12.5,
    name: "a & b",
  })
  expect(link).toBe("https://shop.example/buy?from=chat&quota=12.5&username=a+%26+b#top")
})

test.each(["javascript:alert(1)", "data:text/html,x", "shop", "", "ftp://shop.example/"])(
  "%p leads nowhere",
  (address) => {
    expect(purchaseLink(address, { points: 1, name: "x" })).toBeUndefined()
  },
)
