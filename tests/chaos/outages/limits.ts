import type { Transcript } from "@nio/adapters/testing"
import { freePort } from "../../support/free-port.ts"
import type { Member } from "./script.ts"

/** Where nothing is waited for: what failing over costs on a busy machine. */
export const soon = 1_000
/** Where an upstream has a second to say something. */
export const patience = {
  firstByteSeconds: 1,
  idleSeconds: 1,
  totalSeconds: 2,
  connectSeconds: 1,
}
export const late = 2_500

export const always = (answer: Transcript): Member => ({ answer: () => answer })
export const nowhere = async () => `http://127.0.0.1:${await freePort()}`
